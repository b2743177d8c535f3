import { describe, expect, test } from 'vitest';

import type { CaseFile } from './caseFile.ts';
import { disagreement, explainDisagreement, type Answering } from './disagreement.ts';
import { oracleSlots } from './oracle.ts';
import { PLANTED_FAULTS } from './plantedFaults.ts';
import { randomCase } from './randomCase.ts';

/** Each fault shows itself within the first 200 seeds today; the room above lets the generator change. */
const SEEDS = 600;

describe('random cases notice an engine that', () => {
  const cases: CaseFile[] = [];
  const caseOf = (seed: number): CaseFile => (cases[seed] ??= randomCase(seed).case);

  test.each(PLANTED_FAULTS.map((fault) => [fault.name, fault] as const))('%s', (_name, fault) => {
    const faulty: Answering = (file) => oracleSlots(fault.misread(file));
    let noticed = false;
    for (let seed = 0; seed < SEEDS && !noticed; seed++) noticed = disagreement(faulty, caseOf(seed)) !== undefined;
    expect(noticed).toBe(true);
  });

  test('and say nothing of one that makes no mistake', () => {
    for (let seed = 0; seed < 100; seed++) expect(disagreement(oracleSlots, caseOf(seed))).toBeUndefined();
  });
});

test('a disagreement is explained by a case that holds little else', () => {
  const { misread } = PLANTED_FAULTS.find((fault) => fault.name === 'ignores busy time') ?? { misread: same };
  const faulty: Answering = (file) => oracleSlots(misread(file));
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

function same(file: CaseFile): CaseFile {
  return file;
}
