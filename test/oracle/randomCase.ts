import type { CaseFile, CaseSegment } from './caseFile.ts';
import { featuresOf } from './features.ts';
import { oracleSlots } from './oracle.ts';
import { randomFrom } from './random.ts';
import { withAsk } from './randomAsk.ts';
import { withBusy } from './randomBusy.ts';
import { randomCompany } from './randomCompany.ts';
import { withLimits } from './randomLimits.ts';
import { withNow } from './randomNow.ts';
import { combinationsOf, randomService, randomVisit } from './randomServices.ts';
import { withSessions } from './randomSessions.ts';
import { withTurns } from './randomTurns.ts';
import { given, randomRange, randomStage, ZONES } from './randomStage.ts';

/** A generated case, the seed that makes it again, and the features it uses. */
export interface RandomCase {
  readonly seed: number;
  readonly case: CaseFile;
  readonly tags: readonly string[];
}

const SHAPES = [
  ...Array.from({ length: 15 }, () => 'service' as const),
  ...(['visit', 'visit', 'sessions', 'sessions'] as const),
];
/** So many ways to lay an appointment are tried at each start of some days; with more, the range is a day. */
const MANY_WAYS = 40;
/** With more, a visit's services hardly wait for one another. */
const TOO_MANY_WAYS = 1500;

/** Makes the case of a seed. Whatever can refuse a start is laid at the edge of slots that would be offered without it. */
export function randomCase(seed: number): RandomCase {
  const random = randomFrom(seed);
  const tags = new Set<string>();
  const shape = random.pick(SHAPES);
  const stage = randomStage(random, random.pick(ZONES), shape === 'visit' ? 2 : 9);
  const company = randomCompany(random, stage, shape, tags);
  const seats = shape === 'sessions' ? random.pick([2, 3, 8]) : undefined;
  const bare: CaseFile = {
    range: { from: '', to: '' },
    ...(shape === 'visit'
      ? { visit: randomVisit(random, company) }
      : { service: randomService(random, company, seats) }),
    ...given({ schedules: company.schedules }),
    resources: company.resources,
  };
  const short = { ...stage, days: waysToLay(bare) > MANY_WAYS ? 1 : stage.days };
  const empty = { ...withTurns(random, hastened(bare), stage), range: randomRange(random, short) };
  const { slots } = oracleSlots(empty);
  let file = shape === 'sessions' ? withSessions(random, empty, slots, short) : empty;
  file = withBusy(random, file, slots, short);
  file = withLimits(random, file, slots, short);
  file = withNow(random, file, slots, short);
  file = withAsk(random, file, slots, short);
  tags.add(`zone ${stage.zone}`);
  for (const feature of featuresOf(file)) tags.add(feature);
  return { seed, case: file, tags: [...tags].sort() };
}

function hastened(file: CaseFile): CaseFile {
  if (file.visit === undefined || waysToLay(file) <= TOO_MANY_WAYS) return file;
  return { ...file, visit: { ...file.visit, maxWaitMinutes: 2 } };
}

function waysToLay({ service, visit }: CaseFile): number {
  const services = visit?.services ?? (service ? [service] : []);
  const waits = visit === undefined ? 1 : (1 + (visit.maxWaitMinutes ?? 0)) ** (services.length - 1);
  const orders = visit?.order === 'any' ? services.length : 1;
  const gaps = services.flatMap(({ segments = [] }) => segments).map(choicesAfter);
  return [...gaps, ...services.map(combinationsOf)].reduce((product, each) => product * each, waits * orders);
}

function choicesAfter({ gapAfterMinutes: gap = 0 }: CaseSegment): number {
  return typeof gap === 'number' ? 1 : gap.max - gap.min + 1;
}
