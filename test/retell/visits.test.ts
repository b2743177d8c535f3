import { afterAll, beforeAll, expect, test } from 'vitest';
import { phoneCall, voiceHost, type VoiceHost } from './voiceHost.ts';

let host: VoiceHost;
beforeAll(async () => {
  host = await voiceHost({}, [
    { key: 'wash', name: 'Waschen', durationMinutes: 30, stepMinutes: 30, resources: ['bilal'] },
  ]);
});
afterAll(() => host.stop());

test('who wants several services has them booked as one visit, and moves it as one', async () => {
  const call = phoneCall(host, 'visit1', { from_number: '+493023125301' });
  const wish = { services: ['Haarschnitt', 'Waschen'], date: '2026-11-24', time: '10:00' };
  expect(await call.ask('find_slots', wish)).toMatchObject({ ok: true });
  const booked = await call.ask('book', { offer: 1, customer_name: 'Eva Beispiel' });
  expect(booked.say).toContain('Ihr Termin für Haarschnitt und Waschen ist gebucht');
  await call.ask('find_slots', { date: '2026-11-24', time: '11:00', for_reschedule: true });
  const moved = await call.ask('reschedule', { offer: 2 });
  expect(moved).toMatchObject({ ok: true, appointment: { service: 'Haarschnitt und Waschen' } });
  const door = await host.door('salon');
  const listed = await door.listAppointments();
  const appointments = listed.ok ? listed.page.items : [];
  expect(appointments.map(({ parts }) => parts.map(({ key }) => key))).toEqual([['haircut', 'wash']]);
});

test('one text with commas will do, and what is not offered is asked about', async () => {
  const call = phoneCall(host, 'visit2', { from_number: '+493023125302' });
  const wish = { date: '2026-11-25', time: '10:00' };
  expect(await call.ask('find_slots', { ...wish, services: 'Waschen, Färben' })).toMatchObject({ ok: true });
  expect(await call.ask('find_slots', { ...wish, services: ['Waschen', 'Zaubern'] })).toMatchObject({
    ok: false,
    reason: 'SERVICE_UNKNOWN',
  });
});
