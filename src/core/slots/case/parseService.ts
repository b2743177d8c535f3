import { compileService, type CompiledService } from '../service.ts';
import { readBookingRules, RULE_FIELDS } from './bookingRules.ts';
import { readFields, within, type FieldError, type Reading } from './fields.ts';
import { refuseKeeping } from './keeping.ts';
import { NUMBERS } from './maxima.ts';
import type { KindsById } from './ownLengths.ts';
import { refuseSeats } from './seats.ts';
import { CONTENT_FIELDS, readContent } from './serviceContent.ts';
import { readWhole } from './values.ts';

/** The fields of a service. */
export const SERVICE_FIELDS = [...CONTENT_FIELDS, ...RULE_FIELDS, 'seats'] as const;

/** What {@link parseService} answers. */
export type ParsedService =
  | { readonly ok: true; readonly service: CompiledService }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/** Reads and prepares a service in the form the case file has for it; never throws. */
export function parseService(value: unknown): ParsedService {
  const reading: Reading = { errors: [] };
  const service = readService(reading, value, '', undefined)?.service;
  return service === undefined || reading.errors.length > 0
    ? { ok: false, errors: reading.errors }
    : { ok: true, service };
}

/** What is booked, prepared. */
export interface ReadService {
  readonly service: CompiledService;
  /** A field that can only be judged against a known now. */
  readonly needsNow: string | undefined;
  /** Whether its segments may differ in who serves them. */
  readonly printsSegments: boolean;
}

/** Reads a service. */
export function readService(reading: Reading, value: unknown, path: string, kinds: KindsById): ReadService | undefined {
  const fields = readFields(reading, value, path, SERVICE_FIELDS);
  if (fields === undefined) return undefined;
  const read = readContent(reading, fields, path, kinds);
  const { rules, needsNow } = readBookingRules(reading, fields, path);
  const seats = readWhole(reading, fields.get('seats'), within(path, 'seats'), { ...NUMBERS.seats, fallback: 1 }) ?? 1;
  if (read === undefined) return undefined;
  const { content, segments } = read;
  const { keep } = rules;
  refuseKeeping(reading, keep, segments);
  if (seats > 1) refuseSeats(reading, path, keep, segments);
  if (reading.errors.length > 0) return undefined;
  const own = segments.some(({ segment }) => segment.assign ?? segment.skills ?? segment.eligible);
  return {
    service: compileService({ ...content, ...rules, seats }),
    needsNow,
    printsSegments: own || (keep !== undefined && keep !== 'required'),
  };
}
