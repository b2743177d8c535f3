import type { VisitedService } from '../visit.ts';
import { present, within, type Reading } from './fields.ts';
import { readLimits } from './limits.ts';
import { NUMBERS } from './maxima.ts';
import type { KindsById } from './ownLengths.ts';
import { readAssign, readEligible, readSkills } from './qualification.ts';
import { readSegments, type PlacedSegment } from './segments.ts';
import { readWhole } from './values.ts';
import { refuseLengths } from './wholeLength.ts';

/** The fields that a service has alone and in a visit. */
export const CONTENT_FIELDS = [
  'durationMinutes',
  'durationMinutesOf',
  'segments',
  'assign',
  'skills',
  'eligible',
  'bufferBeforeMinutes',
  'bufferAfterMinutes',
  'limits',
] as const;

/** What is done, and with whom. */
export interface ServiceContent {
  readonly content: Omit<VisitedService, 'id'>;
  readonly segments: readonly PlacedSegment[];
}

/** Reads what a service is, alone or in a visit. */
export function readContent(
  reading: Reading,
  fields: ReadonlyMap<string, unknown>,
  path: string,
  kinds: KindsById,
): ServiceContent | undefined {
  const at = (name: (typeof CONTENT_FIELDS)[number]): string => within(path, name);
  const buffer = (name: 'bufferBeforeMinutes' | 'bufferAfterMinutes'): number | undefined =>
    fields.has(name) ? readWhole(reading, fields.get(name), at(name), NUMBERS.buffer) : undefined;
  const serving = present({
    assign: readAssign(reading, fields.get('assign'), at('assign')),
    skills: readSkills(reading, fields.get('skills'), at('skills')),
    eligible: readEligible(reading, fields.get('eligible'), at('eligible')),
  });
  const segments = readSegments(reading, fields, path, serving, kinds);
  const others = present({
    bufferBeforeMinutes: buffer('bufferBeforeMinutes'),
    bufferAfterMinutes: buffer('bufferAfterMinutes'),
    limits: readLimits(reading, fields.get('limits'), at('limits')),
  });
  if (segments === undefined) return undefined;
  if (fields.has('segments')) refuseLengths(reading, fields, path, segments);
  return { content: { segments: segments.map(({ segment }) => segment), ...serving, ...others }, segments };
}
