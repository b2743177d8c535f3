import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { phoneCall, voiceHost, type Heard, type VoiceHost } from './voiceHost.ts';

let host: VoiceHost;
let calls = 0;
beforeAll(async () => {
  host = await voiceHost();
});
afterEach(() => {
  expect(host.faults).toEqual([]);
});
afterAll(() => host.stop());

/** A new caller each time, so that tests share no appointments. */
const caller = (more: object = {}) => {
  calls += 1;
  return phoneCall(host, `call${calls}`, { from_number: `+49302312${5100 + calls}`, ...more });
};
const live = async () => {
  const answer = await (await host.door('salon')).listAppointments({ statuses: ['confirmed'], limit: 200 });
  return answer.ok ? answer.page.items : expect.fail();
};
const spoken = ({ say }: Heard): void => {
  expect(say).not.toMatch(/\d{4}-\d{2}|T\d\d:|[0-9a-f]{8}-|~|undefined|null|NaN/);
};

test('a day is searched, an offer chosen by its number and booked', async () => {
  const call = caller();
  const found = await call.ask('find_slots', { date: '2026-11-24', part_of_day: 'afternoon' });
  expect(found).toMatchObject({ ok: true });
  expect(found.say).toMatch(
    /^Welcher Termin passt Ihnen: Nummer 1, Dienstag, der 24\. November um 12 Uhr, .* oder Nummer 3, /,
  );
  expect(found.offers?.[0]).toEqual({
    number: 1,
    when: 'Dienstag, der 24. November um 12 Uhr',
    date: '2026-11-24',
    time: '12:00',
    service: 'Haarschnitt',
    with: 'Anna',
  });
  const booked = await call.ask('book', { offer: '1', customer_name: 'Eva Beispiel' });
  expect(booked).toMatchObject({ ok: true, appointment: { date: '2026-11-24', time: '12:00' } });
  expect(booked.say).toBe('Ihr Termin für Haarschnitt ist gebucht: Dienstag, der 24. November um 12 Uhr bei Anna.');
  const door = await host.door('salon');
  const stored = await door.calls.get('retell', call.id);
  const appointment = stored?.appointmentId == null ? undefined : await door.getAppointment(stored.appointmentId);
  expect(appointment).toMatchObject({ ok: true, appointment: { source: 'retell', callId: stored?.id } });
  expect(await door.recogniseCaller(call.payload.from_number)).toMatchObject({ name: 'Eva Beispiel' });
});

test('an exact time that is free is offered alone, and one that is taken comes with alternatives', async () => {
  const [first, second] = [caller(), caller()];
  const wish = { date: '2026-11-24', time: '14:30' };
  const offered = await first.ask('find_slots', wish);
  expect(offered.say).toBe('Passt Ihnen Dienstag, der 24. November um 14 Uhr 30?');
  await first.ask('book', { offer: 1 });
  const refused = await second.ask('find_slots', wish);
  expect(refused).toMatchObject({ ok: false, reason: 'SLOT_TAKEN' });
  expect(refused.say).toMatch(/^Dieser Termin ist leider schon vergeben, passt Ihnen stattdessen Nummer 1, .*\?$/);
  expect(refused.offers?.every(({ time, date }) => `${date} ${time}` !== '2026-11-24 14:30')).toBe(true);
  expect(await second.ask('book', { offer: refused.offers?.[0]?.number ?? 0 })).toMatchObject({ ok: true });
});

test('of two callers with the same offer one gets it, and the other hears alternatives', async () => {
  const [first, second] = [caller(), caller()];
  const wish = { date: '2026-11-25', time: '10:00' };
  await Promise.all([first.ask('find_slots', wish), second.ask('find_slots', wish)]);
  const answers = await Promise.all([first.ask('book', { offer: 1 }), second.ask('book', { offer: 1 })]);
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  const loser = answers.find(({ ok }) => !ok);
  expect(loser).toMatchObject({ reason: 'SLOT_TAKEN' });
  expect(loser?.offers?.length).toBeGreaterThan(0);
});

test('a write asked for again is one write with one answer', async () => {
  const call = caller();
  await call.ask('next_available', { from: '2026-11-26' });
  const wish = { offer: 1, customer_name: 'Eva' };
  const before = (await live()).length;
  const answers = [
    ...(await Promise.all([call.ask('book', wish), call.ask('book', wish)])),
    await call.ask('book', wish),
  ];
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  expect((await live()).length).toBe(before + 1);
});

test('a read asked for again later is answered anew', async () => {
  const [call, other] = [caller(), caller()];
  const first = await call.ask('next_available', { from: '2026-11-27' });
  await other.ask('next_available', { from: '2026-11-27' });
  await other.ask('book', { offer: 1 });
  const again = await call.ask('next_available', { from: '2026-11-27' });
  expect(again.offers?.[0]?.time).not.toBe(first.offers?.[0]?.time);
  expect(again.offers?.[0]?.number).toBe(4);
});

test('the same time booked in other words is still the caller’s own booking', async () => {
  const call = caller();
  await call.ask('find_slots', { date: '2026-11-30', time: '09:00' });
  const first = await call.ask('book', { offer: 1 });
  expect(await call.ask('book', { offer: 1, customer_name: 'Eva' })).toEqual(first);
});

test('booked, cancelled and wanted again in one call is booked again', async () => {
  const call = caller();
  await call.ask('find_slots', { date: '2026-11-30', time: '11:00' });
  const before = (await live()).length;
  expect(await call.ask('book', { offer: 1 })).toMatchObject({ ok: true });
  expect(await call.ask('cancel')).toMatchObject({ ok: true });
  expect((await live()).length).toBe(before);
  const again = await call.ask('book', { offer: 1 });
  expect(again).toMatchObject({ ok: true });
  expect(await call.ask('book', { offer: 1 })).toEqual(again);
  expect((await live()).length).toBe(before + 1);
});

test('an offer of another company’s call is nothing here', async () => {
  const dental = phoneCall(host, 'dental1', { to_number: '+12125550123', agent_id: 'agent_dental' });
  expect((await dental.ask('next_available')).say).toMatch(
    /^Which one suits you: number 1, Monday, November 23rd at 9 AM/,
  );
  expect(await caller().ask('book', { offer: 1 })).toMatchObject({ ok: false, reason: 'OFFER_UNKNOWN' });
});

test('the caller is asked back where something is missing or unknown', async () => {
  const call = caller();
  expect((await call.ask('find_slots', { date: '2026-12-09', service: 'Massage' })).say).toBe(
    'Das bieten wir leider nicht an, möchten Sie stattdessen Haarschnitt oder Färben?',
  );
  expect((await call.ask('find_slots', { date: '2026-12-09', staff: 'Dora' })).say).toMatch(/: Anna oder Bilal\?$/);
  expect(await call.ask('find_slots', { service: 'faerben' })).toMatchObject({ reason: 'SERVICE_UNKNOWN' });
  expect(await call.ask('find_slots', { service: 'FÄRBEN', date: '2026-12-09', staff: 'bilal' })).toMatchObject({
    ok: true,
  });
  expect((await call.ask('find_slots', { time: '14:30' })).say).toBe('An welchem Tag möchten Sie kommen?');
  expect(await call.ask('find_slots', { date: '2024-11-24' })).toMatchObject({
    reason: 'IN_THE_PAST',
    say: 'Dieser Zeitpunkt ist schon vorbei, heute ist Montag, der 23. November 2026.',
  });
  expect(await call.ask('find_slots', { date: 'Dienstag' })).toMatchObject({
    reason: 'INPUT_INVALID',
    errors: [{ path: 'date' }],
  });
  expect(await call.ask('book', { offer: {} })).toMatchObject({
    say: 'Welche Nummer soll ich buchen?',
    errors: [{ path: 'offer' }],
  });
  expect(await call.ask('book', { offer: 77 })).toMatchObject({ ok: false, reason: 'OFFER_UNKNOWN' });
});

test('closed days, notice and horizon are told with what is possible instead', async () => {
  const call = caller();
  for (const [args, reason] of [
    [{ date: '2026-12-13' }, 'NO_SLOT'],
    [{ date: '2026-12-13', time: '10:00' }, 'OUTSIDE_HOURS'],
    [{ date: '2026-12-14', time: '10:05' }, 'OFF_GRID'],
    [{ date: '2027-06-01', time: '10:00' }, 'BEYOND_HORIZON'],
  ] as const) {
    const refused = await call.ask('find_slots', args);
    expect(refused).toMatchObject({ ok: false, reason });
    spoken(refused);
  }
});

test('a phone number that is none is asked for again', async () => {
  const call = caller({ from_number: 'anonymous' });
  await call.ask('find_slots', { date: '2026-12-10', time: '10:00' });
  const refused = await call.ask('book', { offer: 1, customer_phone: 'eins zwei drei' });
  expect(refused).toMatchObject({ ok: false, reason: 'INPUT_INVALID' });
  spoken(refused);
  expect(await call.ask('book', { offer: 1, customer_phone: '030 23125 777' })).toMatchObject({ ok: true });
  expect(await (await host.door('salon')).recogniseCaller('+493023125777')).toBeDefined();
});

test('arguments at the root are as good as under args', async () => {
  const call = caller();
  const response = await host.post('/webhooks/retell/main/functions/find_slots', {
    name: 'find_slots',
    call: call.payload,
    date: '2026-12-11',
    time: '10:00',
  });
  expect(response.body).toMatchObject({ ok: true, offers: [{ time: '10:00' }] });
});

test('a number that is nobody’s is refused in a sentence, and nothing is stored', async () => {
  const call = caller({ to_number: '+493023125999', agent_id: 'agent_of_nobody' });
  expect(await call.ask('next_available')).toEqual({
    ok: false,
    say: 'Unfortunately I cannot make appointments under this number.',
    reason: 'NUMBER_UNKNOWN',
  });
  expect(await host.engine.phone.resolve({ to: '+493023125999' })).toMatchObject({ ok: false });
});

test('a fault is told as a sentence without internals, and reported', async () => {
  const broken = await voiceHost();
  await broken.engine.stop();
  const answer = await phoneCall(broken, 'late').ask('next_available');
  expect(answer).toEqual({
    ok: false,
    say: 'Something went wrong on our side just now, let me try again.',
    retry: true,
    reason: 'FAULT',
  });
  expect(broken.faults).toHaveLength(1);
});

test('past the deadline the caller is asked to wait, the booking goes on, and the same question finds it', async () => {
  const call = caller();
  await call.ask('find_slots', { date: '2026-12-15', time: '10:00' });
  const before = host.clock.pending();
  const other = new DatabaseSync(host.file);
  other.exec('BEGIN IMMEDIATE');
  const first = call.ask('book', { offer: 1 });
  await vi.waitFor(() => {
    expect(host.clock.pending()).toBeGreaterThan(before);
  });
  host.clock.advance(3_000);
  const waiting = await first;
  expect(waiting).toMatchObject({ ok: false, retry: true, reason: 'PENDING' });
  expect(waiting.say).toMatch(/^Einen Moment bitte/);
  const second = call.ask('book', { offer: 1 });
  other.exec('ROLLBACK');
  other.close();
  expect(await second).toMatchObject({ ok: true, appointment: { date: '2026-12-15', time: '10:00' } });
  expect((await live()).filter(({ startMs }) => startMs === Date.parse('2026-12-15T10:00:00+01:00'))).toHaveLength(1);
});
