import { DAY_MS } from '../../time/localDate.ts';
import type { FindQuestion, SlotResource } from '../question.ts';
import { readFields, readList, readText, refuse, within, type FieldError, type Reading } from './fields.ts';
import { packBusy } from './packBusy.ts';
import { readInstant, readIntervals, readSchedule, SCHEDULE_FIELDS } from './parseSchedule.ts';
import { readService } from './parseService.ts';

/** The fields of a case. */
export const CASE_FIELDS = ['now', 'range', 'service', 'resources'] as const;
/** The fields of a range. */
export const RANGE_FIELDS = ['from', 'to'] as const;
/** The fields of a resource. */
export const RESOURCE_FIELDS = ['id', 'kind', ...SCHEDULE_FIELDS, 'busy'] as const;
/** The limits of a case. */
export const CASE_LIMITS = { rangeDays: 400, resources: 1_000 } as const;

/** What {@link parseCase} answers: the question the case asks, or everything that is wrong with it. */
export type ParsedCase =
  | { readonly ok: true; readonly case: FindQuestion }
  | { readonly ok: false; readonly errors: readonly [FieldError, ...FieldError[]] };

const EARLIEST_MS = Date.UTC(1970, 0, 1);
const LATEST_MS = Date.UTC(2200, 0, 1);

/** Reads a case, see {@link CaseFile}: JSON text or what it parses to. Never throws. */
export function parseCase(input: unknown): ParsedCase {
  const packed = typeof input === 'string' ? packBusy(input) : undefined;
  const reading: Reading = packed === undefined ? { errors: [] } : { errors: [], packed: packed.lists };
  let value = input;
  if (packed !== undefined) {
    try {
      value = JSON.parse(packed.text);
    } catch (error) {
      const message = `is not JSON: ${error instanceof Error ? error.message : String(error)}`;
      return { ok: false, errors: [{ path: '', message }] };
    }
  }
  const question = readCase(reading, value);
  const [first, ...others] = reading.errors;
  if (first !== undefined) return { ok: false, errors: [first, ...others] };
  if (question === undefined) return { ok: false, errors: [{ path: '', message: 'is not a case' }] };
  return { ok: true, case: question };
}

function readCase(reading: Reading, value: unknown): FindQuestion | undefined {
  const fields = readFields(reading, value, '', CASE_FIELDS);
  if (fields === undefined) return undefined;
  const nowMs = fields.has('now') ? readYear(reading, fields.get('now'), 'now') : undefined;
  const range = readRange(reading, fields.get('range'));
  const serviceField = fields.get('service');
  const read =
    serviceField === undefined
      ? refuse(reading, 'service', 'is required')
      : readService(reading, serviceField, 'service');
  if (read?.needsNow !== undefined && !fields.has('now')) {
    refuse(reading, 'now', `is required, because ${read.needsNow} is counted from it`);
  }
  const resources = readResources(reading, fields.get('resources'));
  if (range === undefined || read === undefined || reading.errors.length > 0) return undefined;
  return { range, service: read.service, resources, ...(nowMs === undefined ? {} : { nowMs }) };
}

function readYear(reading: Reading, value: unknown, path: string): number | undefined {
  const instantMs = readInstant(reading, value, path);
  if (instantMs === undefined) return undefined;
  if (instantMs >= EARLIEST_MS && instantMs < LATEST_MS) return instantMs;
  return refuse(reading, path, 'must lie in the years 1970 to 2199');
}

function readRange(reading: Reading, value: unknown): FindQuestion['range'] | undefined {
  if (value === undefined) return refuse(reading, 'range', 'is required');
  const fields = readFields(reading, value, 'range', RANGE_FIELDS);
  if (fields === undefined) return undefined;
  const fromMs = readYear(reading, fields.get('from'), 'range.from');
  const toMs = readYear(reading, fields.get('to'), 'range.to');
  if (fromMs === undefined || toMs === undefined) return undefined;
  if (toMs < fromMs) return refuse(reading, 'range.to', 'must not be before range.from');
  if (toMs - fromMs > CASE_LIMITS.rangeDays * DAY_MS) {
    return refuse(reading, 'range', `spans more than ${CASE_LIMITS.rangeDays} days; ask in parts`);
  }
  return { fromMs, toMs };
}

function readResources(reading: Reading, value: unknown): SlotResource[] {
  const list = readList(reading, value, 'resources', { least: 1, most: CASE_LIMITS.resources });
  const firstPaths = new Map<string, string>();
  return list.flatMap((entry, index) => {
    const path = `resources[${index}]`;
    const fields = readFields(reading, entry, path, RESOURCE_FIELDS);
    if (fields === undefined) return [];
    const id = readText(reading, fields.get('id'), within(path, 'id'));
    const kind = fields.has('kind') ? readText(reading, fields.get('kind'), within(path, 'kind')) : 'staff';
    if (id !== undefined) {
      const earlier = firstPaths.get(id);
      if (earlier !== undefined) refuse(reading, within(path, 'id'), `is the id of ${earlier} already`);
      else firstPaths.set(id, path);
    }
    const schedule = readSchedule(reading, fields, path);
    const busy = readIntervals(reading, fields.get('busy'), within(path, 'busy'));
    return id === undefined || kind === undefined || schedule === undefined ? [] : [{ id, kind, schedule, busy }];
  });
}
