import type { CaseAssign, CaseKeep, CaseResource, CaseServing, CaseSkills } from './caseFile.ts';
import { kindOf } from './minuteCalendar.ts';
import type { Random } from './random.ts';
import { given } from './randomStage.ts';

/** What resources may be able to do. */
export const SKILLS = ['cut', 'colour', 'massage'] as const;

/** The resources for which services are made, and what all services of the case have in common. */
export interface Company {
  readonly resources: readonly CaseResource[];
  /** Whether services ask for skills, which most resources then have. */
  readonly usesSkills: boolean;
  readonly form: 'any' | 'all' | 'kinds';
  /** So many of each kind serve a segment that needs it, unless each segment has its own picks. */
  readonly counts: Readonly<Record<string, number>>;
  readonly keep: CaseKeep | undefined;
}

/** Never more of a kind than there are; the first resource's kind is not always among them. */
export function randomCounts(random: Random, resources: readonly CaseResource[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of random.shuffled(kindsIn(resources))) {
    const available = resources.filter((resource) => kindOf(resource) === kind).length;
    if (Object.keys(counts).length > 0 && !random.chance(0.75)) continue;
    counts[kind] = random.chance(0.75) ? 1 : random.int(1, Math.min(available, 2));
  }
  return counts;
}

/** The assign of a service; `any` is left out half of the time. */
export function assignOf(random: Random, { form, counts }: Company): CaseAssign | undefined {
  if (form === 'kinds') return counts;
  return form === 'any' && random.chance(0.5) ? undefined : form;
}

/** The assign of one segment: some of the kinds; with picks of its own in other numbers too. */
export function segmentAssign(random: Random, { counts, keep, resources }: Company): Record<string, number> {
  const kinds = random.shuffled(Object.keys(counts));
  const some = kinds.slice(0, random.int(1, kinds.length));
  return Object.fromEntries(
    some.map((kind) => {
      const available = resources.filter((resource) => kindOf(resource) === kind).length;
      const count = keep === 'free' && random.chance(0.3) ? random.int(1, Math.min(2, available)) : (counts[kind] ?? 1);
      return [kind, count];
    }),
  );
}

/** Skills that are asked for: of all who serve, or of some kinds. */
function randomSkills(random: Random, { form, counts, resources }: Company): CaseSkills {
  const kinds = random.shuffled(form === 'kinds' ? Object.keys(counts) : kindsIn(resources));
  const some = kinds.slice(0, random.int(1, 2));
  const isByKind = random.chance(form === 'kinds' ? 0.5 : 0.2);
  if (isByKind) return Object.fromEntries(some.map((kind) => [kind, [random.pick(SKILLS)]]));
  return random.chance(0.85) ? [random.pick(SKILLS)] : [...SKILLS.slice(0, 2)];
}

/** Some of the resources, at least one. */
function randomEligible(random: Random, { resources }: Company): string[] {
  const ids = random.shuffled(resources.map(({ id }) => id));
  return ids.slice(0, random.int(Math.ceil(ids.length / 2), ids.length));
}

/** Own lengths around the usual one, for one kind that is needed once, or for anybody. */
export function randomOwnLengths(
  random: Random,
  { form, resources }: Company,
  assign: CaseAssign | undefined,
  minutes: number,
): CaseServing['durationMinutesOf'] | undefined {
  const once = Object.entries(typeof assign === 'object' ? assign : {}).filter(([, count]) => count === 1);
  const kind = once.length > 0 ? random.pick(once)[0] : undefined;
  if (form === 'kinds' && kind === undefined) return undefined;
  const concerned = resources.filter((resource) => form !== 'kinds' || kindOf(resource) === kind);
  const named = random.shuffled(concerned).slice(0, random.int(1, 2));
  const length = (): number => Math.max(5, minutes + random.pick([-15, -10, -5, 5, 10, 15, 20]));
  return Object.fromEntries(named.map(({ id }) => [id, length()]));
}

/** What a service or segment asks of those who serve it, at random. */
export function randomDemands(random: Random, company: Company, share: number): CaseServing {
  return given({
    skills: company.usesSkills && random.chance(share * 3) ? randomSkills(random, company) : undefined,
    eligible: random.chance(share) ? randomEligible(random, company) : undefined,
  });
}

export function kindsIn(resources: readonly CaseResource[]): string[] {
  return [...new Set(resources.map(kindOf))];
}
