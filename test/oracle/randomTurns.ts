import type { CaseFile, CaseResource } from './caseFile.ts';
import type { Random } from './random.ts';
import { given, shifted, type Stage } from './randomStage.ts';

/** Gives resources what strategies go by, with many equals; seldom where no strategy looks at it. */
export function withTurns(random: Random, file: CaseFile, stage: Stage): CaseFile {
  const { assignBy = 'order' } = file.visit ?? file.service ?? {};
  const share = ['priority', 'roundRobin', 'leastRecent'].includes(assignBy) ? 0.9 : 0.15;
  return {
    ...file,
    resources: file.resources.map((each) => (random.chance(share) ? withTurn(random, each, stage) : each)),
  };
}

function withTurn(random: Random, resource: CaseResource, stage: Stage): CaseResource {
  const anchor = stage.firstDate.toZonedDateTime('UTC').toInstant().toString();
  const lastServed = shifted(anchor, random.pick([-10_000, -3000, -60, -61]), random.pick([0, 0, 1]));
  return {
    ...resource,
    ...given({
      priority: random.chance(0.6) ? random.int(-1, 2) : undefined,
      weight: random.chance(0.7) ? random.pick([0.5, 1, 2, 3]) : undefined,
      served: random.chance(0.8) ? random.int(0, 4) : undefined,
      lastServed: random.chance(0.6) ? lastServed.toString() : undefined,
    }),
  };
}
