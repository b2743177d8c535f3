import { describe, expect, test } from 'vitest';

import type { CaseAnswer } from './caseAnswer.ts';
import type { CaseFile } from './caseFile.ts';
import { disagreement, explainDisagreement, type Answering } from './disagreement.ts';
import { oracleAnswer } from './oracle.ts';
import { PLANTED_FAULTS } from './plantedFaults.ts';
import { randomCase } from './randomCase.ts';

/** Nearly all faults show themselves within the first 500 seeds today; the room above lets the generator change. */
const SEEDS = 3000;

describe('random cases notice an engine that', () => {
  const known: { readonly file: CaseFile; readonly right: CaseAnswer }[] = [];
  const caseOf = (seed: number): (typeof known)[number] => {
    const found = known[seed];
    if (found !== undefined) return found;
    const { case: file } = randomCase(seed);
    return (known[seed] = { file, right: oracleAnswer(file) });
  };

  test.each(PLANTED_FAULTS.map((fault) => [fault.name, fault] as const))('%s', { timeout: 60_000 }, (_name, fault) => {
    const notices = (seed: number): boolean => {
      const { file, right } = caseOf(seed);
      return disagreement(() => fault.answer(file, right), file, right) !== undefined;
    };
    let seed = 0;
    while (seed < SEEDS && !notices(seed)) seed++;
    expect(seed).toBeLessThan(SEEDS);
  });

  test('and say nothing of one that makes no mistake', () => {
    for (let seed = 0; seed < 100; seed++) expect(disagreement(oracleAnswer, caseOf(seed).file)).toBeUndefined();
  });
});

test('a disagreement is explained by a case that holds little else', () => {
  const fault = PLANTED_FAULTS.find(({ name }) => name === 'ignores busy time');
  const faulty: Answering = (file) => fault?.answer(file, oracleAnswer(file));
  for (let seed = 0; ; seed++) {
    const { case: file } = randomCase(seed);
    const found = disagreement(faulty, file);
    if (found?.kind !== 'extra') continue;
    const smallest = JSON.parse(explainDisagreement(faulty, file, found).split('\n')[1] ?? '') as CaseFile;
    expect(smallest.resources.flatMap((resource) => resource.busy ?? [])).toHaveLength(1);
    expect(JSON.stringify(smallest).length).toBeLessThan(JSON.stringify(file).length / 2);
    return;
  }
});
