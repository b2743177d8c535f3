import type { Keep, Kinds } from '../model/composition.ts';
import type { ResourceKind } from '../model/resource.ts';
import type { FieldError } from '../refusals.ts';
import { slackMinutes } from './compositions.ts';
import { MOST_VARIANTS } from '../slots/variant.ts';
import type { ResourceDefinition, SegmentDefinition, ServiceDefinition } from './definition.ts';

/** How much the gaps of a service may differ in all: with more, choosing them takes too long. */
const MOST_SLACK_MINUTES = 480;
/** How many people or things with a time of their own a service may have: each can need a search of its own. */
const MOST_OWN_TIMES = 10;

/** What is wrong with who serves a service and in which parts; paths are those within the service. */
export function compositionErrors(
  service: ServiceDefinition,
  resources: readonly ResourceDefinition[],
): readonly FieldError[] {
  const errors: FieldError[] = [];
  const add = (path: string, message: string): void => void errors.push({ path, message });
  const { segments, minutesOf, assign = 'any', keep = 'required' } = service;
  const kinds = new Map(resources.map(({ key, kind = 'staff' }) => [key, kind]));
  if (segments === undefined) {
    ownTimes(minutesOf, assign, 'minutesOf', kinds, add);
    return errors;
  }
  if (minutesOf !== undefined) add('minutesOf', 'has no meaning beside segments: they have it instead');
  if (slackMinutes(segments) > MOST_SLACK_MINUTES)
    add('segments', `have gaps that differ by more than ${MOST_SLACK_MINUTES} minutes in all`);
  const keys = new Set<string>();
  const parts = segments.map((segment, i) => {
    const where = `segments[${i}]`;
    if (keys.has(segment.key)) add(`${where}.key`, `is given twice: ${segment.key}`);
    keys.add(segment.key);
    const gap = segment.gapAfterMinutes ?? 0;
    if (i === segments.length - 1 && (typeof gap === 'object' || gap > 0))
      add(`${where}.gapAfterMinutes`, 'has no meaning on the last segment: nothing follows it');
    const needed = segment.assign ?? assign;
    if (typeof needed !== 'object' && segments.some((other) => other.assign !== undefined))
      add(`${where}.assign`, 'must say how many of each kind, because another segment does');
    ownTimes(segment.minutesOf, needed, `${where}.minutesOf`, kinds, add);
    return needed;
  });
  if (keep === 'required') keptKinds(parts, add);
  if (combinations(segments, keep) > MOST_VARIANTS)
    add('segments', `have times of their own in more than ${MOST_VARIANTS} combinations`);
  return errors;
}

/** At most so many ways to put different times together. */
function combinations(segments: readonly SegmentDefinition[], keep: Keep): number {
  const owned = segments.map(({ minutesOf = {} }) => minutesOf);
  // Whoever is kept brings his times for all segments.
  if (keep === 'required') return new Set(owned.flatMap((each) => Object.keys(each))).size + 1;
  return owned.reduce((product, each) => product * (new Set(Object.values(each)).size + 1), 1);
}

type Add = (path: string, message: string) => void;

/** Whoever has to be kept must be needed in the same number throughout. */
function keptKinds(parts: readonly ('any' | 'all' | Kinds)[], add: Add): void {
  const known = new Map<string, number>();
  parts.forEach((part, i) => {
    if (typeof part !== 'object') return;
    for (const [kind, count] of Object.entries(part)) {
      const earlier = known.get(kind) ?? count;
      known.set(kind, earlier);
      if (earlier !== count)
        add(`segments[${i}].assign.${kind}`, `must be ${earlier} as before, unless keep is preferred or free`);
    }
  });
}

function ownTimes(
  minutesOf: Readonly<Record<string, number>> | undefined,
  assign: 'any' | 'all' | Kinds,
  path: string,
  kinds: ReadonlyMap<string, ResourceKind>,
  add: Add,
): void {
  const keys = Object.keys(minutesOf ?? {});
  if (keys.length > MOST_OWN_TIMES) add(path, `has ${keys.length} entries; at most ${MOST_OWN_TIMES} are allowed`);
  const owned = new Set<ResourceKind>();
  for (const key of keys) {
    const kind = kinds.get(key);
    if (kind === undefined) {
      add(`${path}.${key}`, `names no resource of this company: "${key}"`);
      continue;
    }
    owned.add(kind);
    if (typeof assign === 'object' && assign[kind] !== 1)
      add(`${path}.${key}`, `is of the kind ${kind}, which must be needed once for somebody to have a time of his own`);
  }
  if (typeof assign === 'object' && owned.size > 1) add(path, 'must name resources of one kind only');
}
