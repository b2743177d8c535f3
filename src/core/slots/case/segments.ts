import type { Assign, Segment, Skills } from '../service.ts';
import { present, readFields, readList, refuse, within, type Reading } from './fields.ts';
import { LISTS, NUMBERS } from './maxima.ts';
import { readOwnLengths, type KindsById } from './ownLengths.ts';
import { readEligible, readKinds, readSkills } from './qualification.ts';
import { readWhole } from './values.ts';

/** The fields of a segment. */
export const SEGMENT_FIELDS = [
  'durationMinutes',
  'durationMinutesOf',
  'gapAfterMinutes',
  'assign',
  'skills',
  'eligible',
] as const;
/** The fields of a gap with a choice. */
export const GAP_FIELDS = ['min', 'max'] as const;

/** Who serves a segment, by its own word or its service's. */
export interface Serving {
  readonly assign?: Assign;
  readonly skills?: Skills;
  readonly eligible?: readonly string[];
}

/** A segment that was read, and where. */
export interface PlacedSegment {
  readonly segment: Segment;
  readonly path: string;
  readonly serving: Serving & { readonly assign: Assign };
  /** Where the word on who serves it stands. */
  readonly assignPath: string;
}

/** Reads the segments of a service, or its length as the only one; undefined when that is not possible. */
export function readSegments(
  reading: Reading,
  fields: ReadonlyMap<string, unknown>,
  path: string,
  serving: Serving,
  kinds: KindsById,
): readonly PlacedSegment[] | undefined {
  if (!fields.has('segments')) {
    const single = readLengths(reading, fields, path, serving.assign ?? 'any', kinds);
    return single && [place(single, path, path, serving)];
  }
  if (fields.has('durationMinutesOf')) {
    refuse(reading, within(path, 'durationMinutesOf'), 'must stand in the segments, where there are any');
  }
  const segmentsPath = within(path, 'segments');
  const list = readList(reading, fields.get('segments'), segmentsPath, { least: 1, most: LISTS.segments });
  const segments = list.map((entry, index) => {
    const here = `${segmentsPath}[${index}]`;
    const segment = readSegment(reading, entry, here, index === list.length - 1, serving, kinds);
    return segment && place(segment, here, path, serving);
  });
  const read = segments.filter((segment) => segment !== undefined);
  if (read.length < segments.length || read.length === 0) return undefined;
  const ownAssigns = read.filter(({ segment }) => segment.assign !== undefined).length;
  const inherited = ownAssigns < read.length || serving.assign !== undefined;
  if (ownAssigns > 0 && inherited && typeof serving.assign !== 'object') {
    const reason = 'because segments have an assign of their own';
    refuse(reading, within(path, 'assign'), `must be a number for each kind, ${reason}`);
  }
  return read;
}

function place(segment: Segment, path: string, servicePath: string, serving: Serving): PlacedSegment {
  const { assign = serving.assign ?? 'any' } = segment;
  const skills = segment.skills ?? serving.skills;
  const eligible = segment.eligible ?? serving.eligible;
  const assignPath = within(segment.assign === undefined ? servicePath : path, 'assign');
  return { segment, path, serving: { assign, ...present({ skills, eligible }) }, assignPath };
}

type Lengths = Pick<Segment, 'durationMinutes' | 'durationMinutesOf'>;

function readLengths(
  reading: Reading,
  fields: ReadonlyMap<string, unknown>,
  path: string,
  assign: Assign,
  kinds: KindsById,
): Lengths | undefined {
  const at = within(path, 'durationMinutes');
  const durationMinutes = readWhole(reading, fields.get('durationMinutes'), at, NUMBERS.duration);
  const ownPath = within(path, 'durationMinutesOf');
  const durationMinutesOf = readOwnLengths(reading, fields.get('durationMinutesOf'), ownPath, assign, kinds);
  return durationMinutes === undefined ? undefined : { durationMinutes, ...present({ durationMinutesOf }) };
}

function readSegment(
  reading: Reading,
  value: unknown,
  path: string,
  last: boolean,
  serving: Serving,
  kinds: KindsById,
): Segment | undefined {
  const fields = readFields(reading, value, path, SEGMENT_FIELDS);
  if (fields === undefined) return undefined;
  const assign = readKinds(reading, fields.get('assign'), within(path, 'assign'));
  const skills = readSkills(reading, fields.get('skills'), within(path, 'skills'));
  const eligible = readEligible(reading, fields.get('eligible'), within(path, 'eligible'));
  const lengths = readLengths(reading, fields, path, assign ?? serving.assign ?? 'any', kinds);
  const gapPath = within(path, 'gapAfterMinutes');
  const gap = readGap(reading, fields.get('gapAfterMinutes'), gapPath);
  if (lengths === undefined || gap === undefined) return undefined;
  if (last && gap.max > 0) return refuse(reading, gapPath, 'has no meaning on the last segment: nothing follows it');
  const gaps = { minGapAfterMinutes: gap.min, maxGapAfterMinutes: gap.max };
  return { ...lengths, ...gaps, ...present({ assign, skills, eligible }) };
}

function readGap(reading: Reading, value: unknown, path: string): { min: number; max: number } | undefined {
  if (typeof value !== 'object' || value === null) {
    const fixed = readWhole(reading, value, path, { ...NUMBERS.gap, fallback: 0 });
    return fixed === undefined ? undefined : { min: fixed, max: fixed };
  }
  const fields = readFields(reading, value, path, GAP_FIELDS);
  if (fields === undefined) return undefined;
  const min = readWhole(reading, fields.get('min'), within(path, 'min'), NUMBERS.gap);
  const max = readWhole(reading, fields.get('max'), within(path, 'max'), NUMBERS.gap);
  if (min === undefined || max === undefined) return undefined;
  return max < min ? refuse(reading, within(path, 'max'), 'must not be less than min') : { min, max };
}
