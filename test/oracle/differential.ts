import { describe, expect, test } from 'vitest';

import { disagreement, explainDisagreement } from './disagreement.ts';
import { engine } from './engine.ts';
import { LEAST_SHARES } from './features.ts';
import { answerFrom, oracleSlots } from './oracle.ts';
import { randomCase } from './randomCase.ts';

/** How many random cases to answer, and the seed of the first; the same two make the same run. */
const CASES = Number(process.env['ASKPRO_ORACLE_CASES'] ?? 10_000);
const FIRST_SEED = Number(process.env['ASKPRO_ORACLE_SEED'] ?? 0);
const CASES_A_TEST = 500;
const REPORTED_AT_MOST = 3;
const LEAST_ANSWERED = 0.65;
/** Fewer cases than this say nothing about shares. */
const ENOUGH_FOR_SHARES = 2000;
const LEAST_ZONES = 20;

/** Compares the engine with the oracle on one of so many equal parts of all seeds: parts lie in files, which run side by side. */
export function compareOn(part: number, parts: number): void {
  const share = Math.ceil(CASES / parts);
  const first = FIRST_SEED + (part - 1) * share;
  const end = Math.min(first + share, FIRST_SEED + CASES);

  describe(`the slot engine and the oracle agree on ${end - first} random cases from seed ${first} on`, () => {
    const uses = new Map<string, number>();
    let answered = 0;
    let withSlots = 0;

    for (let from = first; from < end; from += CASES_A_TEST) {
      const to = Math.min(from + CASES_A_TEST, end);
      test(`seeds ${from} to ${to - 1}`, { timeout: 300_000 }, () => {
        const reports: string[] = [];
        for (let seed = from; seed < to && reports.length < REPORTED_AT_MOST; seed++) {
          const { case: file, tags } = randomCase(seed);
          const { slots } = oracleSlots(file);
          answered++;
          if (slots.length > 0) withSlots++;
          for (const tag of tags) uses.set(tag, (uses.get(tag) ?? 0) + 1);
          const found = disagreement(engine, file, answerFrom(file, slots));
          if (found !== undefined) reports.push(`seed ${seed}: ${explainDisagreement(engine, file, found)}`);
        }
        expect(reports.join('\n\n')).toBe('');
      });
    }

    test('the cases cover every feature and mostly have an answer', () => {
      const percent = (count: number): string => `${((100 * count) / answered).toFixed(1)} %`.padStart(7);
      const coverage = [...uses].sort(([one], [other]) => (one < other ? -1 : 1));
      console.log(
        [
          `seeds ${first} to ${end - 1}, ${percent(withSlots)} with slots`,
          ...coverage.map(([tag, count]) => `${count.toString().padStart(6)} ${percent(count)} ${tag}`),
        ].join('\n'),
      );
      if (answered < ENOUGH_FOR_SHARES) return;
      expect(withSlots / answered).toBeGreaterThan(LEAST_ANSWERED);
      expect(coverage.filter(([tag]) => tag.startsWith('zone ')).length).toBeGreaterThanOrEqual(LEAST_ZONES);
      const tooRare = Object.entries(LEAST_SHARES).filter(([tag, least]) => (uses.get(tag) ?? 0) / answered < least);
      expect(tooRare).toEqual([]);
    });
  });
}
