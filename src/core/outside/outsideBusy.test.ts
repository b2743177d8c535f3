import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BusySource, OutsideBusy, OutsideResource } from '../contracts/busySource.ts';
import { fakeClock } from '../contracts/fakeClock.ts';
import type { BranchId, CompanyId, ResourceId } from '../model/ids.ts';
import { readOutside, type Outside } from './outsideBusy.ts';

const company = 'c' as CompanyId;
const resource = (id: string): OutsideResource => ({
  id: id as ResourceId,
  key: id,
  branchId: 'b' as BranchId,
  branchKey: 'b',
  timeZone: 'UTC',
});
const MINUTE = 60_000;
const GRAIN = 5 * MINUTE;
const busy = (pairs: readonly number[], over: Partial<OutsideBusy> = {}): OutsideBusy => ({
  kind: 'calendar',
  intervals: Float64Array.from(pairs),
  state: 'fresh',
  asOfMs: 0,
  ...over,
});
const source = (name: string, read: BusySource['read']): BusySource => ({ name, read });
const clock = fakeClock(0);
const faults: string[] = [];
const read = (sources: readonly BusySource[], ids: readonly string[] = ['anna']): Promise<Outside> =>
  readOutside(
    { sources, clock, onError: (error, name) => faults.push(`${name}: ${String(error)}`) },
    company,
    { resources: ids.map(resource), fromMs: 0, toMs: 100 * MINUTE },
    GRAIN,
  );

test('times of all sources come together, each with its word', async () => {
  const { times } = await read(
    [
      source('a', () => [busy([0, GRAIN]), undefined]),
      source('b', async () => [busy([2 * GRAIN, 3 * GRAIN], { kind: 'holiday' }), undefined]),
    ],
    ['anna', 'ben'],
  );
  expect(times[0]).toMatchObject({ kinds: ['calendar', 'holiday'], unreachable: [] });
  expect([...(times[0]?.intervals ?? [])]).toEqual([0, GRAIN, 2 * GRAIN, 3 * GRAIN]);
  expect(times[1]?.intervals.length).toBe(0);
});

test('what does not keep to the grain is widened and listed', async () => {
  const { times, rounded } = await read([source('a', () => [busy([MINUTE, 2 * MINUTE, GRAIN + 1, 2 * GRAIN])])]);
  expect([...(times[0]?.intervals ?? [])]).toEqual([0, 2 * GRAIN]);
  expect(times[0]?.kinds).toEqual(['calendar']);
  expect(rounded).toEqual([
    { source: 'a', resourceId: 'anna', startMs: MINUTE, endMs: 2 * MINUTE, roundedStartMs: 0, roundedEndMs: GRAIN },
    {
      source: 'a',
      resourceId: 'anna',
      startMs: GRAIN + 1,
      endMs: 2 * GRAIN,
      roundedStartMs: GRAIN,
      roundedEndMs: 2 * GRAIN,
    },
  ]);
});

test('widened times cover what they were and begin and end on the grain', async () => {
  const spans = fc.array(fc.tuple(fc.nat(500), fc.integer({ min: 1, max: 60 })), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(spans, async (gaps) => {
      const pairs: number[] = [];
      let atMs = 0;
      for (const [gap, length] of gaps) {
        pairs.push((atMs += gap * 10_000), (atMs += length * 10_000));
        atMs += 1;
      }
      const { times } = await read([source('a', () => [busy(pairs)])]);
      const wide = [...(times[0]?.intervals ?? [])];
      expect(wide.every((ms) => ms % GRAIN === 0)).toBe(true);
      expect(wide.every((ms, index) => index === 0 || ms > (wide[index - 1] ?? NaN))).toBe(true);
      for (let index = 0; index < pairs.length; index += 2) {
        const [start = NaN, end = NaN] = pairs.slice(index, index + 2);
        const covered = wide.some((from, i) => i % 2 === 0 && from <= start && end <= (wide[i + 1] ?? NaN));
        expect(covered).toBe(true);
      }
    }),
  );
});

test('stale times count like fresh ones', async () => {
  const { times } = await read([source('a', () => [busy([0, GRAIN], { state: 'stale' })])]);
  expect(times[0]).toMatchObject({ kinds: ['calendar'], unreachable: [] });
});

test('what a source does not know is occupied from end to end', async () => {
  const { times } = await read([source('a', () => [busy([0, GRAIN], { state: 'unknown' })])]);
  expect(times[0]).toMatchObject({ kinds: ['unreachable'], unreachable: ['a'] });
  expect([...(times[0]?.intervals ?? [])]).toEqual([0, 100 * MINUTE]);
});

test.each([
  ['throws', () => expect.fail('out of order')],
  ['rejects', () => Promise.reject(new Error('out of order'))],
  ['answers for too few', () => []],
] as const)('a source that %s is unknown, and its fault is told', async (_, fault) => {
  faults.length = 0;
  const { times } = await read([source('a', fault), source('b', () => [busy([])])]);
  expect(times[0]?.unreachable).toEqual(['a']);
  expect(faults).toHaveLength(1);
});

test('a source that does not answer is unknown after a second', async () => {
  faults.length = 0;
  const reading = read([source('a', () => new Promise(() => {}))]);
  clock.advance(1_000);
  expect((await reading).times[0]?.unreachable).toEqual(['a']);
  expect(faults).toEqual(['a: Error: no answer within 1000 ms']);
  expect(clock.pending()).toBe(0);
});
