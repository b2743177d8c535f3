import type { Reason, RefusalCode } from '../refusals.ts';
import type { Blocker } from '../slots/blocker.ts';
import { formatUtc } from '../time/instant.ts';
import { UNREACHABLE } from '../outside/outsideBusy.ts';
import type { Hindrance } from './deciders.ts';
import { STORED } from './withOutside.ts';

/** The refusals that a start which is not free can come to. */
export type NotFreeCode = Extract<
  RefusalCode,
  | 'SLOT_TAKEN'
  | 'SOURCE_UNREACHABLE'
  | 'OUTSIDE_HOURS'
  | 'OFF_GRID'
  | 'NOTICE_TOO_SHORT'
  | 'BEYOND_HORIZON'
  | 'LIMIT_REACHED'
  | 'NO_SLOT'
>;

const sentences: Readonly<Record<Blocker['code'], string>> = {
  OUTSIDE_RANGE: 'The start lies outside the range asked about.',
  OFF_GRID: 'The start is not one at which this service begins.',
  OUTSIDE_HOURS: 'The time does not lie within opening hours.',
  CLOSED_DATE: 'This date is closed.',
  TIME_OFF: 'Nobody works then.',
  BUFFER_OUTSIDE_HOURS: 'The time needed around the appointment does not lie within opening hours.',
  BUSY: 'The time is occupied.',
  BUFFER_BUSY: 'The time needed around the appointment is occupied.',
  NOTICE_TOO_SHORT: 'The start is too soon.',
  BEYOND_HORIZON: 'The start is too far ahead.',
  LIMIT_REACHED: 'As many appointments as are allowed are booked already.',
  RESOURCE_MISSING: 'There are too few who can do this.',
  NOT_QUALIFIED: 'Not everyone has the skills for this.',
  NOT_ELIGIBLE: 'Not everyone may do this.',
  PARTY_TOO_LARGE: 'There are more people than can take part.',
  SEATS_TAKEN: 'There are not enough seats left.',
  NO_ARRANGEMENT: 'Those who are free cannot do this together.',
};

/** Told where nobody knows what occupies a time. */
export const unreachableReason: Reason = {
  code: 'SOURCE_UNREACHABLE',
  message: 'What occupies this time elsewhere is not known at present.',
};

/** The word for what occupies a time outside; undefined for anything else. */
const outsideKind = (blocker: Blocker): string | undefined =>
  'busy' in blocker && blocker.kind !== STORED ? blocker.kind : undefined;

/**
 * Blockers as reasons that may be told to anyone: each code once, and once for each kind of time outside and for each who
 * decided a policy, with the nearest start where one is known.
 */
export function reasonsOf(blockers: readonly Hindrance[]): readonly Reason[] {
  const reasons = new Map<string, Reason>();
  for (const blocker of blockers) {
    const kind = outsideKind(blocker);
    const { decidedBy } = blocker;
    const decider = decidedBy === undefined ? '' : `${decidedBy.level} ${decidedBy.key}`;
    const key = `${blocker.code} ${kind ?? ''} ${decider}`;
    if (kind === UNREACHABLE) reasons.set(UNREACHABLE, unreachableReason);
    if (kind === UNREACHABLE || reasons.has(key)) continue;
    const nearestMs = nearestOf(blocker);
    const nearest = nearestMs === undefined ? {} : { nearest: formatUtc(nearestMs) };
    const message = sentences[blocker.code] + (kind === undefined ? '' : ` (${kind})`);
    reasons.set(key, {
      code: blocker.code,
      message: message.replace(/\.( \(.*\))$/, '$1.'),
      ...nearest,
      ...(decidedBy === undefined ? {} : { decidedBy }),
    });
  }
  return [...reasons.values()];
}

function nearestOf(blocker: Blocker): number | undefined {
  switch (blocker.code) {
    case 'OFF_GRID':
      return blocker.nextMs ?? blocker.previousMs;
    case 'OUTSIDE_HOURS':
      return blocker.next?.startMs ?? blocker.previous?.startMs;
    case 'NOTICE_TOO_SHORT':
      return blocker.earliestMs;
    case 'BUSY':
    case 'BUFFER_BUSY':
      return blocker.busy.endMs;
    case 'TIME_OFF':
      return blocker.timeOff.endMs;
    case 'OUTSIDE_RANGE':
    case 'CLOSED_DATE':
    case 'BUFFER_OUTSIDE_HOURS':
    case 'BEYOND_HORIZON':
    case 'LIMIT_REACHED':
    case 'RESOURCE_MISSING':
    case 'NOT_QUALIFIED':
    case 'NOT_ELIGIBLE':
    case 'PARTY_TOO_LARGE':
    case 'SEATS_TAKEN':
    case 'NO_ARRANGEMENT':
      return undefined;
  }
}

type Codes = ReadonlySet<Blocker['code']>;

const occupied: Codes = new Set<Blocker['code']>(['BUSY', 'BUFFER_BUSY']);
const limited: Codes = new Set<Blocker['code']>([...occupied, 'LIMIT_REACHED']);
const offGrid: Codes = new Set<Blocker['code']>(['OFF_GRID']);
const tooSoon: Codes = new Set<Blocker['code']>(['NOTICE_TOO_SHORT']);
const unable: Codes = new Set<Blocker['code']>(['NOT_QUALIFIED', 'NOT_ELIGIBLE']);

/** What says the most by itself, whoever would have served, the most telling first. */
const decisive: readonly (readonly [Blocker['code'], NotFreeCode])[] = [
  ['PARTY_TOO_LARGE', 'LIMIT_REACHED'],
  ['SEATS_TAKEN', 'SLOT_TAKEN'],
  ['NO_ARRANGEMENT', 'SLOT_TAKEN'],
  ['RESOURCE_MISSING', 'NO_SLOT'],
];

/**
 * The one code that says best why a start cannot be had: what would be true whoever served first, then `SLOT_TAKEN` if
 * anyone would be free but for what occupies him, then limits, then the grid, then the horizon, then the hours.
 */
export function codeOf(blockers: readonly Blocker[]): NotFreeCode {
  const early = blockers.filter(({ code }) => code === 'NOTICE_TOO_SHORT');
  if (early.some((blocker) => !('resource' in blocker))) return 'NOTICE_TOO_SHORT';
  const whole = decisive.find(([code]) => blockers.some((blocker) => blocker.code === code));
  if (whole !== undefined) return whole[1];
  const perResource = codesByResource(blockers);
  if (early.length > 0 && perResource.every((codes) => codes.has('NOTICE_TOO_SHORT'))) return 'NOTICE_TOO_SHORT';
  if (someoneIsUnknown(blockers)) return 'SOURCE_UNREACHABLE';
  const someoneHasOnly = (codes: Codes): boolean =>
    perResource.some((own) => [...own].every((code) => codes.has(code)));
  if (someoneHasOnly(occupied)) return 'SLOT_TAKEN';
  if (someoneHasOnly(limited)) return 'LIMIT_REACHED';
  if (someoneHasOnly(offGrid)) return 'OFF_GRID';
  if (someoneHasOnly(tooSoon)) return 'NOTICE_TOO_SHORT';
  if (perResource.length > 0 && perResource.every((codes) => codes.has('BEYOND_HORIZON'))) return 'BEYOND_HORIZON';
  return 'OUTSIDE_HOURS';
}

/** Whether somebody might be free, if only it were known what occupies him outside. */
function someoneIsUnknown(blockers: readonly Blocker[]): boolean {
  const known = new Set<string>();
  const unknown = new Set<string>();
  for (const blocker of blockers)
    if ('resource' in blocker) (outsideKind(blocker) === UNREACHABLE ? unknown : known).add(blocker.resource);
  return [...unknown].some((resource) => !known.has(resource));
}

/** What stands in the way of each resource that is able to serve. */
function codesByResource(blockers: readonly Blocker[]): readonly Codes[] {
  const byResource = new Map<string, Set<Blocker['code']>>();
  for (const blocker of blockers) {
    if (!('resource' in blocker) || blocker.resource === undefined || unable.has(blocker.code)) continue;
    const codes = byResource.get(blocker.resource) ?? new Set();
    byResource.set(blocker.resource, codes.add(blocker.code));
  }
  return [...byResource.values()];
}
