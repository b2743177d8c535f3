import fc from 'fast-check';
import { expect, test } from 'vitest';
import { intervalBuffer, normalise } from '../time/interval.ts';
import { zoneNamed, UTC } from '../time/zone.ts';
import { feasibleStarts } from './feasible.ts';
import { findSlots } from './find.ts';
import { resourceIdsAt } from './found.ts';
import { feasibleCells, latticeOf, type Lattice } from './lattice.ts';
import { compileSchedule } from './schedule.ts';
import { compileService, type ServiceRules } from './service.ts';

const MINUTE_MS = 60_000;
const BASE_MS = Date.UTC(2026, 9, 24);
const STEP_MS = 5 * MINUTE_MS;
const CELLS = 700;
const lattice: Lattice = { firstMs: BASE_MS, stepMs: STEP_MS, count: CELLS, words: Math.ceil(CELLS / 32) };

/** Milliseconds around the edges of cells, inside the lattice and well outside it. */
const instants = fc
  .tuple(fc.integer({ min: -100, max: CELLS + 100 }), fc.constantFrom(-1, 0, 1, MINUTE_MS))
  .map(([cell, offMs]) => BASE_MS + cell * STEP_MS + offMs);
const intervals = fc.array(
  fc
    .tuple(instants, fc.integer({ min: -1, max: 80 }), fc.constantFrom(-1, 0, 1))
    .map(([startMs, length, offMs]) => [startMs, startMs + length * STEP_MS + offMs]),
  { maxLength: 20 },
);
const rules: fc.Arbitrary<ServiceRules> = fc.record({
  segments: fc.array(fc.record({ durationMinutes: fc.integer({ min: 1, max: 90 }), minGapAfterMinutes: fc.nat(20) }), {
    minLength: 1,
    maxLength: 3,
  }),
  stepMinutes: fc.constant(5),
  bufferBeforeMinutes: fc.nat(30),
  bufferAfterMinutes: fc.nat(30),
  buffersWithinHours: fc.boolean(),
});

/** The feasible cells of a question, in two ways: as bits, and by looking each one up in the feasible starts. */
function bothWays(service: ServiceRules, open: number[][], busy: number[][], sorted: boolean): [string, string] {
  const compiled = compileService(service);
  const openList = normalise(Float64Array.from(open.flat()));
  const inAnyOrder = Float64Array.from(busy.flat());
  const allowed = intervalBuffer();
  allowed.data.set([BASE_MS + 3 * STEP_MS, BASE_MS + (CELLS - 3) * STEP_MS + 1]);
  allowed.length = 2;
  const cells = new Int32Array(lattice.words);
  feasibleCells(compiled, lattice, openList, sorted ? normalise(inAnyOrder) : inAnyOrder, sorted, allowed, cells);
  const starts = intervalBuffer();
  feasibleStarts(compiled, openList, normalise(inAnyOrder), allowed, starts);
  let asBits = '';
  let asLists = '';
  for (let cell = 0; cell < CELLS; cell++) {
    const startMs = BASE_MS + cell * STEP_MS;
    asBits += ((cells[cell >> 5] ?? 0) >>> (cell & 31)) & 1;
    asLists += starts.data.subarray(0, starts.length).findLastIndex((edge) => edge <= startMs) % 2 === 0 ? 1 : 0;
  }
  return [asBits, asLists];
}

test('bits say what sorted lists say, whatever the order of busy time', () => {
  fc.assert(
    fc.property(rules, intervals, intervals, fc.boolean(), (service, open, busy, sorted) => {
      const [asBits, asLists] = bothWays(service, open, busy, sorted);
      expect(asBits).toBe(asLists);
    }),
    { numRuns: 500 },
  );
});

test('the comparison notices busy time that is read as ordered and is not', () => {
  const service: ServiceRules = { segments: [{ durationMinutes: 30 }], stepMinutes: 5 };
  const open = [[BASE_MS, BASE_MS + CELLS * STEP_MS]];
  const hour = (cell: number): number[] => [BASE_MS + cell * STEP_MS, BASE_MS + (cell + 12) * STEP_MS];
  const compiled = compileService(service);
  const cells = new Int32Array(lattice.words);
  const allowed = intervalBuffer();
  allowed.data.set(open.flat());
  allowed.length = 2;
  const busy = Float64Array.from([hour(CELLS + 50), hour(300)].flat());
  feasibleCells(compiled, lattice, Float64Array.from(open.flat()), busy, true, allowed, cells);
  const [asBits] = bothWays(service, open, [hour(CELLS + 50), hour(300)], false);
  expect(((cells[305 >> 5] ?? 0) >>> (305 & 31)) & 1).toBe(1);
  expect(asBits[305]).toBe('0');
});

test('busy time without an end or a beginning closes everything on its side', () => {
  const open = [[BASE_MS, BASE_MS + CELLS * STEP_MS]];
  const service: ServiceRules = { segments: [{ durationMinutes: 5 }], stepMinutes: 5 };
  const middle = BASE_MS + 300 * STEP_MS;
  expect(bothWays(service, open, [[-Infinity, middle]], false)[0].indexOf('1')).toBe(300);
  expect(bothWays(service, open, [[middle, Infinity]], false)[0].lastIndexOf('1')).toBe(299);
  expect(bothWays(service, open, [[-8.64e15, 8.64e15]], false)[0]).not.toContain('1');
});

test('zones share a lattice when the step divides what lies between their clocks', () => {
  const zones = ['Europe/Berlin', 'Asia/Kathmandu'].map((name) => zoneNamed(name));
  const resources = zones.map((found, index) => ({
    id: `r${index}`,
    kind: 'staff',
    schedule: compileSchedule({ zone: found.ok ? found.zone : UTC }),
    busy: new Float64Array(0),
  }));
  const range = { fromMs: BASE_MS, toMs: BASE_MS + 2 * 86_400_000 };
  const asked = (stepMinutes: number): boolean =>
    latticeOf(
      { service: compileService({ segments: [{ durationMinutes: 30 }], stepMinutes }), resources, range },
      resources,
    ) !== undefined;
  expect([15, 30, 45, 60].map(asked)).toEqual([true, false, false, false]);
});

test('a slot of several kinds knows everyone who could serve it, in whatever order busy time comes', () => {
  const weekly = [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, fromMinute: 540, toMinute: 660 }));
  const schedule = compileSchedule({ zone: UTC, weekly });
  const at = (hour: number): number => BASE_MS + hour * 60 * MINUTE_MS;
  const resource = (
    id: string,
    kind: string,
    ...busy: number[]
  ): Parameters<typeof findSlots>[0]['resources'][number] => ({
    id,
    kind,
    schedule,
    busy: Float64Array.from(busy),
  });
  const resources = [
    resource('anna', 'staff', at(20), at(21), at(9), at(10)),
    resource('room 1', 'room'),
    resource('ben', 'staff'),
    resource('room 2', 'room', at(10), at(11)),
    resource('lamp', 'equipment'),
  ];
  const service = compileService({
    segments: [{ durationMinutes: 60 }],
    stepMinutes: 60,
    assign: { room: 1, staff: 1 },
  });
  const found = findSlots({ service, resources, range: { fromMs: BASE_MS, toMs: at(24) } });
  expect([...found.startsMs]).toEqual([at(9), at(10)]);
  expect([...found.picks]).toEqual([1, 2, 1, 0]);
  expect([0, 1].map((index) => resourceIdsAt(found, index))).toEqual([
    ['room 1', 'ben'],
    ['anna', 'room 1'],
  ]);
  expect([0, 1, 2].map(found.freeAt)).toEqual([[1, 2, 3], [0, 1, 2], []]);
  expect(found.resources).toBe(resources);
});
