import { UTC, zoneNamed, type Zone } from '../../time/zone.ts';
import { compileSchedule, type CompiledSchedule, type ScheduleRules } from '../schedule.ts';
import { readClosedDates } from './closedDates.ts';
import { describe, present, readFields, refuse, within, type FieldError, type Reading } from './fields.ts';
import { readIntervals } from './intervals.ts';
import { readText } from './values.ts';
import { readOverrides, readValidity, readWeekly } from './windows.ts';

/** The fields of a schedule. */
export const SCHEDULE_FIELDS = [
  'timeZone',
  'weekly',
  'overrides',
  'validFrom',
  'validTo',
  'closedDates',
  'timeOff',
] as const;

/** What {@link parseSchedule} answers. */
export type ParsedSchedule =
  | { readonly ok: true; readonly schedule: CompiledSchedule }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/** Reads and prepares a schedule in the form the case file has for it; never throws. */
export function parseSchedule(value: unknown): ParsedSchedule {
  const reading: Reading = { errors: [] };
  const fields = readFields(reading, value, '', SCHEDULE_FIELDS);
  if (fields === undefined) return { ok: false, errors: reading.errors };
  const rules = readSchedule(reading, fields, '');
  return reading.errors.length > 0
    ? { ok: false, errors: reading.errors }
    : { ok: true, schedule: compileSchedule({ ...rules, zone: rules.zone ?? UTC }) };
}

/** What the fields of a schedule say; the zone may be absent. */
export type ReadSchedule = Omit<ScheduleRules, 'zone'> & { readonly zone?: Zone };

/** Reads the fields of a schedule, which may stand in an object beside others. */
export function readSchedule(reading: Reading, fields: ReadonlyMap<string, unknown>, path: string): ReadSchedule {
  const at = (name: string): string => within(path, name);
  const zone = readZone(reading, fields.get('timeZone'), at('timeZone'));
  const weekly = readWeekly(reading, fields.get('weekly'), at('weekly'));
  const overrides = readOverrides(reading, fields.get('overrides'), at('overrides'));
  const validity = readValidity(reading, fields, path);
  const closedDays = readClosedDates(reading, fields.get('closedDates'), at('closedDates'));
  const timeOff = readIntervals(reading, fields.get('timeOff'), at('timeOff'));
  return { weekly, overrides, ...validity, timeOff, ...present({ zone, closedDays }) };
}

function readZone(reading: Reading, value: unknown, path: string): Zone | undefined {
  if (value === undefined) return undefined;
  const name = readText(reading, value, path);
  if (name === undefined) return undefined;
  const found = zoneNamed(name);
  return found.ok ? found.zone : refuse(reading, path, `is not a known time zone: ${describe(name)}`);
}
