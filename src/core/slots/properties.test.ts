import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyCase, HOURS, interval, iso, slotsIn, withBusy } from './anyCase.scene.ts';
import { questionOf } from './asking.scene.ts';
import type { CaseFile } from './case/caseFile.ts';
import { checkStart } from './checkStart.ts';
import { findSlots, nextSlots } from './find.ts';
import { slotsOf } from './found.ts';
import { emitStarts, gridRuns } from './grid.ts';
import type { FindQuestion } from './question.ts';

// Generated cases take their time where the tests share a machine.
const PATIENCE_MS = 60_000;

test(
  'more busy time never adds a start',
  () => {
    fc.assert(
      fc.property(anyCase, fc.nat(2), interval, (file, index, more) => {
        const before = new Set(slotsIn(file).map(({ startMs }) => startMs));
        const busy = file.resources[index % file.resources.length]?.busy ?? [];
        for (const { startMs } of slotsIn(withBusy(file, index, [...busy, more])))
          expect(before.has(startMs)).toBe(true);
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
        expect(slotsIn(withBusy(file, index, busy.reverse()))).toEqual(slotsIn(file));
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
          return slotsIn({ ...file, range: { from: iso(edges[index] ?? 0), to: iso(to) } });
        });
        expect(parts).toEqual(slotsIn(file));
      }),
      { numRuns: 400 },
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
      { numRuns: 400 },
    );
  },
  PATIENCE_MS,
);

/** Every start of the resources' grids within some hours, what is listed in them, and a few on no grid. */
function startsToAsk(question: FindQuestion, listed: readonly number[], fromMs: number): number[] {
  const toMs = Math.min(fromMs + HOURS_ASKED * 3_600_000, question.range.toMs);
  const starts = { data: new Float64Array(64), length: 0 };
  for (const { schedule } of question.resources) {
    const runs = gridRuns(question.service, schedule.zone, schedule.openingIn(fromMs, toMs), fromMs, toMs);
    emitStarts(runs, question.service.stepMs, Float64Array.of(fromMs, toMs), 2, starts);
  }
  const onGrid = [...starts.data.subarray(0, starts.length)];
  const found = listed.filter((start) => start >= fromMs && start < toMs);
  return [...new Set([...onGrid, ...found, ...onGrid.slice(0, 5).map((start) => start + 60_000)])];
}

const HOURS_ASKED = 8;

/** Whether finding, checking and explaining say the same about every start; `blinded` leaves reasons of one code out. */
function agree(file: CaseFile, hour: number, blinded?: string): boolean {
  const question = questionOf(file);
  const listed = new Map(slotsOf(findSlots(question)).map((slot) => [slot.startMs, slot]));
  const fromMs = question.range.fromMs + hour * 3_600_000;
  return startsToAsk(question, [...listed.keys()], fromMs).every((startMs) => {
    const check = checkStart(question, startMs);
    if (check.ok) return JSON.stringify(check.slot) === JSON.stringify(listed.get(startMs));
    return !listed.has(startMs) && check.blockers.some(({ code }) => code !== blinded);
  });
}

test(
  'finding, checking and explaining agree on every start of a grid',
  () => {
    fc.assert(
      fc.property(anyCase, fc.nat(HOURS - 1), (file, hour) => agree(file, hour)),
      { numRuns: 400 },
    );
  },
  PATIENCE_MS,
);

test.each(['BUSY', 'OFF_GRID', 'OUTSIDE_HOURS', 'BUFFER_BUSY', 'LIMIT_REACHED', 'BEYOND_HORIZON'])(
  'the agreement notices an explanation that forgets %s',
  (code) => {
    const check = fc.check(
      fc.property(anyCase, fc.nat(HOURS - 1), (file, hour) => agree(file, hour, code)),
      { numRuns: 2_000, endOnFailure: true },
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
        return slotsIn({ ...file, resources, range: { from: iso(from), to: iso(to) } }).map(({ startMs }) => startMs);
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
