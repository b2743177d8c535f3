import fc from 'fast-check';
import { expect, test } from 'vitest';
import { questionOf } from './asking.scene.ts';
import type { CaseFile, CaseResource } from './case/caseFile.ts';
import type { CaseInterval } from './case/caseSchedule.ts';
import type { CaseService } from './case/caseService.ts';
import { checkStart } from './checkStart.ts';
import { findSlots, nextSlots } from './find.ts';
import { slotsOf, type Slot } from './found.ts';
import { emitStarts, gridRuns } from './grid.ts';
import type { FindQuestion } from './question.ts';

// Generated cases take their time where the tests share a machine.
const PATIENCE_MS = 60_000;

const BASE_MS = Date.UTC(2026, 2, 27);
const HOURS = 96;
const iso = (minute: number): string => new Date(BASE_MS + minute * 60_000).toISOString();
const time = (minute: number): string =>
  `${Math.floor(minute / 60)}`.padStart(2, '0').concat(':', `${minute % 60}`.padStart(2, '0'));

const fiveMinutes = (most: number): fc.Arbitrary<number> => fc.nat(Math.floor(most / 5)).map((count) => count * 5);
const interval: fc.Arbitrary<CaseInterval> = fc
  .tuple(fiveMinutes(HOURS * 60), fiveMinutes(240))
  .map(([start, length]) => ({ start: iso(start), end: iso(start + length) }));
const days = fc.subarray(['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'], { minLength: 1 });
const weekly = fc
  .record({ days, from: fiveMinutes(1_435), to: fiveMinutes(1_435) })
  .map(({ from, to, ...rest }) => ({ ...rest, from: time(from), to: time(to) }));
const resource = fc.record({
  kind: fc.constantFrom('staff', 'staff', 'room'),
  timeZone: fc.constantFrom('Europe/Berlin', 'Europe/Berlin', 'UTC', 'Asia/Kathmandu', 'Asia/Beirut'),
  weekly: fc.array(weekly, { minLength: 1, maxLength: 3 }),
  timeOff: fc.array(interval, { maxLength: 1 }),
  busy: fc.array(interval, { maxLength: 8 }),
});
const gap = fc.tuple(fiveMinutes(30), fiveMinutes(30)).map(([min, more]) => ({ min, max: min + more }));
const lengths: fc.Arbitrary<CaseService> = fc.oneof(
  fc.record({ durationMinutes: fc.integer({ min: 1, max: 24 }).map((count) => count * 5) }),
  fc
    .tuple(gap, fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 }))
    .map(([gapAfterMinutes, first, second]) => ({
      segments: [{ durationMinutes: first * 5, gapAfterMinutes }, { durationMinutes: second * 5 }],
    })),
);
const rules = fc.record({
  stepMinutes: fc.constantFrom(5, 15, 20, 30, 40, 45, 60, 90),
  grid: fc.constantFrom<NonNullable<CaseService['grid']>>('auto', 'midnight', 'window'),
  bufferBeforeMinutes: fc.constantFrom(0, 0, 5, 20),
  bufferAfterMinutes: fc.constantFrom(0, 0, 10, 15),
  buffersWithinHours: fc.boolean(),
  noticeMinutes: fc.constantFrom(0, 60),
  horizonDays: fc.constantFrom(0, 1, 30),
  assign: fc.constantFrom<NonNullable<CaseService['assign']>>('any', 'all', { staff: 1 }, { staff: 1, room: 1 }),
});
const anyCase: fc.Arbitrary<CaseFile> = fc
  .tuple(fiveMinutes(48 * 60), lengths, rules, fc.array(resource, { minLength: 1, maxLength: 3 }))
  .map(([now, length, rest, resources]) => ({
    now: iso(now),
    range: { from: iso(0), to: iso(HOURS * 60) },
    service: { ...length, ...rest },
    resources: resources.map((each, index): CaseResource => ({ id: `r${index}`, ...each })),
  }));

const slots = (file: CaseFile): Slot[] => slotsOf(findSlots(questionOf(file)));
const withBusy = (file: CaseFile, index: number, busy: readonly CaseInterval[]): CaseFile => ({
  ...file,
  resources: file.resources.map((each, at) => (at === index % file.resources.length ? { ...each, busy } : each)),
});

test(
  'more busy time never adds a start',
  () => {
    fc.assert(
      fc.property(anyCase, fc.nat(2), interval, (file, index, more) => {
        const before = new Set(slots(file).map(({ startMs }) => startMs));
        const busy = file.resources[index % file.resources.length]?.busy ?? [];
        for (const { startMs } of slots(withBusy(file, index, [...busy, more]))) expect(before.has(startMs)).toBe(true);
      }),
      { numRuns: 200 },
    );
  },
  PATIENCE_MS,
);

test(
  'the order in which busy time is given does not matter',
  () => {
    fc.assert(
      fc.property(anyCase, fc.nat(2), (file, index) => {
        const busy = [...(file.resources[index % file.resources.length]?.busy ?? [])];
        expect(slots(withBusy(file, index, busy.reverse()))).toEqual(slots(file));
      }),
      { numRuns: 200 },
    );
  },
  PATIENCE_MS,
);

test(
  'a range answered in parts is answered the same',
  () => {
    fc.assert(
      fc.property(anyCase, fc.array(fc.nat(HOURS * 60), { maxLength: 4 }), (file, cuts) => {
        const edges = [0, ...cuts.sort((left, right) => left - right), HOURS * 60];
        const parts = edges.slice(1).flatMap((to, index) => {
          return slots({ ...file, range: { from: iso(edges[index] ?? 0), to: iso(to) } });
        });
        expect(parts).toEqual(slots(file));
      }),
      { numRuns: 150 },
    );
  },
  PATIENCE_MS,
);

test(
  'the next few are the first few',
  () => {
    fc.assert(
      fc.property(anyCase, fc.integer({ min: 1, max: 50 }), (file, count) => {
        const range = { from: iso(0), to: iso(60 * 24 * 60) };
        const question = questionOf({ ...file, range });
        expect(slotsOf(nextSlots(question, count))).toEqual(slotsOf(findSlots(question)).slice(0, count));
      }),
      { numRuns: 150 },
    );
  },
  PATIENCE_MS,
);

/** Some fifty starts of the resources' grids all over the range, what is listed among them, and a few on no grid. */
function startsToAsk(question: FindQuestion, listed: readonly number[]): number[] {
  const { fromMs, toMs } = question.range;
  const starts = { data: new Float64Array(64), length: 0 };
  for (const { schedule } of question.resources) {
    const runs = gridRuns(question.service, schedule.zone, schedule.openingIn(fromMs, toMs), fromMs, toMs);
    emitStarts(runs, question.service.stepMs, Float64Array.of(fromMs, toMs), 2, starts);
  }
  const onGrid = [...starts.data.subarray(0, starts.length)];
  const some = onGrid.filter((_, index) => index % Math.ceil(onGrid.length / 50) === 0);
  return [...new Set([...some, ...listed.slice(0, 10), ...some.slice(0, 5).map((start) => start + 60_000)])];
}

/** Whether finding, checking and explaining say the same about every start; `blinded` leaves reasons of one code out. */
function agree(file: CaseFile, blinded?: string): boolean {
  const question = questionOf(file);
  const listed = new Map(slotsOf(findSlots(question)).map((slot) => [slot.startMs, slot]));
  return startsToAsk(question, [...listed.keys()]).every((startMs) => {
    const check = checkStart(question, startMs);
    if (check.ok) return JSON.stringify(check.slot) === JSON.stringify(listed.get(startMs));
    return !listed.has(startMs) && check.blockers.some(({ code }) => code !== blinded);
  });
}

test(
  'finding, checking and explaining agree on every start',
  () => {
    fc.assert(
      fc.property(anyCase, (file) => agree(file)),
      { numRuns: 150 },
    );
  },
  PATIENCE_MS,
);

test.each(['BUSY', 'OFF_GRID', 'OUTSIDE_HOURS', 'BUFFER_BUSY'])(
  'the agreement notices an explanation that forgets %s',
  (code) => {
    const check = fc.check(
      fc.property(anyCase, (file) => agree(file, code)),
      { numRuns: 500, endOnFailure: true },
    );
    expect(check.failed).toBe(true);
  },
  PATIENCE_MS,
);

test('the split of ranges notices an engine that forgets what lies before its range', () => {
  const check = fc.check(
    fc.property(anyCase, fc.nat(HOURS * 60), (file, cut) => {
      const forgetful = (from: number, to: number): number[] => {
        const resources = file.resources.map((each) => ({
          ...each,
          busy: (each.busy ?? []).filter(({ start }) => start >= iso(from)),
        }));
        return slots({ ...file, resources, range: { from: iso(from), to: iso(to) } }).map(({ startMs }) => startMs);
      };
      expect([...forgetful(0, cut), ...forgetful(cut, HOURS * 60)]).toEqual(forgetful(0, HOURS * 60));
    }),
    { numRuns: 1_000, endOnFailure: true },
  );
  expect(check.failed).toBe(true);
});

test(
  'a compiled schedule answers the same whatever it was asked before',
  () => {
    fc.assert(
      fc.property(anyCase, fc.array(fc.nat(2_000), { maxLength: 4 }), (file, offsets) => {
        const question = questionOf(file);
        const fresh = slotsOf(findSlots(question));
        for (const days of offsets) {
          const shift = (days - 1_000) * 86_400_000;
          const { fromMs, toMs } = question.range;
          findSlots({ ...question, range: { fromMs: fromMs + shift, toMs: toMs + shift } });
          expect(slotsOf(findSlots(question))).toEqual(fresh);
        }
      }),
      { numRuns: 60 },
    );
  },
  PATIENCE_MS,
);
