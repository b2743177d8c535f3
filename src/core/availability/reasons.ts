import type { Reason, RefusalCode } from '../refusals.ts';
import type { Blocker } from '../slots/blocker.ts';
import { formatUtc } from '../time/instant.ts';

/** The refusals that a start which is not free can come to. */
export type NotFreeCode = Extract<
  RefusalCode,
  'SLOT_TAKEN' | 'OUTSIDE_HOURS' | 'OFF_GRID' | 'NOTICE_TOO_SHORT' | 'BEYOND_HORIZON'
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
  RESOURCE_MISSING: 'Nobody can do this.',
};

/** Blockers as reasons that may be told to anyone: each code once, with the nearest start where one is known. */
export function reasonsOf(blockers: readonly Blocker[]): readonly Reason[] {
  const reasons = new Map<string, Reason>();
  for (const blocker of blockers) {
    if (reasons.has(blocker.code)) continue;
    const nearestMs = nearestOf(blocker);
    const nearest = nearestMs === undefined ? {} : { nearest: formatUtc(nearestMs) };
    reasons.set(blocker.code, { code: blocker.code, message: sentences[blocker.code], ...nearest });
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
    case 'RESOURCE_MISSING':
      return undefined;
  }
}

const occupied = new Set<Blocker['code']>(['BUSY', 'BUFFER_BUSY']);

/**
 * The one code that says best why a start cannot be had: what would be true whoever served first, then `SLOT_TAKEN` if
 * anyone would be free but for what occupies him, then the grid, then the hours.
 */
export function codeOf(blockers: readonly Blocker[]): NotFreeCode {
  if (blockers.some(({ code }) => code === 'NOTICE_TOO_SHORT')) return 'NOTICE_TOO_SHORT';
  const byResource = new Map<string, Set<Blocker['code']>>();
  for (const blocker of blockers) {
    if (!('resource' in blocker)) continue;
    const codes = byResource.get(blocker.resource) ?? new Set();
    byResource.set(blocker.resource, codes.add(blocker.code));
  }
  const perResource = [...byResource.values()];
  if (perResource.some((codes) => [...codes].every((code) => occupied.has(code)))) return 'SLOT_TAKEN';
  if (perResource.some((codes) => codes.size === 1 && codes.has('OFF_GRID'))) return 'OFF_GRID';
  if (perResource.length > 0 && perResource.every((codes) => codes.has('BEYOND_HORIZON'))) return 'BEYOND_HORIZON';
  return 'OUTSIDE_HOURS';
}
