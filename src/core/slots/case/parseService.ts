import { compileService, type Assign, type CompiledService, type Grid, type Segment } from '../service.ts';
import { describe, readFields, readList, readWhole, refuse, within, type FieldError, type Reading } from './fields.ts';

/** The fields of a service. */
export const SERVICE_FIELDS = [
  'durationMinutes',
  'segments',
  'stepMinutes',
  'bufferBeforeMinutes',
  'bufferAfterMinutes',
  'buffersWithinHours',
  'noticeMinutes',
  'horizonDays',
  'grid',
  'assign',
] as const;
/** The fields of a segment. */
export const SEGMENT_FIELDS = ['durationMinutes', 'gapAfterMinutes'] as const;
/** The fields of a gap with a choice. */
export const GAP_FIELDS = ['min', 'max'] as const;
/** The limits of a service's numbers; lengths in minutes. */
export const SERVICE_LIMITS = {
  duration: { least: 1, most: 44_640 },
  step: { least: 1, most: 1_440 },
  buffer: { least: 0, most: 10_080 },
  notice: { least: 0, most: 5_256_000 },
  horizon: { least: 0, most: 36_500 },
  gap: { least: 0, most: 1_440 },
  needed: { least: 1, most: 100 },
  segments: 24,
  kinds: 20,
  /** The greatest sum of max − min over all gaps. */
  slack: 480,
} as const;

const DEFAULT_STEP_MINUTES = 15;
const GRIDS: readonly Grid[] = ['auto', 'midnight', 'window'];

/** What {@link parseService} answers. */
export type ParsedService =
  | { readonly ok: true; readonly service: CompiledService }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/** Reads and prepares a service in the form the case file has for it; never throws. */
export function parseService(value: unknown): ParsedService {
  const reading: Reading = { errors: [] };
  const service = readService(reading, value, '')?.service;
  return service === undefined || reading.errors.length > 0
    ? { ok: false, errors: reading.errors }
    : { ok: true, service };
}

/** Reads a service, and which of its fields can only be judged against a known now. */
export function readService(
  reading: Reading,
  value: unknown,
  path: string,
): { readonly service: CompiledService; readonly needsNow: string | undefined } | undefined {
  const fields = readFields(reading, value, path, SERVICE_FIELDS);
  if (fields === undefined) return undefined;
  const whole = (
    name: (typeof SERVICE_FIELDS)[number],
    limits: { least: number; most: number; fallback?: number },
  ): number | undefined => readWhole(reading, fields.get(name), within(path, name), limits);

  const segments = readSegments(reading, fields, path);
  const stepMinutes = whole('stepMinutes', { ...SERVICE_LIMITS.step, fallback: DEFAULT_STEP_MINUTES });
  const bufferBeforeMinutes = whole('bufferBeforeMinutes', { ...SERVICE_LIMITS.buffer, fallback: 0 });
  const bufferAfterMinutes = whole('bufferAfterMinutes', { ...SERVICE_LIMITS.buffer, fallback: 0 });
  const noticeMinutes = whole('noticeMinutes', { ...SERVICE_LIMITS.notice, fallback: 0 });
  const horizonDays = fields.has('horizonDays') ? whole('horizonDays', SERVICE_LIMITS.horizon) : Infinity;
  const buffersWithinHours = fields.get('buffersWithinHours') ?? false;
  if (typeof buffersWithinHours !== 'boolean') {
    const where = within(path, 'buffersWithinHours');
    refuse(reading, where, `must be true or false, not ${describe(buffersWithinHours)}`);
  }
  const grid = readGrid(reading, fields.get('grid'), within(path, 'grid'));
  const assign = readAssign(reading, fields.get('assign'), within(path, 'assign'));
  if (
    segments === undefined ||
    stepMinutes === undefined ||
    bufferBeforeMinutes === undefined ||
    bufferAfterMinutes === undefined ||
    noticeMinutes === undefined ||
    horizonDays === undefined ||
    typeof buffersWithinHours !== 'boolean' ||
    grid === undefined ||
    assign === undefined
  ) {
    return undefined;
  }
  const service = compileService({
    segments,
    stepMinutes,
    bufferBeforeMinutes,
    bufferAfterMinutes,
    buffersWithinHours,
    noticeMinutes,
    horizonDays,
    grid,
    assign,
  });
  const needsNow =
    noticeMinutes > 0
      ? within(path, 'noticeMinutes')
      : horizonDays < Infinity
        ? within(path, 'horizonDays')
        : undefined;
  return { service, needsNow };
}

function readSegments(
  reading: Reading,
  fields: ReadonlyMap<string, unknown>,
  path: string,
): readonly Segment[] | undefined {
  const durationPath = within(path, 'durationMinutes');
  const given = fields.get('durationMinutes');
  if (!fields.has('segments')) {
    const durationMinutes = readWhole(reading, given, durationPath, SERVICE_LIMITS.duration);
    return durationMinutes === undefined ? undefined : [{ durationMinutes }];
  }
  const segmentsPath = within(path, 'segments');
  const list = readList(reading, fields.get('segments'), segmentsPath, { least: 1, most: SERVICE_LIMITS.segments });
  const segments = list.map((entry, index) =>
    readSegment(reading, entry, `${segmentsPath}[${index}]`, index === list.length - 1),
  );
  const read = segments.filter((segment) => segment !== undefined);
  if (read.length < segments.length || read.length === 0) return undefined;
  const slack = read.reduce(
    (sum, { minGapAfterMinutes: min = 0, maxGapAfterMinutes: max = min }) => sum + max - min,
    0,
  );
  if (slack > SERVICE_LIMITS.slack) {
    refuse(reading, segmentsPath, `have gaps that differ by ${slack} minutes in all; at most ${SERVICE_LIMITS.slack}`);
  }
  const sum = read.reduce((total, segment) => total + segment.durationMinutes + (segment.minGapAfterMinutes ?? 0), 0);
  if (sum > SERVICE_LIMITS.duration.most) {
    refuse(reading, segmentsPath, `last ${sum} minutes in all; at most ${SERVICE_LIMITS.duration.most} are allowed`);
  }
  const durationMinutes = readWhole(reading, given, durationPath, { ...SERVICE_LIMITS.duration, fallback: sum });
  if (durationMinutes !== undefined && durationMinutes !== sum) {
    refuse(reading, durationPath, `must be the segments' sum with the least gaps, ${sum}, or be left out`);
  }
  return read;
}

function readSegment(reading: Reading, value: unknown, path: string, last: boolean): Segment | undefined {
  const fields = readFields(reading, value, path, SEGMENT_FIELDS);
  if (fields === undefined) return undefined;
  const at = within(path, 'durationMinutes');
  const durationMinutes = readWhole(reading, fields.get('durationMinutes'), at, SERVICE_LIMITS.duration);
  const gapPath = within(path, 'gapAfterMinutes');
  const gap = readGap(reading, fields.get('gapAfterMinutes'), gapPath);
  if (durationMinutes === undefined || gap === undefined) return undefined;
  if (last && gap.max > 0) return refuse(reading, gapPath, 'has no meaning on the last segment: nothing follows it');
  return { durationMinutes, minGapAfterMinutes: gap.min, maxGapAfterMinutes: gap.max };
}

function readGap(reading: Reading, value: unknown, path: string): { min: number; max: number } | undefined {
  if (typeof value !== 'object' || value === null) {
    const fixed = readWhole(reading, value, path, { ...SERVICE_LIMITS.gap, fallback: 0 });
    return fixed === undefined ? undefined : { min: fixed, max: fixed };
  }
  const fields = readFields(reading, value, path, GAP_FIELDS);
  if (fields === undefined) return undefined;
  const min = readWhole(reading, fields.get('min'), within(path, 'min'), SERVICE_LIMITS.gap);
  const max = readWhole(reading, fields.get('max'), within(path, 'max'), SERVICE_LIMITS.gap);
  if (min === undefined || max === undefined) return undefined;
  return max < min ? refuse(reading, within(path, 'max'), 'must not be less than min') : { min, max };
}

function readGrid(reading: Reading, value: unknown, path: string): Grid | undefined {
  if (value === undefined) return 'auto';
  return (
    GRIDS.find((grid) => grid === value) ??
    refuse(reading, path, `must be one of ${GRIDS.join(', ')}, not ${describe(value)}`)
  );
}

function readAssign(reading: Reading, value: unknown, path: string): Assign | undefined {
  if (value === undefined) return 'any';
  if (value === 'any' || value === 'all') return value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refuse(reading, path, `must be any, all, or a number for each kind, not ${describe(value)}`);
  }
  const entries = Object.entries(value);
  if (entries.length === 0 || entries.length > SERVICE_LIMITS.kinds) {
    return refuse(reading, path, `must name 1 to ${SERVICE_LIMITS.kinds} kinds`);
  }
  const needs: [kind: string, needed: number][] = [];
  for (const [kind, count] of entries) {
    const needed = readWhole(reading, count, within(path, kind), SERVICE_LIMITS.needed);
    if (needed === undefined) return undefined;
    needs.push([kind, needed]);
  }
  // fromEntries defines own properties, so that a kind named __proto__ stays a kind.
  return Object.fromEntries(needs);
}
