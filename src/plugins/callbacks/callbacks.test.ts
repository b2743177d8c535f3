import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { serve, type HttpServer } from '../../adapters/http/index.ts';
import { sqlite } from '../../adapters/sequelize/index.ts';
import { run } from '../../cli/run.ts';
import { settle } from '../../core/jobs/relay.scene.ts';
import { createEngine, type CompanyDoor, type Engine } from '../../index.ts';
import { fakeClock, type FakeClock } from '../../testing.ts';
import { retell, signRetellBody } from '../retell/index.ts';
import { Companies, Documents, Journal, NewId, Publisher } from '../../plugin.ts';
import { StoredCallbacks } from './store.ts';
import { CallbackRequested, callbacks, Callbacks, type Callback } from './index.ts';

const START_MS = Date.parse('2026-11-23T08:00:00+01:00');
const apiKey = 'key_of_the_tests';
const weekly = [{ days: ['mo'], from: '09:00', to: '10:00' }] as const;

let folder: string;
let clock: FakeClock;
let engine: Engine;
let http: HttpServer;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'askpro-callbacks-'));
  clock = fakeClock(START_MS);
  await open();
});
afterEach(async () => {
  await close();
  rmSync(folder, { recursive: true });
});

async function open(): Promise<void> {
  engine = await createEngine({
    storage: sqlite(join(folder, 'askpro.db')),
    plugins: [callbacks(), retell({ apiKey })],
    relay: false,
    clock,
  });
  http = await serve(engine, { port: 0 });
}

async function close(): Promise<void> {
  http.server.closeAllConnections();
  await http.close();
  await engine.stop();
}

async function salonOf(): Promise<CompanyDoor> {
  const companies = ['salon', 'garage'].map((key, index) => ({
    key,
    name: key,
    timeZone: 'Europe/Berlin',
    locale: 'de-DE',
    country: 'DE',
    policies: { horizonDays: 1 },
    branches: [{ key: 'mitte', name: 'Mitte', schedule: 'week' }],
    numbers: [{ number: `+49302312500${index + 1}`, branch: 'mitte', defaultService: 'cut' }],
    schedules: [{ key: 'week', weekly: [...weekly] }],
    resources: [{ key: 'anna', name: 'Anna' }],
    services: [{ key: 'cut', name: 'Cut', durationMinutes: 60, resources: ['anna'] }],
  }));
  const applied = await engine.setup.apply({ companies });
  if (!applied.ok) throw new Error(JSON.stringify(applied.refusal));
  return doorOf('salon');
}

async function doorOf(key: string): Promise<CompanyDoor> {
  const { Directory } = await import('../../plugin.ts');
  const id = await engine.get(Directory).companyByKey(key);
  const door = id === undefined ? undefined : await engine.company(id);
  if (door?.ok !== true) throw new Error(`no ${key}`);
  return door;
}

const caller = '+4915123456789';

/** What the agent sends during a call, signed, over HTTP. */
async function post(path: string, body: unknown): Promise<{ readonly status: number; readonly body: never }> {
  const text = JSON.stringify(body);
  const response = await fetch(`${http.url}${path}`, {
    method: 'POST',
    body: text,
    headers: { 'content-type': 'application/json', 'x-retell-signature': signRetellBody(text, apiKey, clock.now()) },
  });
  const answer = await response.text();
  return { status: response.status, body: (answer === '' ? null : JSON.parse(answer)) as never };
}

const callOf = (id: string, more: object = {}) => ({
  call_id: id,
  direction: 'inbound',
  from_number: caller,
  to_number: '+493023125001',
  start_timestamp: START_MS,
  ...more,
});
const ask = async (call: object, name: string, args: object): Promise<Record<string, unknown>> =>
  (await post(`/webhooks/retell/functions/${name}`, { name, call, args })).body;

const as = (secret: string, path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${http.url}/api/v2/callbacks${path}`, { ...init, headers: { authorization: `Bearer ${secret}` } });

async function keyOf(door: CompanyDoor): Promise<string> {
  const made = await engine.keys.create(door.company.id, 'front desk');
  if (!made.ok) throw new Error(made.refusal.code);
  return made.secret;
}

test('where nothing fits the caller is asked whether he wants to be called back, and the front desk sees and closes it', async () => {
  const salon = await salonOf();
  const call = callOf('c1');
  expect((await post('/webhooks/retell', { event: 'call_started', call })).status).toBe(204);
  const nothing = await ask(call, 'find_slots', { date: '2026-11-24' });
  expect(nothing).toMatchObject({ ok: false, may_offer: ['request_callback'] });
  const args = { reason: 'nothing-fits', customer_name: 'Erika Muster', when: 'morgen um 15 Uhr', notes: 'Perm' };
  expect(await ask(call, 'request_callback', args)).toEqual({
    ok: true,
    say: 'Ich habe notiert, dass wir Sie zurückrufen.',
  });

  const secret = await keyOf(salon);
  const listed = (await (await as(secret, '?status=open')).json()) as { readonly items: readonly Callback[] };
  expect(listed.items).toMatchObject([
    { reason: 'nothing-fits', phone: caller, name: 'Erika Muster', preferred: 'morgen um 15 Uhr', status: 'open' },
  ]);
  expect(listed.items[0]).toMatchObject({ preferredAt: '2026-11-24T14:00:00.000Z', note: 'Perm' });
  const id = listed.items[0]?.id ?? '';
  expect((await as(secret, `/${id}/done`, { method: 'POST', body: '{"by":"Ben"}' })).status).toBe(200);
  expect((await as(secret, `/${id}/done`, { method: 'POST' })).status).toBe(200);
  const late = await as(secret, `/${id}/dismiss`, { method: 'POST' });
  expect([late.status, await late.json()]).toMatchObject([
    409,
    { code: 'CALLBACK_CLOSED', status: 409, closedAs: 'done' },
  ]);
  expect(await (await as(secret, '?status=open')).json()).toEqual({ items: [], next: null });
});

test('a key of another company reaches nothing, and without one there is no entrance', async () => {
  const salon = await salonOf();
  const made = await engine.get(Callbacks).create(salon.company.id, { reason: 'wants-person', phone: caller });
  if (!made.ok) return expect.fail(made.refusal.code);
  const secret = await keyOf(await doorOf('garage'));
  expect(await (await as(secret, '')).json()).toEqual({ items: [], next: null });
  expect((await as(secret, `/${made.callback.id}`)).status).toBe(404);
  expect((await as(secret, `/${made.callback.id}/done`, { method: 'POST' })).status).toBe(404);
  expect((await fetch(`${http.url}/api/v2/callbacks`)).status).toBe(401);
  expect((await as(await keyOf(salon), `/${made.callback.id}`)).status).toBe(200);
});

/** How many of eight who ask at once for the same make a request. */
async function makers(company: CompanyDoor, guarded: boolean): Promise<number> {
  const call = await company.calls.record('acme', 'c9', { status: 'ongoing' });
  const publisher = engine.get(Publisher);
  const requests = new StoredCallbacks({
    documents: engine.get(Documents),
    publisher: {
      put: (id, { expectedVersion, ...write }, ...events) =>
        publisher.put(id, guarded ? { ...write, expectedVersion } : write, ...events),
    },
    companies: engine.get(Companies),
    clock,
    newId: engine.get(NewId),
    journal: engine.get(Journal),
  });
  const request = { reason: 'other', callId: call?.id, phone: caller } as const;
  const all = await Promise.all(Array.from({ length: 8 }, () => requests.create(company.company.id, request)));
  return all.filter((one) => one.ok && !one.replayed).length;
}

test('of eight who ask at once for the same, one makes the request', async () => {
  expect(await makers(await salonOf(), true)).toBe(1);
});

test('control: without the version expected, several make it', async () => {
  expect(await makers(await salonOf(), false)).toBeGreaterThan(1);
});

test('of a call and a reason there is one open request, however often and at once it is asked for', async () => {
  const salon = await salonOf();
  const call = await salon.calls.record('acme', 'c1', { status: 'ongoing' });
  const requests = engine.get(Callbacks);
  const { id } = salon.company;
  const request = { reason: 'other', callId: call?.id, phone: caller } as const;
  const all = await Promise.all(Array.from({ length: 8 }, () => requests.create(id, request)));
  expect(all.filter((one) => one.ok && !one.replayed)).toHaveLength(1);
  const again = await requests.create(id, { ...request, phone: '0151 2345 6780' });
  if (!again.ok) return expect.fail(again.refusal.code);
  expect([again.replayed, again.callback.phone]).toEqual([true, '+4915123456780']);
  await requests.done(id, again.callback.id);
  const anew = await requests.create(id, request);
  expect(anew.ok && !anew.replayed).toBe(true);
  const page = await requests.list(id, { status: 'open' });
  expect(page.ok && page.page.items).toHaveLength(1);
});

test('an anonymous caller says his number, and a number that is none is asked for again', async () => {
  await salonOf();
  const call = callOf('c1', { from_number: 'anonymous' });
  expect(await ask(call, 'request_callback', { reason: 'wants-person' })).toMatchObject({ reason: 'NUMBER_MISSING' });
  expect(await ask(call, 'request_callback', { phone: '12' })).toMatchObject({ reason: 'NUMBER_INVALID' });
  expect(await ask(call, 'request_callback', { phone: '030 1234567' })).toMatchObject({ ok: true });
});

test('a request whose process ended at once is told to handlers by the next process, once', async () => {
  const salon = await salonOf();
  const made = await engine.get(Callbacks).create(salon.company.id, { reason: 'other', phone: caller });
  if (!made.ok) return expect.fail(made.refusal.code);
  await close();
  const told: string[] = [];
  const { definePlugin } = await import('../../plugin.ts');
  const desk = definePlugin({
    name: 'desk',
    apiVersion: 1,
    setup: ({ handle }) => handle(CallbackRequested, 'desk.mail', ({ callback }) => told.push(callback.id)),
  });
  const storage = sqlite(join(folder, 'askpro.db'));
  const next = await createEngine({ storage, plugins: [callbacks(), desk], clock, upkeep: false });
  for (let turn = 0; turn < 20; turn++) await settle();
  await next.stop();
  expect(told).toEqual([made.callback.id]);
  await open();
});

async function askpro(
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  let [out, err] = ['', ''];
  const code = await run(args, {
    stdin: () => Promise.resolve(''),
    out: (text) => (out += text),
    err: (text) => (err += text),
    env: { ASKPRO_DATABASE: join(folder, 'askpro.db') },
  });
  return { code, out, err };
}

test('a call is traced from its webhook to its rows, in order and without anyone’s personal data', async () => {
  const salon = await salonOf();
  const call = callOf('c1');
  await post('/webhooks/retell', { event: 'call_started', call });
  clock.advance(1000);
  const offered = await ask(call, 'find_slots', { date: '2026-11-23', staff: 'Anna' });
  const number = (offered['offers'] as readonly { readonly number: number }[])[0]?.number;
  clock.advance(1000);
  const session = await salon.calls.get('retell', 'c1');
  const slots = await salon.find({ service: 'cut', from: START_MS, count: 1 });
  if (!slots.ok || session === undefined) return expect.fail('nothing is free');
  const held = await salon.hold(salon.offer(slots.slots[0]), { owner: session.id });
  if (!held.ok) return expect.fail(held.refusal.code);
  await salon.release({ hold: held.hold.id, owner: session.id });
  clock.advance(1000);
  const wish = { offer: number, customer_name: 'Erika Muster', customer_phone: '+491709876543', notes: 'Bitte leise' };
  const booked = await ask(call, 'book', wish);
  expect(booked).toMatchObject({ ok: true });
  clock.advance(1000);
  await ask(call, 'request_callback', { reason: 'other', notes: 'Frage zur Rechnung' });
  const transcript = 'User: Ich bin Erika Muster';
  await post('/webhooks/retell', {
    event: 'call_ended',
    call: { ...call, transcript, end_timestamp: START_MS + 5000 },
  });
  const appointment = (await salon.calls.get('retell', 'c1'))?.appointmentId ?? '';
  await close();

  const byCall = await askpro('trace', 'c1', '--json');
  expect([byCall.code, byCall.err]).toEqual([0, '']);
  type Told = Readonly<Record<string, string | number | boolean | null>>;
  const { timeline, rows } = JSON.parse(byCall.out) as {
    readonly timeline: readonly { readonly at: string; readonly kind: string; readonly told: Told }[];
    readonly rows: readonly { readonly row: string; readonly told: Told }[];
  };
  const steps = timeline
    .filter(({ kind }) => kind !== 'call')
    .map(({ kind, told }) =>
      `${kind} ${String(told['event'] ?? told['name'] ?? told['did'] ?? told['status'] ?? '')}`.trim(),
    );
  const inOrder = [
    'webhook call_started',
    'function find_slots',
    'hold held',
    'function book',
    'function request_callback',
  ];
  expect(inOrder.map((step) => steps.indexOf(step))).toEqual(
    inOrder.map((step) => steps.indexOf(step)).toSorted((a, b) => a - b),
  );
  for (const step of [
    ...inOrder,
    'offers',
    'hold released',
    'appointment booked',
    'callback open',
    'webhook call_ended',
    'event appointment.booked',
  ])
    expect(steps).toContain(step);
  expect(timeline.map(({ at }) => at)).toEqual(timeline.map(({ at }) => at).toSorted());
  expect(rows.map(({ row }) => row)).toEqual(expect.arrayContaining(['call', 'appointment', 'claims']));
  expect(rows.find(({ row }) => row === 'claims')?.told).toMatchObject({ cells: 12, expires: null });

  const byAppointment = await askpro('trace', appointment, '--company', 'salon');
  expect([byAppointment.code, byAppointment.err]).toEqual([0, '']);
  expect(byAppointment.out).toContain('function     arg.offer=');
  for (const told of [byCall.out, byAppointment.out]) {
    for (const secret of [caller, '15123456789', '9876543', 'Erika', 'Muster', 'leise', 'Rechnung', 'Anna', 'Ich bin'])
      expect(told).not.toContain(secret);
    expect(told).toContain('E. M.');
    expect(told).toContain('…43');
  }
  const unknown = await askpro('trace', 'c2');
  expect([unknown.code, unknown.out]).toEqual([2, '']);
  expect(unknown.err).toContain('there is no such call');
  const nameless = await askpro('trace', appointment);
  expect([nameless.code, nameless.out]).toEqual([2, '']);
  expect(nameless.err).toContain('--company: must name');
  expect((await askpro('trace', appointment, '--company', 'garage')).code).toBe(2);
  await open();
}, 60_000);
