import { afterEach, expect, test } from 'vitest';
import { BusySource, definePlugin, type OutsideBusy, type Plugin } from '../../src/plugin.ts';
import { bench, granted, refusedWith, salon, type Bench } from '../engine/salon.ts';

const HOUR = 3_600_000;
/** Tuesday, 9 o'clock in Berlin. */
const NINE = Date.parse('2026-11-24T08:00:00Z');
let open: Bench | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

/** A source that tells what it is told to; `who` by key. */
const told = new Map<string, Partial<OutsideBusy>>();
let reads = 0;
const source: Plugin = definePlugin({
  name: 'told',
  apiVersion: 1,
  setup({ contribute }) {
    contribute(BusySource, {
      name: 'told',
      read(_, { resources }) {
        reads++;
        return resources.map(({ key }): OutsideBusy | undefined => {
          const busy = told.get(key);
          if (busy === undefined) return undefined;
          return { kind: 'calendar', intervals: new Float64Array(0), state: 'fresh', asOfMs: 0, ...busy };
        });
      },
    });
  },
});
const start = async (...plugins: readonly Plugin[]): Promise<Bench> => {
  told.clear();
  open = await bench({ plugins: [source, ...plugins], onError: () => {} });
  return open;
};
const busyAt = (fromMs: number, toMs: number): Partial<OutsideBusy> => ({ intervals: Float64Array.of(fromMs, toMs) });
const annaAt = (startMs: number): { service: string; start: number } => ({ service: 'anna-only', start: startMs });
const range = { from: NINE, to: NINE + 8 * HOUR };

test('what is occupied outside is neither listed nor granted, and named as what it is', async () => {
  const { door } = await start();
  const before = granted(await door.find({ service: 'anna-only', ...range })).slots;
  // Off the grain of five minutes on both sides: 10:01 to 10:59:30.
  told.set('anna', busyAt(NINE + HOUR + 60_000, NINE + 2 * HOUR - 30_000));
  const after = granted(await door.find({ service: 'anna-only', ...range })).slots;
  const gone = before.filter(({ startMs }) => !after.some((slot) => slot.startMs === startMs));
  expect(gone.map(({ startMs }) => (startMs - NINE) / HOUR)).toEqual([0.5, 1, 1.5]);

  for (const { startMs } of before) {
    const isFree = after.some((slot) => slot.startMs === startMs);
    expect((await door.check(annaAt(startMs))).ok).toBe(isFree);
  }
  const taken = gone[1] ?? expect.fail();
  expect(await door.check(annaAt(taken.startMs))).toMatchObject({
    refusal: { code: 'SLOT_TAKEN', reasons: [{ code: 'BUSY', message: 'The time is occupied (calendar).' }] },
  });
  expect(refusedWith(await door.hold(door.offer(taken), { owner: 'caller' }))).toBe('SLOT_TAKEN');
  expect(refusedWith(await door.book(door.offer(taken), { customer: { name: 'Max' } }))).toBe('SLOT_TAKEN');
  granted(await door.book(door.offer(after[0]), { customer: { name: 'Max' } }));
});

test('an appointment cannot be moved to where it is occupied outside', async () => {
  const { door } = await start();
  const { appointment } = granted(await door.book({ ...annaAt(NINE) }, { customer: { name: 'Max' } }));
  told.set('anna', busyAt(NINE + 3 * HOUR, NINE + 4 * HOUR));
  expect(refusedWith(await door.reschedule(appointment.id, { start: NINE + 3 * HOUR }))).toBe('SLOT_TAKEN');
  granted(await door.reschedule(appointment.id, { start: NINE + 5 * HOUR }));
});

test('another one who is free serves instead', async () => {
  const { door } = await start();
  told.set('anna', busyAt(NINE, NINE + 8 * HOUR));
  const { slots } = granted(await door.find({ service: 'cut', ...range }));
  const ben = (await door.resources()).find(({ key }) => key === 'ben');
  expect(new Set(slots.flatMap(({ resourceIds }) => resourceIds))).toEqual(new Set([ben?.id]));
});

test('who is not known to be free is not booked, and that is said', async () => {
  const { door } = await start();
  told.set('anna', { state: 'unknown' });
  const refused = { ok: false, refusal: { code: 'SOURCE_UNREACHABLE', reasons: [{ code: 'SOURCE_UNREACHABLE' }] } };
  expect(await door.find({ service: 'anna-only', ...range })).toMatchObject(refused);
  expect(await door.check(annaAt(NINE))).toMatchObject(refused);
  expect(refusedWith(await door.book(annaAt(NINE), { customer: { name: 'Max' } }))).toBe('SOURCE_UNREACHABLE');
  // What would be refused anyway says so.
  expect(refusedWith(await door.check(annaAt(NINE - 3 * HOUR)))).toBe('OUTSIDE_HOURS');
  granted(await door.check({ service: 'cut', start: NINE }));
  told.set('anna', { state: 'stale' });
  granted(await door.check(annaAt(NINE)));
});

test('a source that fails is not taken for an empty one', async () => {
  const broken = definePlugin({
    name: 'broken',
    apiVersion: 1,
    setup: ({ contribute }) =>
      contribute(BusySource, { name: 'broken', read: () => Promise.reject(new Error('out of order')) }),
  });
  const { door } = await start(broken);
  expect(refusedWith(await door.find({ service: 'cut', ...range }))).toBe('SOURCE_UNREACHABLE');
});

test('sources are asked once for a search and once for a start, whoever and however much it is about', async () => {
  const { door } = await start();
  reads = 0;
  granted(await door.find({ service: 'cut', ...range }));
  expect(reads).toBe(1);
  granted(await door.check({ service: 'cut', start: NINE }));
  expect(reads).toBe(2);
});

test('without sources nothing changes', async () => {
  open = await bench({ companies: [salon()] });
  granted(await open.door.check(annaAt(NINE)));
});
