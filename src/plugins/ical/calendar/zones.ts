import { parseInstant, zoneNamed, type Zone, expandRule, type Budget } from '../../../plugin.ts';
import { propertiesOf, textOf, type Component } from './jcal.ts';
import { readRule } from './rule.ts';

const UNIX_START = 0;
/** Zones that a calendar describes itself are known until then. */
const LAST_MS = Date.UTC(2100, 0);

/** Finds the zone of a TZID; undefined for one that is neither known nor described. */
export type Zones = (tzid: string) => Zone | undefined;

/**
 * The zones of a calendar. A name of the tz database means that zone, with or without a maker's prefix
 * (`/example.org/2024a/Europe/Berlin`); any other means what the calendar's VTIMEZONE of that name says.
 */
export function zonesOf(calendar: Component, budget: Budget): Zones {
  const described = new Map<string, Component>();
  for (const component of calendar.components) {
    const name = component.name === 'vtimezone' ? textOf(component, 'tzid') : undefined;
    if (name !== undefined) described.set(name, component);
  }
  const found = new Map<string, Zone | undefined>();
  return (tzid) => {
    if (!found.has(tzid)) found.set(tzid, namedZone(tzid) ?? describedZone(tzid, described.get(tzid), budget));
    return found.get(tzid);
  };
}

function namedZone(tzid: string): Zone | undefined {
  const parts = tzid.split('/').filter((part) => part !== '');
  for (const count of [3, 2, 1]) {
    const name = parts.slice(-count).join('/');
    // An abbreviation like EST names a fixed offset, and calendars give it to zones of their own.
    if (parts.length < count || (count === 1 && name !== 'UTC' && name !== 'GMT')) continue;
    const lookup = zoneNamed(name);
    if (lookup.ok) return lookup.zone;
  }
  return undefined;
}

interface Change {
  readonly atMs: number;
  readonly offsetMs: number;
}

function describedZone(tzid: string, component: Component | undefined, budget: Budget): Zone | undefined {
  if (component === undefined) return undefined;
  const changes = component.components.flatMap((part) => changesOf(part, budget)).sort((a, b) => a.atMs - b.atMs);
  const first = component.components.find(({ name }) => name === 'standard') ?? component.components[0];
  const beforeMs = first === undefined ? undefined : offsetIn(first, 'tzoffsetto');
  if (beforeMs === undefined) return undefined;
  return {
    name: tzid,
    pieceAt(epochMs) {
      let low = 0;
      let high = changes.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((changes[middle]?.atMs ?? Infinity) <= epochMs) low = middle + 1;
        else high = middle;
      }
      const change = changes[low - 1];
      return {
        fromMs: change?.atMs ?? -Infinity,
        toMs: changes[low]?.atMs ?? Infinity,
        offsetMs: change?.offsetMs ?? beforeMs,
      };
    },
  };
}

/** When one of a zone's two times begins. */
function changesOf(part: Component, budget: Budget): readonly Change[] {
  const offsetMs = offsetIn(part, 'tzoffsetto');
  const fromMs = offsetIn(part, 'tzoffsetfrom');
  const start = textOf(part, 'dtstart');
  const first = start === undefined ? undefined : parseInstant(`${start.replace(/Z$/, '')}Z`);
  if (offsetMs === undefined || fromMs === undefined || first === undefined) return [];
  const locals = [first];
  for (const { values } of propertiesOf(part, 'rrule')) {
    const rule = readRule(values[0]);
    // The end of a zone's rule is an instant; its starts are told by the clock before the change.
    const until = rule.until?.isUtc === true ? { ms: rule.until.ms + fromMs, isUtc: false } : rule.until;
    locals.push(...expandRule({ ...rule, until }, first, UNIX_START, LAST_MS, budget).starts);
  }
  for (const { values } of propertiesOf(part, 'rdate')) {
    for (const value of values) {
      const local = typeof value === 'string' ? parseInstant(`${value}Z`) : undefined;
      if (local !== undefined) locals.push(local);
    }
  }
  return [...new Set(locals)].map((local) => ({ atMs: local - fromMs, offsetMs }));
}

/** `+01:00`, as jCal writes offsets, in milliseconds. */
function offsetIn(part: Component, name: string): number | undefined {
  const match = /^([+-])(\d{2}):?(\d{2}):?(\d{2})?$/.exec(textOf(part, name) ?? '');
  if (match === null) return undefined;
  const [, sign, hours, minutes, seconds = 0] = match;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1_000);
}
