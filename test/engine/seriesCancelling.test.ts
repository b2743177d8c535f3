import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Appointment, CancelSeriesOptions, ChangedSeries, GroupId } from '../../src/index.ts';
import { Ledger } from './ledger.ts';
import { bench, granted, MONDAY, refusedWith, salon, type Bench } from './salon.ts';

const TEN = '2026-11-24T10:00:00+01:00';

let at: Bench;
let ledger: Ledger;
const open = async (policies: object = {}): Promise<void> => {
  at = await bench({ companies: [salon({ policies: { cancelNoticeMinutes: 1_440, ...policies } })] });
  ledger = new Ledger(at.file, 300_000);
};
const close = async (): Promise<void> => {
  ledger.close();
  await at.close();
};
beforeEach(() => open());
afterEach(close);

interface Booked {
  readonly group: GroupId;
  readonly appointments: readonly Appointment[];
}

async function booked(): Promise<Booked> {
  const wish = { target: { service: 'anna-only', start: TEN }, rule: 'FREQ=DAILY;COUNT=4' };
  const { groupId, occurrences } = granted(await at.door.bookSeries(wish, { customer: { name: 'Erika' } }));
  if (groupId === null) throw new Error('nothing was booked');
  return { group: groupId, appointments: occurrences.map((each) => granted(each).appointment) };
}
const cancel = async (group: GroupId, options: CancelSeriesOptions): Promise<ChangedSeries> =>
  granted(await at.door.cancelSeries(group, options));
const codes = ({ occurrences }: ChangedSeries): readonly string[] =>
  occurrences.map((each) => (each.ok ? each.appointment.status : refusedWith(each)));
const statuses = async (groupId: GroupId): Promise<readonly string[]> =>
  granted(await at.door.listAppointments({ groupId })).page.items.map(({ status }) => status);

describe('a series is cancelled', () => {
  test('one occurrence, those that follow, or all, and its time is free again', async () => {
    const { group, appointments } = await booked();
    const [first, second, third] = appointments;
    expect(codes(await cancel(group, { scope: 'one', appointment: second?.id, by: 'company' }))).toEqual(['cancelled']);
    expect(await statuses(group)).toEqual(['confirmed', 'cancelled', 'confirmed', 'confirmed']);
    const following = await cancel(group, { scope: 'following', appointment: third?.id, by: 'company' });
    expect(following.occurrences.map(({ appointmentId }) => appointmentId)).toEqual(
      appointments.slice(2).map(({ id }) => id),
    );
    expect(await statuses(group)).toEqual(['confirmed', 'cancelled', 'cancelled', 'cancelled']);
    const all = await cancel(group, { scope: 'all', by: 'company' });
    expect(all.occurrences.map(({ appointmentId }) => appointmentId)).toEqual([first?.id]);
    expect(ledger.contradictions(MONDAY)).toEqual([]);
    expect((await booked()).appointments).toHaveLength(4);
  });

  test('what follows is told by the rule, wherever an occurrence was moved', async () => {
    const { group, appointments } = await booked();
    const [first, second] = appointments;
    if (first === undefined) throw new Error('no first');
    granted(await at.door.reschedule(first.id, { start: '2026-12-04T10:00:00+01:00' }, { by: 'company' }));
    await cancel(group, { scope: 'following', appointment: second?.id, by: 'company' });
    expect(granted(await at.door.getAppointment(first.id)).appointment.status).toBe('confirmed');
  });

  test('what is over stays as it is, and what is too late says so', async () => {
    const { group } = await booked();
    at.clock.advance(30 * 3_600_000);
    const answer = await cancel(group, { scope: 'all' });
    expect(codes(answer)).toEqual(['CANCEL_TOO_LATE', 'cancelled', 'cancelled']);
    expect(await statuses(group)).toEqual(['confirmed', 'confirmed', 'cancelled', 'cancelled']);
  });

  test('a quota that all of them together exceed refuses the whole wish', async () => {
    await close();
    await open({ cancelQuota: 2 });
    const { group, appointments } = await booked();
    expect(refusedWith(await at.door.cancelSeries(group, { scope: 'all' }))).toBe('CANCEL_LIMIT');
    expect(await statuses(group)).toEqual(['confirmed', 'confirmed', 'confirmed', 'confirmed']);
    const last = appointments[2]?.id;
    expect(codes(await cancel(group, { scope: 'following', appointment: last }))).toEqual(['cancelled', 'cancelled']);
  });

  test('under its key once, and then told as it is now', async () => {
    const { group } = await booked();
    const options: CancelSeriesOptions = { scope: 'all', by: 'company', idempotencyKey: 'c' };
    const first = await cancel(group, options);
    const again = await cancel(group, options);
    expect(again).toEqual({ ...first, replayed: true });
    expect(refusedWith(await at.door.cancelSeries(group, { ...options, by: 'customer' }))).toBe('KEY_REUSED');
  });

  test('by many at once each occurrence once', async () => {
    const { group } = await booked();
    const all = await Promise.all(
      Array.from({ length: 20 }, () => at.door.cancelSeries(group, { scope: 'all', by: 'company' })),
    );
    const cancelled = all.flatMap((answer) => granted(answer).occurrences.map(({ appointmentId }) => appointmentId));
    expect(cancelled).toHaveLength(4);
    const { items } = granted(await at.door.listAppointments({ groupId: group })).page;
    expect(items.map(({ version }) => version)).toEqual([2, 2, 2, 2]);
  });

  test('not by wrong fields, nor what is no part of it', async () => {
    const { group } = await booked();
    const other = granted(await at.door.book({ service: 'cut', start: TEN })).appointment;
    expect(await at.door.cancelSeries(group, { scope: 'some' as never, reason: 'x'.repeat(501) })).toMatchObject({
      refusal: { errors: [{ path: 'reason' }, { path: 'scope' }, { path: 'appointment' }] },
    });
    expect(refusedWith(await at.door.cancelSeries(group, { scope: 'one', appointment: other.id }))).toBe(
      'APPOINTMENT_UNKNOWN',
    );
    const nobody = '00000000-0000-7000-8000-000000000000' as GroupId;
    expect(refusedWith(await at.door.cancelSeries(nobody, { scope: 'all' }))).toBe('APPOINTMENT_UNKNOWN');
  });
});
