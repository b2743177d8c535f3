import { afterEach, beforeEach, expect, test } from 'vitest';
import { sqlite } from '../../adapters/sequelize/index.ts';
import { settle } from '../../core/jobs/relay.scene.ts';
import { createEngine, type CompanyDoor } from '../../index.ts';
import { Companies, definePlugin, Documents, Journal, NewId, Publisher } from '../../plugin.ts';
import { callbackScene, caller, callOf } from './callbacks.scene.ts';
import { CallbackRequested, callbacks, Callbacks, type Callback } from './index.ts';
import { StoredCallbacks } from './store.ts';

let scene: Awaited<ReturnType<typeof callbackScene>>;
beforeEach(async () => {
  scene = await callbackScene();
});
afterEach(async () => {
  await scene.close();
  scene.remove();
});

const as = (secret: string, path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${scene.url}/api/v2/callbacks${path}`, { ...init, headers: { authorization: `Bearer ${secret}` } });

async function keyOf(door: CompanyDoor): Promise<string> {
  const made = await scene.engine.keys.create(door.company.id, 'front desk');
  if (!made.ok) throw new Error(made.refusal.code);
  return made.secret;
}

test('where nothing fits the caller is asked whether he wants to be called back, and the front desk sees and closes it', async () => {
  const { salon } = scene;
  const call = callOf('c1');
  expect((await scene.post('/webhooks/retell', { event: 'call_started', call })).status).toBe(204);
  const nothing = await scene.ask(call, 'find_slots', { date: '2026-11-24' });
  expect(nothing).toMatchObject({ ok: false, may_offer: ['request_callback'] });
  const args = { reason: 'nothing-fits', customer_name: 'Erika Muster', when: 'morgen um 15 Uhr', notes: 'Perm' };
  expect(await scene.ask(call, 'request_callback', args)).toEqual({
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
  const { salon } = scene;
  const made = await scene.engine.get(Callbacks).create(salon.company.id, { reason: 'wants-person', phone: caller });
  if (!made.ok) return expect.fail(made.refusal.code);
  const secret = await keyOf(await scene.door('garage'));
  expect(await (await as(secret, '')).json()).toEqual({ items: [], next: null });
  expect((await as(secret, `/${made.callback.id}`)).status).toBe(404);
  expect((await as(secret, `/${made.callback.id}/done`, { method: 'POST' })).status).toBe(404);
  expect((await fetch(`${scene.url}/api/v2/callbacks`)).status).toBe(401);
  expect((await as(await keyOf(salon), `/${made.callback.id}`)).status).toBe(200);
});

/** How many of eight who ask at once for the same make a request. */
async function makers(company: CompanyDoor, guarded: boolean): Promise<number> {
  const recorded = await company.calls.record('acme', 'c9', { status: 'ongoing' });
  const call = recorded.ok ? recorded.call : undefined;
  const publisher = scene.engine.get(Publisher);
  const requests = new StoredCallbacks({
    documents: scene.engine.get(Documents),
    publisher: {
      put: (id, { expectedVersion, ...write }, ...events) =>
        publisher.put(id, guarded ? { ...write, expectedVersion } : write, ...events),
    },
    companies: scene.engine.get(Companies),
    clock: scene.clock,
    newId: scene.engine.get(NewId),
    journal: scene.engine.get(Journal),
  });
  const request = { reason: 'other', callId: call?.id, phone: caller } as const;
  const all = await Promise.all(Array.from({ length: 8 }, () => requests.create(company.company.id, request)));
  return all.filter((one) => one.ok && !one.replayed).length;
}

test('of eight who ask at once for the same, one makes the request', async () => {
  expect(await makers(scene.salon, true)).toBe(1);
});

test('control: without the version expected, several make it', async () => {
  expect(await makers(scene.salon, false)).toBeGreaterThan(1);
});

test('of a call and a reason there is one open request, however often and at once it is asked for', async () => {
  const { salon } = scene;
  const recorded = await salon.calls.record('acme', 'c1', { status: 'ongoing' });
  const call = recorded.ok ? recorded.call : undefined;
  const requests = scene.engine.get(Callbacks);
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

/** To which customer a request is tied that somebody makes from the number of another. */
async function customerOfForged(trustCallerNumber: boolean): Promise<string | null | undefined> {
  const forged = await callbackScene({ trustCallerNumber });
  try {
    const owned = callOf('owner');
    await forged.ask(owned, 'find_slots', { date: '2026-11-23' });
    expect(await forged.ask(owned, 'book', { offer: 1, customer_name: 'Vera' })).toMatchObject({ ok: true });
    const call = callOf('forged');
    await forged.post('/webhooks/retell', { event: 'call_started', call });
    const asked = await forged.ask(call, 'request_callback', { reason: 'other', phone: '0151 2345 6780' });
    expect(asked).toMatchObject({ ok: true });
    const listed = await forged.engine.get(Callbacks).list(forged.salon.company.id);
    const [callback] = listed.ok ? listed.page.items : [];
    expect(callback).toMatchObject({ phone: '+4915123456780', name: trustCallerNumber ? 'Vera' : null });
    return callback?.customerId;
  } finally {
    await forged.close();
    forged.remove();
  }
}

test('where numbers prove nothing, a request from a forged one is not tied to whose number it is', async () => {
  expect(await customerOfForged(false)).toBeNull();
});

test('control: where numbers are trusted, it is', async () => {
  expect(await customerOfForged(true)).toEqual(expect.any(String));
});

test('an anonymous caller says his number, and a number that is none is asked for again', async () => {
  const call = callOf('c1', { from_number: 'anonymous' });
  expect(await scene.ask(call, 'request_callback', { reason: 'wants-person' })).toMatchObject({
    reason: 'NUMBER_MISSING',
  });
  expect(await scene.ask(call, 'request_callback', { phone: '12' })).toMatchObject({ reason: 'NUMBER_INVALID' });
  expect(await scene.ask(call, 'request_callback', { phone: '030 1234567' })).toMatchObject({ ok: true });
});

test('a request whose process ended at once is told to handlers by the next process, once', async () => {
  const { salon } = scene;
  const made = await scene.engine.get(Callbacks).create(salon.company.id, { reason: 'other', phone: caller });
  if (!made.ok) return expect.fail(made.refusal.code);
  await scene.close();
  const told: string[] = [];
  const desk = definePlugin({
    name: 'desk',
    apiVersion: 1,
    setup: ({ handle }) => handle(CallbackRequested, 'desk.mail', ({ callback }) => told.push(callback.id)),
  });
  const storage = sqlite(scene.file);
  const next = await createEngine({ storage, plugins: [callbacks(), desk], clock: scene.clock, upkeep: false });
  for (let turn = 0; turn < 20; turn++) await settle();
  await next.stop();
  expect(told).toEqual([made.callback.id]);
});
