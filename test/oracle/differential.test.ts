import { describe, expect, test } from 'vitest';

import { answerCase, parseCase } from '../../src/slots.ts';
import { disagreement, explainDisagreement, type Answering } from './disagreement.ts';
import { oracleSlots } from './oracle.ts';
import { randomCase } from './randomCase.ts';

/** How many random cases to answer, and the seed of the first; the same two make the same run. */
const CASES = Number(process.env['ASKPRO_ORACLE_CASES'] ?? 2000);
const FIRST_SEED = Number(process.env['ASKPRO_ORACLE_SEED'] ?? 0);
const CASES_A_TEST = 500;
const REPORTED_AT_MOST = 3;

const engine: Answering = (file) => {
  // Through JSON, as a case file comes.
  const parsed = parseCase(JSON.parse(JSON.stringify(file)));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const { slots } = answerCase(parsed.case);
  return { slots: slots.map((slot) => ({ ...slot, resources: [...slot.resources] })) };
};

describe(`the slot engine and the oracle agree on ${CASES} random cases`, () => {
  const uses = new Map<string, number>();
  let answered = 0;
  let withSlots = 0;

  for (let from = FIRST_SEED; from < FIRST_SEED + CASES; from += CASES_A_TEST) {
    const to = Math.min(from + CASES_A_TEST, FIRST_SEED + CASES);
    test(`seeds ${from} to ${to - 1}`, { timeout: 300_000 }, () => {
      const reports: string[] = [];
      for (let seed = from; seed < to && reports.length < REPORTED_AT_MOST; seed++) {
        const { case: file, tags } = randomCase(seed);
        answered++;
        if (oracleSlots(file).slots.length > 0) withSlots++;
        for (const tag of tags) uses.set(tag, (uses.get(tag) ?? 0) + 1);
        const found = disagreement(engine, file);
        if (found !== undefined) reports.push(`seed ${seed}: ${explainDisagreement(engine, file, found)}`);
      }
      expect(reports.join('\n\n')).toBe('');
    });
  }

  test('the cases cover every feature and mostly have an answer', () => {
    const share = withSlots / answered;
    const coverage = [...uses].sort(([one], [other]) => (one < other ? -1 : 1));
    console.log(
      `seeds ${FIRST_SEED} to ${FIRST_SEED + CASES - 1}, ${(share * 100).toFixed(1)} % with slots\n` +
        coverage.map(([tag, count]) => `${count.toString().padStart(6)} ${tag}`).join('\n'),
    );
    if (CASES >= 500) expect(share).toBeGreaterThan(0.65);
    const zones = coverage.filter(([tag]) => tag.startsWith('zone '));
    if (CASES >= 500) expect(zones.length).toBeGreaterThanOrEqual(20);
    for (const [tag, count] of CASES >= 1000 ? coverage : []) expect([tag, count > 5]).toEqual([tag, true]);
  });
});
