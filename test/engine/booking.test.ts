import { afterEach, beforeEach, expect, test } from 'vitest';
import type { HoldId, AppointmentId } from '../../src/index.ts';
import { bench, granted, MONDAY, refusedWith, type Bench } from './salon.ts';

const HOUR = 3_600_000;
const TEN = '2026-11-24T10:00:00+01:00';

let at: Bench;
beforeEach(async () => {
  at = await bench();
});
afterEach(() => at.close());

test('finds every start of a day, each with whoever is free first', async () => {
  const found = granted(
    await at.door.find({ service: 'cut', from: '2026-11-24T00:00:00+01:00', to: '2026-11-25T00:00:00+01:00' }),
  );
  expect(found.slots).toHaveLength(15);
  expect(found.slots[0]).toMatchObject({
    start: '2026-11-24T09:00:00.000+01:00',
    end: '2026-11-24T10:00:00.000+01:00',
  });
  const anna = (await at.door.resources()).find(({ key }) => key === 'anna');
  expect(found.slots[0].resourceIds).toEqual([anna?.id]);
});

test('finds the next starts without being told where to stop', async () => {
  const found = granted(await at.door.find({ service: 'cut', count: 3 }));
  expect(found.slots.map(({ start }) => start.slice(11, 16))).toEqual(['09:00', '09:30', '10:00']);
});

test('an offer becomes a hold and the hold an appointment of the same id', async () => {
  const { slots } = granted(await at.door.find({ service: 'cut', from: TEN, count: 1 }));
  const { hold } = granted(await at.door.hold(at.door.offer(slots[0]), { owner: 'call-1' }));
  expect(hold.expiresMs).toBe(MONDAY + 300_000);
  const { appointment } = granted(await at.door.book(hold, { customer: { name: 'Erika', phone: '030 555 0199' } }));
  expect(appointment.id).toBe(hold.id);
  expect(appointment).toMatchObject({ status: 'confirmed', version: 1, startMs: Date.parse(TEN) });
  const read = granted(await at.door.getAppointment(appointment.id));
  expect(read.appointment).toEqual(appointment);
  expect((await at.door.recogniseCaller('+49305550199'))?.name).toBe('Erika');
});

test('booking a hold twice gives the same appointment, marked as a replay', async () => {
  const { hold } = granted(await at.door.hold({ service: 'cut', start: TEN }, { owner: 'call-1' }));
  const first = granted(await at.door.book(hold));
  const again = granted(await at.door.book({ hold: hold.id, owner: 'call-1' }));
  expect(again).toEqual({ ...first, replayed: true });
});

test('only the owner of a hold may book or release it', async () => {
  const { hold } = granted(await at.door.hold({ service: 'cut', start: TEN }, { owner: 'call-1' }));
  expect(refusedWith(await at.door.book({ hold: hold.id, owner: 'call-2' }))).toBe('NOT_OWNER');
  expect(refusedWith(await at.door.release({ hold: hold.id, owner: 'call-2' }))).toBe('NOT_OWNER');
  granted(await at.door.release({ hold: hold.id, owner: 'call-1' }));
  expect(refusedWith(await at.door.book({ hold: hold.id, owner: 'call-1' }))).toBe('HOLD_UNKNOWN');
});

test('a hold blocks everyone until it expires, then its time is free without any sweep', async () => {
  const { hold } = granted(await at.door.hold({ service: 'anna-only', start: TEN }, { owner: 'call-1' }));
  expect(refusedWith(await at.door.check({ service: 'anna-only', start: TEN }))).toBe('SLOT_TAKEN');
  at.clock.advance(300_000);
  granted(await at.door.check({ service: 'anna-only', start: TEN }));
  expect(refusedWith(await at.door.book(hold))).toBe('HOLD_EXPIRED');
  granted(await at.door.book({ service: 'anna-only', start: TEN }));
});

test("a caller's own hold does not hide his slot from him, and is given up when he takes another", async () => {
  const { hold } = granted(await at.door.hold({ service: 'anna-only', start: TEN }, { owner: 'call-1' }));
  const replacing = { hold: hold.id, owner: 'call-1' };
  granted(await at.door.check({ service: 'anna-only', start: TEN, replacing }));
  expect(
    refusedWith(await at.door.check({ service: 'anna-only', start: TEN, replacing: { ...replacing, owner: 'x' } })),
  ).toBe('NOT_OWNER');
  const later = '2026-11-24T10:30:00+01:00';
  granted(await at.door.hold({ service: 'anna-only', start: later }, { owner: 'call-1', replacing }));
  expect(refusedWith(await at.door.getHold(hold.id))).toBe('HOLD_UNKNOWN');
  granted(await at.door.check({ service: 'anna-only', start: '2026-11-24T09:30:00+01:00' }));
});

test('any of the staff is found while one is free, and only then refused', async () => {
  granted(await at.door.book({ service: 'cut', start: TEN }));
  granted(await at.door.book({ service: 'cut', start: TEN }));
  const third = await at.door.book({ service: 'cut', start: TEN });
  expect(refusedWith(third)).toBe('SLOT_TAKEN');
});

test('a refused start comes with three alternatives, each of which can then be booked', async () => {
  granted(await at.door.book({ service: 'anna-only', start: TEN }));
  const refused = await at.door.book({ service: 'anna-only', start: TEN });
  if (refused.ok || refused.refusal.code !== 'SLOT_TAKEN') throw new Error('expected SLOT_TAKEN');
  expect(refused.refusal.reasons.map(({ code }) => code)).toEqual(['BUSY']);
  const { alternatives } = refused.refusal;
  expect(alternatives.map(({ start }) => start.slice(0, 16))).toEqual([
    '2026-11-24T09:00',
    '2026-11-24T11:00',
    '2026-11-24T11:30',
  ]);
  for (const slot of alternatives) granted(await at.door.check({ service: 'anna-only', start: slot.startMs }));
  const [first] = alternatives;
  if (first === undefined) throw new Error('no alternative');
  granted(await at.door.book(at.door.offer(first)));
});

test('never offers a customer a time at which he is booked already', async () => {
  const customer = { phone: '+493012345678' };
  granted(await at.door.book({ service: 'cut', start: '2026-11-24T11:00:00+01:00' }, { customer }));
  granted(await at.door.book({ service: 'anna-only', start: TEN }));
  const refused = await at.door.book({ service: 'anna-only', start: TEN }, { customer });
  if (refused.ok || !('alternatives' in refused.refusal)) throw new Error('expected alternatives');
  const starts = refused.refusal.alternatives.map(({ start }) => start.slice(11, 16));
  expect(starts).not.toContain('11:00');
  expect(starts).not.toContain('11:30');
});

test('buffers keep two appointments apart by the after of the first and the before of the second', async () => {
  granted(await at.door.book({ service: 'colour', start: TEN, resource: 'anna' }));
  const next = (start: string): Promise<{ readonly ok: boolean }> =>
    at.door.check({ service: 'colour', start: `2026-11-24T${start}:00+01:00`, resource: 'anna' });
  expect(refusedWith(await next('11:30'))).toBe('SLOT_TAKEN');
  granted(await next('12:00'));
});

test('reschedule may overlap the time it leaves, and keeps the old time when the new one is taken', async () => {
  const { appointment } = granted(await at.door.book({ service: 'anna-only', start: TEN }));
  const moved = granted(await at.door.reschedule(appointment.id, { start: '2026-11-24T10:30:00+01:00' }));
  expect(moved.appointment).toMatchObject({ id: appointment.id, version: 2, startMs: Date.parse(TEN) + HOUR / 2 });
  granted(await at.door.book({ service: 'anna-only', start: '2026-11-24T13:00:00+01:00' }));
  expect(refusedWith(await at.door.reschedule(appointment.id, { start: '2026-11-24T13:00:00+01:00' }))).toBe(
    'SLOT_TAKEN',
  );
  expect(granted(await at.door.getAppointment(appointment.id)).appointment).toEqual(moved.appointment);
  granted(await at.door.check({ service: 'anna-only', start: '2026-11-24T09:00:00+01:00' }));
});

test('reschedule keeps whoever did it if he is free, else anyone who can', async () => {
  const { appointment } = granted(await at.door.book({ service: 'cut', start: TEN, resource: 'ben' }));
  const eleven = granted(await at.door.reschedule(appointment.id, { start: '2026-11-24T11:00:00+01:00' }));
  expect(eleven.appointment.resourceIds).toEqual(appointment.resourceIds);
  granted(await at.door.book({ service: 'cut', start: '2026-11-24T14:00:00+01:00', resource: 'ben' }));
  const two = granted(await at.door.reschedule(appointment.id, { start: '2026-11-24T14:00:00+01:00' }));
  expect(two.appointment.resourceIds).not.toEqual(appointment.resourceIds);
});

test('an appointment moves to what a hold keeps for it, and the hold goes', async () => {
  const { appointment } = granted(await at.door.book({ service: 'anna-only', start: TEN }));
  const { hold } = granted(
    await at.door.hold({ service: 'anna-only', start: '2026-11-25T10:00:00+01:00' }, { owner: 'call-1' }),
  );
  expect(refusedWith(await at.door.reschedule(appointment.id, { hold: hold.id, owner: 'call-2' }))).toBe('NOT_OWNER');
  const moved = granted(await at.door.reschedule(appointment.id, hold));
  expect(moved.appointment).toMatchObject({ id: appointment.id, startMs: hold.startMs });
  expect(refusedWith(await at.door.getHold(hold.id))).toBe('HOLD_UNKNOWN');
  expect(refusedWith(await at.door.check({ service: 'anna-only', start: hold.startMs }))).toBe('SLOT_TAKEN');
  granted(await at.door.check({ service: 'anna-only', start: TEN }));
  const { hold: late } = granted(
    await at.door.hold({ service: 'anna-only', start: '2026-11-26T10:00:00+01:00' }, { owner: 'call-1' }),
  );
  at.clock.advance(300_000);
  expect(refusedWith(await at.door.reschedule(appointment.id, late))).toBe('HOLD_EXPIRED');
});

test('a hold that lost its time is over for a move too, even where the clock has gone back since', async () => {
  const { appointment } = granted(await at.door.book({ service: 'anna-only', start: TEN }));
  const start = '2026-11-25T10:00:00+01:00';
  const { hold } = granted(await at.door.hold({ service: 'anna-only', start }, { owner: 'call-1' }));
  at.clock.advance(300_000);
  granted(await at.door.book({ service: 'anna-only', start }));
  at.clock.set(MONDAY);
  expect(refusedWith(await at.door.reschedule(appointment.id, hold))).toBe('HOLD_EXPIRED');
});

test('a booking may take the place of an appointment, which is cancelled in the same transaction', async () => {
  const { appointment } = granted(await at.door.book({ service: 'anna-only', start: TEN }));
  const replacing = { appointment: appointment.id, version: appointment.version };
  const start = '2026-11-24T10:30:00+01:00';
  const next = granted(await at.door.book({ service: 'anna-only', start }, { replacing }));
  expect(next.appointment.id).not.toBe(appointment.id);
  expect(granted(await at.door.getAppointment(appointment.id)).appointment.status).toBe('cancelled');
  expect(refusedWith(await at.door.book({ service: 'anna-only', start }, { replacing }))).toBe('VERSION_CONFLICT');
});

test('a phone number of one customer cannot be given to another', async () => {
  const book = (time: string, customer: object): ReturnType<typeof at.door.book> =>
    at.door.book({ service: 'cut', start: `2026-11-24T${time}:00+01:00` }, { customer });
  granted(await book('09:00', { phone: '+493012345678' }));
  const { appointment } = granted(await book('10:00', { name: 'Max' }));
  expect(await book('11:00', { id: appointment.customerId, phone: '+493012345678' })).toMatchObject({
    refusal: { code: 'INPUT_INVALID', errors: [{ path: 'customer.phone' }] },
  });
  const third = granted(await book('11:00', { id: appointment.customerId, phone: '+493099999999' }));
  expect(third.appointment.customerId).toBe(appointment.customerId);
});

test('a version that is out of date is refused with the one that is stored', async () => {
  const { appointment } = granted(await at.door.book({ service: 'cut', start: TEN }));
  granted(await at.door.reschedule(appointment.id, { start: '2026-11-24T11:00:00+01:00' }, { version: 1 }));
  const late = await at.door.cancel(appointment.id, { version: 1 });
  expect(late).toEqual({ ok: false, refusal: { code: 'VERSION_CONFLICT', version: 2 } });
});

test('cancelling frees the time at once and cannot be done twice', async () => {
  const { appointment } = granted(await at.door.book({ service: 'anna-only', start: TEN }));
  const gone = granted(await at.door.cancel(appointment.id, { reason: 'ill' }));
  expect(gone.appointment).toMatchObject({ status: 'cancelled', version: 2 });
  granted(await at.door.book({ service: 'anna-only', start: TEN }));
  expect(refusedWith(await at.door.cancel(appointment.id))).toBe('STATUS_CONFLICT');
});

test('statuses follow the table', async () => {
  const { appointment } = granted(await at.door.book({ service: 'cut', start: TEN }, { status: 'pending' }));
  expect(refusedWith(await at.door.complete(appointment.id))).toBe('STATUS_CONFLICT');
  granted(await at.door.confirm(appointment.id));
  granted(await at.door.complete(appointment.id));
  expect(granted(await at.door.noShow(appointment.id)).appointment).toMatchObject({ status: 'noShow', version: 4 });
});

test('pending appointments occupy their time', async () => {
  granted(await at.door.book({ service: 'anna-only', start: TEN }, { status: 'pending' }));
  expect(refusedWith(await at.door.book({ service: 'anna-only', start: TEN }))).toBe('SLOT_TAKEN');
});

test('a missed appointment counts for its customer, and no longer when that was a mistake', async () => {
  const { appointment } = granted(
    await at.door.book({ service: 'cut', start: TEN }, { customer: { phone: '+493012345678' } }),
  );
  const noShows = async (): Promise<number | undefined> => (await at.door.recogniseCaller('+493012345678'))?.noShows;
  granted(await at.door.noShow(appointment.id));
  expect(await noShows()).toBe(1);
  granted(await at.door.complete(appointment.id));
  expect(await noShows()).toBe(0);
});

test('anonymous callers book like anyone else and are never recognised', async () => {
  const { appointment } = granted(
    await at.door.book({ service: 'cut', start: TEN }, { customer: { phone: 'anonymous' } }),
  );
  expect(appointment.customerId).toBeNull();
  const named = granted(
    await at.door.book({ service: 'cut', start: TEN }, { customer: { phone: 'Withheld', name: 'Max' } }),
  );
  const customer = granted(await at.door.getCustomer(named.appointment.customerId ?? ('' as never)));
  expect(customer.customer).toMatchObject({ name: 'Max', phone: null });
  expect(await at.door.recogniseCaller('anonymous')).toBeUndefined();
});

test('racing first bookings of one new caller make one customer', async () => {
  const starts = ['09:00', '10:00', '11:00', '12:00', '13:00', '14:00'];
  const all = await Promise.all(
    starts.map((time) =>
      at.door.book(
        { service: 'cut', start: `2026-11-24T${time}:00+01:00` },
        { customer: { phone: '+493012345678', name: 'Erika' } },
      ),
    ),
  );
  expect(new Set(all.map((answer) => granted(answer).appointment.customerId)).size).toBe(1);
});

test('wrong fields are named, all of them at once', async () => {
  const answer = await at.door.book({ service: 'cut', start: TEN }, { customer: { phone: 'abc', email: 'x' } });
  expect(answer).toMatchObject({
    ok: false,
    refusal: { code: 'INPUT_INVALID', errors: [{ path: 'customer.email' }, { path: 'customer.phone' }] },
  });
  expect(await at.door.find({ service: 'cut', from: 'tomorrow', count: 0 })).toMatchObject({
    refusal: { code: 'INPUT_INVALID', errors: [{ path: 'from' }, { path: 'count' }] },
  });
});

test('what the company does not have is refused by name', async () => {
  expect(refusedWith(await at.door.find({ service: 'nails', count: 1 }))).toBe('SERVICE_UNKNOWN');
  expect(refusedWith(await at.door.find({ service: 'cut', branch: 'nord', count: 1 }))).toBe('BRANCH_UNKNOWN');
  expect(refusedWith(await at.door.find({ service: 'cut', resource: 'zoe', count: 1 }))).toBe('RESOURCE_UNKNOWN');
  expect(refusedWith(await at.door.find({ service: 'anna-only', resource: 'ben', count: 1 }))).toBe(
    'RESOURCE_NOT_QUALIFIED',
  );
  expect(refusedWith(await at.door.cancel('00000000-0000-7000-8000-000000000000' as AppointmentId))).toBe(
    'APPOINTMENT_UNKNOWN',
  );
  expect(refusedWith(await at.door.getHold('00000000-0000-7000-8000-000000000000' as HoldId))).toBe('HOLD_UNKNOWN');
});
