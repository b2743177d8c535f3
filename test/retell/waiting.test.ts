import { DatabaseSync } from 'node:sqlite';
import { afterEach, expect, test, vi } from 'vitest';
import { serve, type HttpServer } from '../../src/adapters/http/index.ts';
import { signRetellBody, type RetellOptions } from '../../src/plugins/retell/index.ts';
import { Waitlist, waitlist } from '../../src/plugins/waitlist/index.ts';
import { granted } from '../engine/salon.ts';
import { apiKey, phoneCall, voiceHost, type VoiceHost } from './voiceHost.ts';

/** A host whose functions are asked over HTTP, signed, as the provider does. */
interface Served extends VoiceHost {
  readonly http: HttpServer;
  call(id: string, from: string, more?: object): ReturnType<typeof phoneCall>;
  /** How many of a company's entries are offered something. */
  offered(key: string): Promise<number>;
}

const opened: Served[] = [];
afterEach(async () => {
  for (const { http, stop, faults } of opened.splice(0)) {
    http.server.closeAllConnections();
    await http.close();
    await stop();
    expect(faults).toEqual([]);
  }
});

/** Once a day, and no further than tomorrow. */
const whole = { key: 'whole', name: 'Brautpaket', durationMinutes: 480, horizonDays: 1, resources: ['anna'] };
const course = { key: 'course', name: 'Flechtkurs', durationMinutes: 60, seats: 4, resources: ['bilal'] };

async function start(options: Partial<RetellOptions> = {}, plugins = [waitlist()]): Promise<Served> {
  const host = await voiceHost(options, [whole, course], { plugins, relay: {} });
  const http = await serve(host.engine, { port: 0 });
  const post: VoiceHost['post'] = async (path, body) => {
    const text = JSON.stringify(body);
    const response = await fetch(`${http.url}${path}`, {
      method: 'POST',
      body: text,
      headers: {
        'content-type': 'application/json',
        'x-retell-signature': signRetellBody(text, apiKey, host.clock.now()),
      },
    });
    const answer = await response.text();
    return { status: response.status, body: answer === '' ? undefined : (JSON.parse(answer) as object) };
  };
  const served: Served = {
    ...host,
    http,
    call: (id, from, more = {}) => phoneCall({ post }, id, { from_number: from, ...more }),
    async offered(key) {
      const { company } = await host.door(key);
      const { items } = granted(await host.engine.get(Waitlist).list(company.id, { status: 'offered' })).page;
      return items.length;
    },
  };
  opened.push(served);
  return served;
}

const rows = ({ file }: VoiceHost, sql: string): readonly object[] => {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return database
      .prepare(sql)
      .all()
      .map((row) => ({ ...row }));
  } finally {
    database.close();
  }
};

const nine = { date: '2026-11-24', time: '09:00' };
const [first, waiting, stranger] = ['+493023125501', '+493023125502', '+493023125503'];

/** Somebody has nine o'clock, somebody else waits for it, and the first one cancels. */
async function promoted(host: Served): Promise<void> {
  const one = host.call('one', first);
  await one.ask('find_slots', nine);
  expect(await one.ask('book', { offer: 1, customer_name: 'Ida' })).toMatchObject({ ok: true });
  const two = host.call('two', waiting);
  const taken = await two.ask('find_slots', nine);
  expect(taken).toMatchObject({ ok: false, reason: 'SLOT_TAKEN', may_offer: ['join_waitlist'] });
  const wish = { ...nine, customer_name: 'Eva Beispiel', notes: 'Ponyfransen' };
  const joined = await two.ask('join_waitlist', wish);
  expect(joined).toEqual({
    ok: true,
    say: 'Sie stehen jetzt auf unserer Warteliste, und wir melden uns, sobald etwas frei wird.',
  });
  expect(await two.ask('join_waitlist', wish)).toEqual(joined);
  expect(rows(host, `SELECT id FROM documents WHERE collection = 'waitlist.entries'`)).toHaveLength(1);
  expect(await one.ask('cancel')).toMatchObject({ ok: true });
  await vi.waitFor(async () => expect(await host.offered('salon')).toBe(1));
}

test('a caller waits for what is taken, and in a later call takes what is kept for him, down to the rows', async () => {
  const host = await start();
  await promoted(host);
  const later = host.call('three', waiting);
  const told = await later.ask('next_available');
  expect(told.say).toBe(
    'Von der Warteliste ist für Sie vorgemerkt: Dienstag, der 24. November um 9 Uhr. Soll ich das für Sie buchen?',
  );
  expect(told.offers?.[0]).toMatchObject({ date: '2026-11-24', time: '09:00', service: 'Haarschnitt', with: 'Anna' });
  // The same by the time he names; on another day he hears what is free there.
  const again = await later.ask('find_slots', nine);
  expect(again).toMatchObject({ ok: true, offers: [{ time: '09:00' }] });
  expect((await later.ask('find_slots', { date: '2026-11-25' })).say).toMatch(/^Welcher Termin passt Ihnen/);

  const offer = told.offers?.[0]?.number ?? 0;
  const booked = await later.ask('book', { offer });
  expect(booked.say).toBe('Ihr Termin für Haarschnitt ist gebucht: Dienstag, der 24. November um 9 Uhr bei Anna.');
  expect(await later.ask('book', { offer })).toEqual(booked);
  expect(
    rows(
      host,
      `SELECT a.source, a.notes, c.phone, c.name, p.provider_call_id FROM appointments a
         JOIN customers c ON c.id = a.customer_id JOIN calls p ON p.appointment_id = a.id WHERE a.status = 'confirmed'`,
    ),
  ).toEqual([
    { source: 'waitlist', notes: 'Ponyfransen', phone: waiting, name: 'Eva Beispiel', provider_call_id: 'three' },
  ]);
  expect((await later.ask('next_available')).say).toMatch(/^Welcher Termin passt Ihnen/);
});

test('nobody else hears of what is kept, nor by whichever number he names', async () => {
  const host = await start();
  await promoted(host);
  const told = await host.call('three', waiting).ask('next_available');
  const other = host.call('four', stranger);
  expect(await other.ask('find_slots', nine)).toMatchObject({ ok: false, reason: 'SLOT_TAKEN' });
  for (const offer of [told.offers?.[0]?.number ?? 0, 99])
    expect((await other.ask('book', { offer })).appointment?.time).not.toBe('09:00');
  const anonymous = host.call('five', 'anonymous');
  expect(await anonymous.ask('find_slots', nine)).toMatchObject({ ok: false, reason: 'SLOT_TAKEN' });
});

test('a number that proves nothing opens nothing: neither the offer nor its existence is told', async () => {
  const host = await start({ trustCallerNumber: false });
  await promoted(host);
  const forged = host.call('three', waiting);
  expect(await forged.ask('find_slots', nine)).toMatchObject({ ok: false, reason: 'SLOT_TAKEN' });
});

test('what was kept too long is not kept any more', async () => {
  const host = await start();
  await promoted(host);
  const later = host.call('three', waiting);
  const told = await later.ask('next_available');
  host.clock.advance(16 * 60_000);
  expect(await later.ask('book', { offer: told.offers?.[0]?.number })).toMatchObject({
    ok: false,
    reason: 'HOLD_EXPIRED',
    say: 'Dieser Termin ist leider nicht mehr für Sie vorgemerkt.',
  });
});

test('where nothing at all is free the agent asks whether to wait, and does not for what never can be', async () => {
  const host = await start();
  const one = host.call('one', first);
  for (const date of ['2026-11-23', '2026-11-24']) {
    const found = await one.ask('find_slots', { date, time: '12:00' });
    await one.ask('book', { offer: found.offers?.[0]?.number });
  }
  const two = host.call('two', waiting);
  expect(await two.ask('find_slots', { service: 'Brautpaket', date: '2026-11-24' })).toEqual({
    ok: false,
    say: 'In diesem Zeitraum ist leider nichts frei, soll ich Sie auf die Warteliste setzen?',
    reason: 'NO_SLOT',
    may_offer: ['join_waitlist'],
  });
  expect(await two.ask('join_waitlist', { service: 'Brautpaket', when: 'morgen früh' })).toMatchObject({ ok: true });
  const many = await two.ask('find_slots', { service: 'Flechtkurs', people: 5, date: '2026-11-24' });
  expect(many).toMatchObject({ ok: false, reason: 'LIMIT_REACHED' });
  expect(many).not.toHaveProperty('may_offer');
  // Free is free: he hears it instead of waiting.
  const free = await two.ask('join_waitlist', { service: 'Flechtkurs', people: 4, date: '2026-11-24', time: '10:00' });
  expect(free).toMatchObject({ ok: false, reason: 'SLOT_FREE', offers: [{ time: '10:00' }] });
  expect(await two.ask('book', { offer: free.offers?.[0]?.number })).toMatchObject({ ok: true });
});

test('an anonymous caller waits in English when he says a number, and is known by it later', async () => {
  const host = await start();
  const dental = { agent_id: 'agent_dental', to_number: '+12125550123' };
  const one = host.call('one', '+12125550177', dental);
  await one.ask('find_slots', nine);
  await one.ask('book', { offer: 1 });
  const two = host.call('two', 'anonymous', dental);
  expect(await two.ask('find_slots', nine)).toMatchObject({ ok: false, may_offer: ['join_waitlist'] });
  expect(await two.ask('join_waitlist', nine)).toEqual({
    ok: false,
    say: 'Under which number can we reach you when something becomes free?',
    reason: 'NUMBER_MISSING',
  });
  expect(await two.ask('join_waitlist', { ...nine, customer_phone: 'twelve' })).toMatchObject({
    ok: false,
    reason: 'NUMBER_INVALID',
  });
  expect(await two.ask('join_waitlist', { ...nine, customer_phone: '212 555 0188' })).toEqual({
    ok: true,
    say: 'You are on our waiting list now, and we will let you know as soon as something becomes free.',
  });
  await one.ask('cancel');
  await vi.waitFor(async () => expect(await host.offered('dental')).toBe(1));
  const told = await host.call('three', '+12125550188', dental).ask('next_available', {});
  expect(told.say).toBe(
    'From the waiting list this is being kept for you: Tuesday, November 24th at 9 AM. Shall I book it for you?',
  );
});

test('control: without the plugin nobody is asked to wait, and there is no such function', async () => {
  const host = await start({}, []);
  const one = host.call('one', first);
  await one.ask('find_slots', nine);
  await one.ask('book', { offer: 1 });
  const two = host.call('two', waiting);
  const taken = await two.ask('find_slots', nine);
  expect(taken).toMatchObject({ ok: false, reason: 'SLOT_TAKEN' });
  expect(taken).not.toHaveProperty('may_offer');
  await expect(two.ask('join_waitlist', nine)).rejects.toThrow();
});
