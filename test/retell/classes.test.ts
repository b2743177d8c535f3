import { afterAll, beforeAll, expect, test } from 'vitest';
import { phoneCall, voiceHost, type VoiceHost } from './voiceHost.ts';

let host: VoiceHost;
beforeAll(async () => {
  host = await voiceHost({}, [
    { key: 'braiding', name: 'Flechtkurs', durationMinutes: 60, stepMinutes: 60, seats: 4, resources: ['anna'] },
  ]);
});
afterAll(() => host.stop());

test('a class is booked for several, and who comes too late hears other times', async () => {
  const wish = { service: 'Flechtkurs', date: '2026-11-24', time: '10:00' };
  const first = phoneCall(host, 'class1', { from_number: '+493023125201' });
  await first.ask('find_slots', { ...wish, people: 3 });
  const booked = await first.ask('book', { offer: 1, customer_name: 'Eva Beispiel' });
  expect(booked.say).toContain('Ihr Termin für Flechtkurs ist gebucht');
  const second = phoneCall(host, 'class2', { from_number: '+493023125202' });
  const full = await second.ask('find_slots', { ...wish, people: 'zwei' });
  expect(full.errors).toMatchObject([{ path: 'people' }]);
  const late = await second.ask('find_slots', { ...wish, people: '2' });
  expect(late).toMatchObject({ ok: false, reason: 'SLOT_TAKEN' });
  expect(late.offers).toHaveLength(3);
  expect(await second.ask('find_slots', wish)).toMatchObject({ ok: true });
  expect(await second.ask('book', { offer: late.offers?.[0]?.number ?? 0 })).toMatchObject({ ok: true });
  const door = await host.door('salon');
  const listed = await door.listAppointments();
  expect(listed.ok && listed.page.items.map(({ partySize }) => partySize).toSorted()).toEqual([2, 3]);
});

test('who moves a class of several still is several', async () => {
  const call = phoneCall(host, 'class3', { from_number: '+493023125201' });
  await call.ask('find_slots', { service: 'Flechtkurs', date: '2026-11-25', time: '11:00', for_reschedule: true });
  expect(await call.ask('reschedule', { offer: 1 })).toMatchObject({ ok: true });
  const door = await host.door('salon');
  const checked = await door.check({ service: 'braiding', start: '2026-11-25T11:00:00+01:00' });
  expect(checked).toMatchObject({ ok: true, slot: { seatsLeft: 1 } });
});

test('a party that no class has room for hears that, and not that a day is full', async () => {
  const call = phoneCall(host, 'class4', { from_number: '+493023125204' });
  const refused = await call.ask('find_slots', { service: 'Flechtkurs', date: '2026-11-26', people: 5 });
  expect(refused).toMatchObject({ ok: false, reason: 'LIMIT_REACHED' });
  expect(refused.say).toBe('Für so viele Personen zugleich ist dort leider kein Platz.');
  // Control: one fewer finds room.
  expect(await call.ask('find_slots', { service: 'Flechtkurs', date: '2026-11-26', people: 4 })).toMatchObject({
    ok: true,
  });
});
