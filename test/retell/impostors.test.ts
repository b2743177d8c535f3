import { afterEach, expect, test } from 'vitest';
import { phoneCall, voiceHost, type VoiceHost } from './voiceHost.ts';

const victimNumber = '+493023125500';

let host: VoiceHost;
afterEach(() => host.stop());

async function victimBooks(): Promise<void> {
  const call = phoneCall(host, 'victim', { from_number: victimNumber });
  await call.ask('find_slots', { date: '2026-12-01', time: '10:00' });
  expect(await call.ask('book', { offer: 1, customer_name: 'Vera' })).toMatchObject({ ok: true });
}

const nameOf = async (number: string): Promise<string | null | undefined> =>
  (await (await host.door('salon')).recogniseCaller(number))?.name;

async function greeting(from_number: string): Promise<unknown> {
  const call_inbound = { agent_id: 'agent_salon', from_number, to_number: '+493023125001' };
  const { body } = await host.post('/webhooks/retell', { event: 'call_inbound', call_inbound });
  return (body as { call_inbound: { dynamic_variables: Record<string, string> } }).call_inbound.dynamic_variables[
    'customer_name'
  ];
}

test('whoever books under the number of somebody else renames nobody, and the name he gave stands with the appointment', async () => {
  host = await voiceHost();
  await victimBooks();
  const other = phoneCall(host, 'other', { from_number: '+493023125777' });
  await other.ask('find_slots', { date: '2026-12-02', time: '10:00' });
  const wish = { offer: 1, customer_name: 'Mallory', customer_phone: victimNumber };
  const booked = await other.ask('book', wish);
  expect(booked).toMatchObject({ ok: true });
  expect(await other.ask('book', wish)).toEqual(booked);
  expect(await nameOf(victimNumber)).toBe('Vera');
  const listed = await (await host.door('salon')).listAppointments();
  expect(listed.ok && listed.page.items.map(({ metadata }) => metadata['customerName'])).toEqual(['Vera', 'Mallory']);
  // Nor does it open the way to what she has.
  await other.ask('cancel');
  expect(await other.ask('cancel', { appointment: 2 })).toMatchObject({ ok: false });
  expect(listed.ok && listed.page.items[0]?.status).toBe('confirmed');
});

test('callers correct their own name from their own number', async () => {
  host = await voiceHost();
  await victimBooks();
  const again = phoneCall(host, 'again', { from_number: victimNumber });
  await again.ask('find_slots', { date: '2026-12-02', time: '10:00' });
  await again.ask('book', { offer: 1, customer_name: 'Vera Lind' });
  expect(await nameOf(victimNumber)).toBe('Vera Lind');
});

test('where numbers prove nothing, a forged one is not greeted and reaches no appointment', async () => {
  host = await voiceHost({ trustCallerNumber: false });
  await victimBooks();
  expect(await greeting(victimNumber)).toBe('');
  const forged = phoneCall(host, 'forged', { from_number: victimNumber });
  expect(await forged.ask('cancel')).toMatchObject({ ok: false, reason: 'APPOINTMENT_UNKNOWN' });
  expect(await forged.ask('find_slots', { for_reschedule: true })).toMatchObject({ reason: 'APPOINTMENT_UNKNOWN' });
  await forged.ask('find_slots', { date: '2026-12-02', time: '10:00' });
  expect(await forged.ask('book', { offer: 1, customer_name: 'Mallory' })).toMatchObject({ ok: true });
  expect(await nameOf(victimNumber)).toBe('Vera');
  // What was booked in this very call can still be undone in it, and nothing else.
  expect(await forged.ask('cancel')).toMatchObject({ ok: true, appointment: { date: '2026-12-02' } });
  expect(await forged.ask('cancel')).toMatchObject({ ok: true, appointment: { date: '2026-12-02' } });
  const listed = await (await host.door('salon')).listAppointments({ statuses: ['confirmed'] });
  expect(listed.ok && listed.page.items).toHaveLength(1);
});

test('control: where numbers are trusted, the same call is greeted and cancels the appointment of the other', async () => {
  host = await voiceHost();
  await victimBooks();
  expect(await greeting(victimNumber)).toBe('Vera');
  const forged = phoneCall(host, 'forged', { from_number: victimNumber });
  expect(await forged.ask('cancel')).toMatchObject({ ok: true, appointment: { date: '2026-12-01' } });
});

test('whom the company dials itself is known by the number that it dialled', async () => {
  host = await voiceHost({ trustCallerNumber: false });
  await victimBooks();
  const outbound = { direction: 'outbound', from_number: '+493023125001', to_number: victimNumber };
  expect(await phoneCall(host, 'out', outbound).ask('cancel')).toMatchObject({ ok: true });
});

test('arguments nested deeper than the stack are misunderstood and nothing worse', async () => {
  host = await voiceHost();
  const { payload } = phoneCall(host, 'deep');
  const nested = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const body = `{"call":${JSON.stringify(payload)},"args":{"offer":${nested},"other":${nested}}}`;
  const answer = await host.post('/webhooks/retell/functions/book', body);
  expect(answer).toMatchObject({ status: 200, body: { ok: false, reason: 'INPUT_INVALID' } });
  expect(host.faults).toEqual([]);
});

test('ids that a database would take for one another are refused, and transcripts are cleaned', async () => {
  host = await voiceHost();
  for (const id of ['x\0', 'x\ud800', 'x y', 'é', 'x'.repeat(129)])
    expect((await phoneCall(host, id).event('call_started')).status).toBe(400);
  const quoted = `x' OR 1=1 --\\%_`.replaceAll(' ', '+');
  const call = phoneCall(host, quoted);
  expect((await call.event('call_ended', { transcript: 'Guten\0 Tag\ud800' })).status).toBe(204);
  const door = await host.door('salon');
  expect(await door.calls.get('retell', quoted)).toMatchObject({ transcript: 'Guten Tag\ufffd' });
  expect(await door.calls.get('retell', 'x')).toBeUndefined();
  expect(host.faults).toEqual([]);
});
