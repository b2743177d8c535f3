import { afterEach, beforeEach, expect, test } from 'vitest';
import { bench, granted, refusedWith, salon, type Bench } from './salon.ts';

const HOUR = 3_600_000;
const TEN = '2026-11-24T10:00:00+01:00';

let at: Bench;
beforeEach(async () => {
  at = await bench();
});
afterEach(() => at.close());

test('an offer is good at its own company only, unaltered, and for a day', async () => {
  const other = salon({ key: 'other', numbers: [] });
  granted(await at.engine.setup.apply({ companies: [other] }));
  const { slots } = granted(await at.door.find({ service: 'cut', count: 1 }));
  const { token } = at.door.offer(slots[0]);
  const applied = granted(await at.engine.setup.apply({ companies: [other] }));
  const stranger = granted(await at.engine.company(applied.companies[0]?.id ?? ('' as never)));
  expect(refusedWith(await stranger.book(token))).toBe('OFFER_INVALID');
  expect(refusedWith(await at.door.book(`${token}A`))).toBe('OFFER_INVALID');
  expect(refusedWith(await at.door.book(token.replace(/^1\.[^.]/, '1.z')))).toBe('OFFER_INVALID');
  at.clock.advance(25 * HOUR);
  expect(refusedWith(await at.door.book(token))).toBe('OFFER_EXPIRED');
});

test('no list and no id leads from one company into another', async () => {
  const applied = granted(await at.engine.setup.apply({ companies: [salon({ key: 'other', numbers: [] })] }));
  const stranger = granted(await at.engine.company(applied.companies[0]?.id ?? ('' as never)));
  const { appointment } = granted(
    await at.door.book({ service: 'cut', start: TEN }, { customer: { phone: '+493012345678' } }),
  );
  const { hold } = granted(await at.door.hold({ service: 'cut', start: TEN }, { owner: 'c' }));
  expect(refusedWith(await stranger.getAppointment(appointment.id))).toBe('APPOINTMENT_UNKNOWN');
  expect(refusedWith(await stranger.cancel(appointment.id))).toBe('APPOINTMENT_UNKNOWN');
  expect(refusedWith(await stranger.reschedule(appointment.id, { start: TEN }))).toBe('APPOINTMENT_UNKNOWN');
  expect(refusedWith(await stranger.book({ hold: hold.id, owner: 'c' }))).toBe('HOLD_UNKNOWN');
  expect(await stranger.recogniseCaller('+493012345678')).toBeUndefined();
  expect(granted(await stranger.listAppointments()).page.items).toEqual([]);
  expect(granted(await stranger.listCustomers()).page.items).toEqual([]);
});

test('lists go on where the page before ended', async () => {
  for (const time of ['09:00', '10:00', '11:00', '12:00', '13:00'])
    granted(await at.door.book({ service: 'cut', start: `2026-11-24T${time}:00+01:00` }));
  const seen: number[] = [];
  let cursor: string | undefined;
  do {
    const { page } = granted(await at.door.listAppointments({ limit: 2, ...(cursor === undefined ? {} : { cursor }) }));
    seen.push(...page.items.map(({ startMs }) => startMs));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  expect(seen).toHaveLength(5);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect(refusedWith(await at.door.listAppointments({ cursor: 'nonsense' }))).toBe('INPUT_INVALID');
});
