import type { Intervals } from '../../time/interval.ts';
import { UTC } from '../../time/zone.ts';
import { compileSchedule, type CompiledSchedule, type ScheduleRules } from '../schedule.ts';
import { describe, present, readEntries, readFields, readList, refuse, within, type Reading } from './fields.ts';
import { LISTS } from './maxima.ts';
import { meant } from './meant.ts';
import { readSchedule, SCHEDULE_FIELDS, type ReadSchedule } from './parseSchedule.ts';
import { readText } from './values.ts';

/** A schedule of the case that resources refer to: prepared, and what it was prepared from. */
interface NamedSchedule {
  readonly rules: ScheduleRules;
  readonly compiled: CompiledSchedule;
}

/** The schedules of a case by name. */
export type NamedSchedules = ReadonlyMap<string, NamedSchedule>;

/** Reads the `schedules` of a case. */
export function readSchedules(reading: Reading, value: unknown): NamedSchedules {
  if (value === undefined) return new Map();
  const limits = { most: LISTS.schedules, names: 'schedules' };
  return new Map(
    readEntries(reading, value, 'schedules', limits).map(([name, content]) => {
      const path = within('schedules', name);
      const fields = readFields(reading, content, path, SCHEDULE_FIELDS) ?? new Map<string, unknown>();
      const { zone = UTC, ...rules } = readSchedule(reading, fields, path);
      const named = { ...rules, zone, name };
      return [name, { rules: named, compiled: compileSchedule(named) }];
    }),
  );
}

/** Reads the schedule that stands in a resource's own fields and in the schedules it is within. */
export function readResourceSchedule(
  reading: Reading,
  fields: ReadonlyMap<string, unknown>,
  path: string,
  schedules: NamedSchedules,
): CompiledSchedule | undefined {
  const own = readSchedule(reading, fields, path);
  const others = readWithin(reading, fields.get('within'), within(path, 'within'), schedules);
  const [first, ...rest] = others;
  const hasWindows = fields.has('weekly') || fields.has('overrides');
  if (!hasWindows && first !== undefined) {
    for (const name of ['timeZone', 'validFrom', 'validTo']) {
      if (!fields.has(name)) continue;
      const reason = `without weekly or overrides the schedule ${describe(first.rules.name)} is taken over whole`;
      refuse(reading, within(path, name), `must be left out: ${reason}`);
    }
  }
  // Half-read schedules are refused as a whole; compiling them would only cost time.
  if (reading.errors.length > 0) return undefined;
  if (first === undefined || hasWindows) {
    const zone = own.zone ?? first?.rules.zone ?? UTC;
    return compileSchedule({ ...own, zone, within: others.map(({ compiled }) => compiled) });
  }
  const closes = own.closedDays !== undefined || (own.timeOff?.length ?? 0) > 0;
  if (closes) return closingMore(own, first, rest);
  // Resources that add nothing share one schedule, and what it remembers.
  if (rest.length === 0) return first.compiled;
  return compileSchedule({ ...first.rules, within: rest.map(({ compiled }) => compiled) });
}

/** The windows of a schedule on fewer dates. It lies within that schedule too, so that explanations know whose time off it is. */
function closingMore(own: ReadSchedule, first: NamedSchedule, rest: readonly NamedSchedule[]): CompiledSchedule {
  const { name: _, timeOff: __, ...windows } = first.rules;
  const closedDays = joined(first.rules.closedDays, own.closedDays);
  const within = [first, ...rest].map(({ compiled }) => compiled);
  return compileSchedule({ ...windows, ...present({ closedDays, timeOff: own.timeOff }), within });
}

function readWithin(reading: Reading, value: unknown, path: string, schedules: NamedSchedules): NamedSchedule[] {
  const seen = new Set<string>();
  return readList(reading, value, path, { most: LISTS.within }).flatMap((entry, index) => {
    const here = `${path}[${index}]`;
    const name = readText(reading, entry, here);
    if (name === undefined) return [];
    if (seen.has(name)) refuse(reading, here, `names ${describe(name)} a second time`);
    seen.add(name);
    return schedules.get(name) ?? refuse(reading, here, () => unknownName(name, [...schedules.keys()])) ?? [];
  });
}

function unknownName(name: string, known: readonly string[]): string {
  const other = meant(name, known);
  if (known.length === 0) return `names ${describe(name)}, but the case has no schedules`;
  const hint =
    other === undefined ? `there are ${known.slice(0, 10).map(describe).join(', ')}` : `did you mean ${other}?`;
  return `names no schedule of the case: ${describe(name)}; ${hint}`;
}

function joined(one: Intervals | undefined, other: Intervals | undefined): Intervals | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  const both = new Float64Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
