import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { phoneCall, voiceHost, type VoiceHost } from './voiceHost.ts';

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

test('a known caller moves his only appointment, and a repetition moves it no further', async () => {
  const from_number = '+493023125901';
  const first = caller({ from_number });
  await first.ask('find_slots', { date: '2026-12-01', time: '10:00' });
  await first.ask('book', { offer: 1, customer_name: 'Ida' });
  const call = caller({ from_number });
  // His own appointment does not block the times that overlap it.
  const found = await call.ask('find_slots', { date: '2026-12-01', time: '10:15', for_reschedule: true });
  expect(found).toMatchObject({ ok: true });
  const moved = await call.ask('reschedule', { offer: 1 });
  expect(moved.say).toBe(
    'Ihr Termin ist verschoben, der neue Zeitpunkt ist Dienstag, der 1. Dezember um 10 Uhr 15 bei Anna.',
  );
  expect(await call.ask('reschedule', { offer: 1 })).toEqual(moved);
  const own = (await live()).filter(({ startMs }) => startMs === Date.parse('2026-12-01T10:15:00+01:00'));
  expect(own).toMatchObject([{ version: 2 }]);
});

test('moved there and back again within one call', async () => {
  const call = caller();
  await call.ask('find_slots', { date: '2026-12-02', from: '09:00', to: '12:00' });
  await call.ask('book', { offer: 1 });
  expect(await call.ask('reschedule', { offer: 3 })).toMatchObject({ ok: true, appointment: { time: '11:45' } });
  expect(await call.ask('reschedule', { offer: 1 })).toMatchObject({ ok: true, appointment: { time: '09:00' } });
  expect(await call.ask('reschedule', { offer: 3 })).toMatchObject({ ok: true, appointment: { time: '11:45' } });
});

test('of several appointments the caller is asked which', async () => {
  const from_number = '+493023125902';
  const call = caller({ from_number });
  for (const date of ['2026-12-03', '2026-12-04']) {
    const found = await call.ask('find_slots', { date, time: '10:00' });
    await call.ask('book', { offer: found.offers?.[0]?.number ?? 0 });
  }
  const asked = await call.ask('cancel');
  expect(asked).toMatchObject({ ok: false, reason: 'WHICH_APPOINTMENT', appointments: [{ number: 3 }, { number: 4 }] });
  expect(asked.say).toMatch(/^Welchen Termin meinen Sie: Nummer 3, Donnerstag, .* oder Nummer 4, Freitag, .*\?$/);
  const cancelled = await call.ask('cancel', { appointment: 4, reason: 'verreist' });
  expect(cancelled.say).toBe('Ihr Termin ist abgesagt: Freitag, der 4. Dezember um 10 Uhr.');
  expect(await call.ask('cancel', { appointment: 4, reason: 'verreist' })).toEqual(cancelled);
  // An offer's number is no appointment's.
  expect(await call.ask('cancel', { appointment: 1 })).toMatchObject({ ok: false, reason: 'APPOINTMENT_UNKNOWN' });
});

test('a cancellation asked for again is still one, and nothing else is touched', async () => {
  const call = caller();
  await call.ask('find_slots', { date: '2026-12-07', time: '10:00' });
  await call.ask('book', { offer: 1 });
  const cancelled = await call.ask('cancel');
  expect(cancelled).toMatchObject({ ok: true });
  expect(await call.ask('cancel')).toEqual(cancelled);
});

test('anonymous callers book, and cancel within their own call alone', async () => {
  const call = caller({ from_number: 'anonymous' });
  await call.ask('find_slots', { date: '2026-12-07', time: '12:00' });
  expect(await call.ask('book', { offer: 1 })).toMatchObject({ ok: true });
  const stranger = caller({ from_number: 'anonymous' });
  expect(await stranger.ask('cancel')).toMatchObject({
    ok: false,
    say: 'Ohne Ihre Rufnummer finde ich Ihren Termin leider nicht.',
  });
  expect(await call.ask('cancel')).toMatchObject({ ok: true });
});

test('nobody reaches another’s appointment, whatever number he names', async () => {
  const owner = caller();
  await owner.ask('find_slots', { date: '2026-12-08', time: '10:00' });
  await owner.ask('book', { offer: 1 });
  const other = caller();
  expect(await other.ask('cancel')).toMatchObject({ ok: false, reason: 'APPOINTMENT_UNKNOWN' });
  for (const appointment of [1, 2, 999])
    expect(await other.ask('cancel', { appointment })).toMatchObject({ ok: false });
  expect((await live()).some(({ startMs }) => startMs === Date.parse('2026-12-08T10:00:00+01:00'))).toBe(true);
});
