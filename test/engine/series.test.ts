import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BookedOccurrence, SeriesWish } from '../../src/index.ts';
import { Ledger } from './ledger.ts';
import { bench, granted, MONDAY, refusedWith, type Bench } from './salon.ts';

const on = (date: string, time = '10:00', offset = '+01:00'): string => `${date}T${time}:00${offset}`;
const TEN = on('2026-11-24');

let at: Bench;
let ledger: Ledger;
beforeEach(async () => {
  at = await bench();
  ledger = new Ledger(at.file, 300_000);
});
afterEach(async () => {
  ledger.close();
  await at.close();
});

const weekly = (over: Partial<SeriesWish> = {}): SeriesWish => ({
  target: { service: 'cut', start: TEN },
  rule: 'FREQ=WEEKLY;COUNT=4',
  ...over,
});
const codes = (all: readonly { readonly ok: boolean; readonly isShifted?: boolean }[]): readonly string[] =>
  all.map((each) => (each.ok ? (each.isShifted === true ? 'shifted' : 'booked') : refusedWith(each)));
const startsOf = (all: readonly BookedOccurrence[]): readonly string[] =>
  all.map((each) => new Date(granted(each).appointment.startMs).toISOString().slice(0, 16));
const count = async (): Promise<number> => granted(await at.door.listAppointments({ limit: 200 })).page.items.length;

describe('a series', () => {
  test('is booked in one transaction, each occurrence with the rule and the start it gave', async () => {
    const series = granted(await at.door.bookSeries(weekly(), { customer: { name: 'Erika' }, source: 'web' }));
    expect(codes(series.occurrences)).toEqual(['booked', 'booked', 'booked', 'booked']);
    const { items } = granted(await at.door.listAppointments({ groupId: series.groupId ?? undefined })).page;
    expect(items.map(({ recurrence }) => recurrence)).toEqual(
      [0, 7, 14, 21].map((days) => ({ rule: 'FREQ=WEEKLY;COUNT=4', startMs: Date.parse(TEN) + days * 86_400_000 })),
    );
    expect(new Set(items.map(({ customerId }) => customerId)).size).toBe(1);
    expect(items[0]).toMatchObject({ source: 'web', groupId: series.groupId });
    expect(ledger.contradictions(MONDAY)).toEqual([]);
  });

  test('keeps its wall time across a change of the clock', async () => {
    const target = { service: 'cut', start: on('2027-03-22') };
    const { occurrences } = granted(await at.door.bookSeries({ target, rule: 'FREQ=WEEKLY;COUNT=2' }));
    expect(occurrences.map(({ start }) => start)).toEqual([
      ...['2027-03-22T10:00:00.000+01:00', '2027-03-29T10:00:00.000+02:00'],
    ]);
    expect(startsOf(occurrences)).toEqual(['2027-03-22T09:00', '2027-03-29T08:00']);
  });

  test('that fails where something is in its way books nothing and names the occurrences, also late ones', async () => {
    for (const resource of ['anna', 'ben'])
      granted(await at.door.book({ service: 'cut', start: on('2026-12-15', '10:30'), resource }));
    const series = await at.door.bookSeries(weekly());
    expect(series).toMatchObject({
      refusal: {
        code: 'BATCH_REFUSED',
        items: [{ index: 3, path: 'occurrences[3]', refusal: { code: 'SLOT_TAKEN' } }],
      },
    });
    expect(await count()).toBe(2);
  });

  test('that skips leaves out what cannot be had', async () => {
    const rule = 'FREQ=DAILY;COUNT=7';
    const series = granted(await at.door.bookSeries(weekly({ rule, conflicts: 'skip', exceptDates: ['2026-11-26'] })));
    expect(series.occurrences.map(({ start }) => start.slice(5, 10))).toEqual([
      ...['11-24', '11-25', '11-27', '11-28', '11-29', '11-30'],
    ]);
    expect(codes(series.occurrences)).toEqual([
      ...['booked', 'booked', 'booked', 'OUTSIDE_HOURS', 'OUTSIDE_HOURS', 'booked'],
    ]);
    expect(await count()).toBe(4);
  });

  test('that shifts takes the nearest start of the same date first, and refuses what has none near enough', async () => {
    for (const resource of ['anna', 'ben'])
      granted(await at.door.book({ service: 'cut', start: on('2026-12-01', '10:00'), resource }));
    const wish = weekly({ rule: 'FREQ=WEEKLY;BYDAY=TU,SA;COUNT=4', conflicts: 'shift', shiftMinutes: 90 });
    const series = granted(await at.door.bookSeries(wish));
    expect(codes(series.occurrences)).toEqual(['booked', 'OUTSIDE_HOURS', 'shifted', 'OUTSIDE_HOURS']);
    const third = granted(series.occurrences[2] ?? { ok: false });
    expect([third.start, third.appointment.startMs]).toEqual([
      '2026-12-01T10:00:00.000+01:00',
      Date.parse(on('2026-12-01', '09:00')),
    ]);
    expect(third.appointment.recurrence?.startMs).toBe(Date.parse(on('2026-12-01')));
    expect(ledger.contradictions(MONDAY)).toEqual([]);
  });

  test('that shifts never puts two occurrences at one time', async () => {
    for (const resource of ['anna', 'ben'])
      for (const time of ['09:00', '10:00', '11:00', '12:00', '13:00', '14:00', '15:00', '16:00'])
        granted(await at.door.book({ service: 'cut', start: on('2026-11-24', time), resource }));
    const wish = weekly({ rule: 'FREQ=DAILY;COUNT=2', conflicts: 'shift', shiftMinutes: 2_880 });
    const series = granted(await at.door.bookSeries(wish));
    expect(codes(series.occurrences)).toEqual(['shifted', 'booked']);
    expect(startsOf(series.occurrences)).toEqual(['2026-11-25T08:00', '2026-11-25T09:00']);
  });

  test('prefers whoever can serve the most of it, unless that does not matter', async () => {
    for (const date of ['2026-12-01', '2026-12-08'])
      granted(await at.door.book({ service: 'cut', start: on(date), resource: 'anna' }));
    const staff = async (over: Partial<SeriesWish>): Promise<readonly (string | undefined)[]> => {
      const { occurrences } = granted(await at.door.checkSeries(weekly(over)));
      return occurrences.map((each) => granted(each).slot.resourceIds[0]);
    };
    const [anna, ben] = await at.door.resources();
    expect(await staff({})).toEqual([ben?.id, ben?.id, ben?.id, ben?.id]);
    expect(await staff({ sameResource: false })).toEqual([anna?.id, ben?.id, ben?.id, anna?.id]);
  });

  test('is looked at without a trace', async () => {
    const checked = granted(await at.door.checkSeries(weekly(), { customer: { name: 'Erika' } }));
    expect(codes(checked.occurrences)).toEqual(['booked', 'booked', 'booked', 'booked']);
    expect(await count()).toBe(0);
    expect(granted(await at.door.listCustomers()).page.items).toEqual([]);
  });

  test('gives its first answer again under its key, with appointments as they are now', async () => {
    const wish = weekly({ rule: 'FREQ=DAILY;COUNT=5', conflicts: 'skip' });
    const first = granted(await at.door.bookSeries(wish, { idempotencyKey: 's' }));
    const { appointment } = granted(first.occurrences[1] ?? { ok: false });
    granted(await at.door.cancel(appointment.id));
    const again = granted(await at.door.bookSeries(wish, { idempotencyKey: 's' }));
    expect(again).toMatchObject({ replayed: true, groupId: first.groupId });
    expect(codes(again.occurrences)).toEqual(['booked', 'booked', 'booked', 'booked', 'REFUSED_EARLIER']);
    expect(again.occurrences[1]).toMatchObject({ appointment: { status: 'cancelled' } });
    expect(refusedWith(await at.door.bookSeries({ ...wish, conflicts: 'shift' }, { idempotencyKey: 's' }))).toBe(
      'KEY_REUSED',
    );
    expect(await count()).toBe(4);
  });
});

test.each([
  ['FREQ=WEEKLY', 'rule'],
  ['FREQ=HOURLY;COUNT=3', 'rule'],
  ['FREQ=DAILY;COUNT=367', 'rule'],
  ['FREQ=YEARLY;COUNT=4', 'rule'],
  ['FREQ=DAILY;UNTIL=20290101', 'rule'],
  ['FREQ=DAILY;COUNT=2;UNTIL=20261201', 'rule'],
  ['FREQ=DAILY;COUNT=2;COUNT=3', 'rule'],
  ['FREQ=DAILY;BYHOUR=3;COUNT=2', 'rule'],
  ['FREQ=WEEKLY;BYDAY=2MO;COUNT=2', 'rule'],
  ['FREQ=MONTHLY;BYDAY=XX;COUNT=2', 'rule'],
  ['FREQ=MONTHLY;BYMONTHDAY=0;COUNT=2', 'rule'],
  ['FREQ=DAILY;UNTIL=20260101', 'rule'],
  ['FREQ=WEEKLY;BYDAY=MO;COUNT=2', 'target.start'],
])('%s is refused by its field', async (rule, path) => {
  expect(await at.door.bookSeries(weekly({ rule }))).toMatchObject({
    refusal: { code: 'INPUT_INVALID', errors: [{ path }] },
  });
});

test('other fields are refused by their paths, all at once', async () => {
  const wrong = await at.door.bookSeries(
    { target: { service: 'cut' } as never, rule: '', conflicts: 'maybe' as never, shiftMinutes: 0 },
    { notes: 'x'.repeat(2_001) },
  );
  if (wrong.ok || wrong.refusal.code !== 'INPUT_INVALID') throw new Error('granted');
  expect(wrong.refusal.errors.map(({ path }) => path)).toEqual([
    ...['target.start', 'rule', 'conflicts', 'shiftMinutes', 'notes'],
  ]);
  expect(await at.door.bookSeries(weekly({ exceptDates: ['24.12.'] }))).toMatchObject({
    refusal: { errors: [{ path: 'exceptDates[0]' }] },
  });
  expect(refusedWith(await at.door.bookSeries(weekly({ target: { service: 'none', start: TEN } })))).toBe(
    'SERVICE_UNKNOWN',
  );
});

test('a second series finds what the first has taken, far beyond its first occurrences', async () => {
  const anna = { service: 'anna-only', start: TEN };
  granted(
    await at.door.bookSeries({
      target: { ...anna, start: on('2027-04-13', '10:00', '+02:00') },
      rule: 'FREQ=WEEKLY;COUNT=3',
    }),
  );
  const second = granted(await at.door.bookSeries({ target: anna, rule: 'FREQ=WEEKLY;COUNT=30', conflicts: 'skip' }));
  const refused = second.occurrences.filter(({ ok }) => !ok).map(({ start }) => start.slice(0, 10));
  expect(refused).toEqual(['2027-04-13', '2027-04-20', '2027-04-27']);
});

test('of thirty who book one series at once, one has all of it, and without the key that guards time that is not so', async () => {
  const target = { service: 'anna-only', start: TEN };
  const race = (): Promise<readonly { readonly ok: boolean }[]> =>
    Promise.all(Array.from({ length: 30 }, () => at.door.bookSeries({ target, rule: 'FREQ=WEEKLY;COUNT=10' })));
  expect((await race()).filter(({ ok }) => ok)).toHaveLength(1);
  expect(ledger.contradictions(MONDAY)).toEqual([]);
  ledger.clear();
  ledger.dropClaimsKey();
  expect((await race()).filter(({ ok }) => ok).length).toBeGreaterThan(1);
  expect(ledger.contradictions(MONDAY).length).toBeGreaterThan(0);
});
