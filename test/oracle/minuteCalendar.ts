import type { CaseFile, CaseResource, CaseSchedule, CaseSpan } from './caseFile.ts';
import { DAY_MINUTES, epochMs, MINUTE_MS } from './clocks.ts';
import type { Grid } from './grid.ts';
import { windowsAround, type MinuteSpan } from './windows.ts';

/** No window is longer, so windows that began before the calendar begin within this. */
const LONGEST_WINDOW = 4 * DAY_MINUTES;

/** Everything the oracle knows of one resource, one entry a minute; entry 0 is `firstMinute` (minutes since the epoch). */
export interface MinuteCalendar {
  readonly resource: CaseResource;
  readonly kind: string;
  readonly zone: string;
  readonly firstMinute: number;
  /** 1 while a window is open and no time off lies over it. */
  readonly open: Uint8Array;
  /** 1 while fewer busy intervals overlap than the resource can take. */
  readonly free: Uint8Array;
  /** Where the run of open (free) minutes in which an entry lies ends; the entry itself when it is not open (free). */
  readonly openUntil: Int32Array;
  readonly freeUntil: Int32Array;
  /** 1 where the grid has a start. */
  readonly onGrid: Uint8Array;
}

/** Writes a resource's schedule down, minute by minute of the span. */
export function minuteCalendar(file: CaseFile, resource: CaseResource, span: MinuteSpan, grid: Grid): MinuteCalendar {
  const { zone, own, others } = schedulesOf(file, resource);
  const firstMinute = span.start;
  const size = Math.max(0, span.end - span.start);
  const open = new Uint8Array(size);
  const windows = cutWindows(own, zone, others, span);
  for (const { start, end } of windows) open.fill(1, Math.max(0, start - firstMinute), Math.max(0, end - firstMinute));
  for (const schedule of [own, ...others])
    for (const off of schedule.timeOff ?? []) clear(open, instants(off), firstMinute);
  const free = new Uint8Array(size).fill(1);
  for (const full of fullSpans(resource)) clear(free, full, firstMinute);
  return {
    resource,
    kind: kindOf(resource),
    zone,
    firstMinute,
    open,
    free,
    openUntil: untilOf(open),
    freeUntil: untilOf(free),
    onGrid: grid(zone, windows, span),
  };
}

/** The resource's kind; staff unless it says otherwise. */
export function kindOf(resource: CaseResource): string {
  return resource.kind ?? 'staff';
}

/** The zone in which the resource lives. */
export function zoneOf(file: CaseFile, resource: CaseResource): string {
  return schedulesOf(file, resource).zone;
}

/** Whether all of the span is open. */
export function isOpen({ openUntil, firstMinute }: MinuteCalendar, span: MinuteSpan): boolean {
  return (openUntil[span.start - firstMinute] ?? Number.NaN) >= span.end - firstMinute;
}

/** Whether nothing occupies the resource in the span. */
export function isFree({ freeUntil, firstMinute }: MinuteCalendar, span: MinuteSpan): boolean {
  return (freeUntil[span.start - firstMinute] ?? Number.NaN) >= span.end - firstMinute;
}

/** Whether the resource's grid has a start at the minute. */
export function isOnGrid({ onGrid, firstMinute }: MinuteCalendar, minute: number): boolean {
  return onGrid[minute - firstMinute] === 1;
}

interface Schedules {
  readonly zone: string;
  /** Whose windows count. */
  readonly own: CaseSchedule;
  /** To which they are cut. */
  readonly others: readonly CaseSchedule[];
}

/** A resource without windows of its own takes over the first schedule within which it is. */
function schedulesOf(file: CaseFile, resource: CaseResource): Schedules {
  const within = (resource.within ?? []).map((name) => file.schedules?.[name] ?? {});
  const [first, ...rest] = within;
  const hasOwn = resource.weekly !== undefined || resource.overrides !== undefined;
  if (hasOwn || first === undefined) {
    return { zone: resource.timeZone ?? first?.timeZone ?? 'UTC', own: resource, others: within };
  }
  const own: CaseSchedule = {
    ...first,
    closedDates: [...(first.closedDates ?? []), ...(resource.closedDates ?? [])],
    timeOff: [...(first.timeOff ?? []), ...(resource.timeOff ?? [])],
  };
  return { zone: first.timeZone ?? 'UTC', own, others: rest };
}

/** The windows of a schedule, each cut to the minutes at which all the others are open too. */
function cutWindows(own: CaseSchedule, zone: string, others: readonly CaseSchedule[], span: MinuteSpan): MinuteSpan[] {
  const windows = windowsAround(own, zone, span);
  if (others.length === 0) return windows;
  const wide = { start: span.start - LONGEST_WINDOW, end: span.end };
  const hours = others.map((other) => hoursOf(other, wide));
  const allOpen = (minute: number): boolean => hours.every((minutes) => minutes[minute - wide.start] === 1);
  const pieces: MinuteSpan[] = [];
  for (const window of windows) {
    let start: number | undefined;
    const end = Math.min(window.end, wide.end);
    for (let minute = Math.max(window.start, wide.start); minute <= end; minute++) {
      const isInside = minute < end && allOpen(minute);
      if (isInside) start ??= minute;
      else if (start !== undefined) {
        pieces.push({ start, end: minute });
        start = undefined;
      }
    }
  }
  return pieces;
}

/** The open hours of a schedule, its time off aside. */
function hoursOf(schedule: CaseSchedule, span: MinuteSpan): Uint8Array {
  const minutes = new Uint8Array(span.end - span.start);
  for (const window of windowsAround(schedule, schedule.timeZone ?? 'UTC', span)) {
    minutes.fill(1, Math.max(0, window.start - span.start), Math.max(0, window.end - span.start));
  }
  return minutes;
}

/** Where at least as many busy intervals overlap as the resource takes side by side. */
function fullSpans({ busy = [], capacity = 1 }: CaseResource): InstantSpan[] {
  const intervals = busy.map(instants);
  const borders = intervals.flatMap(({ startMs, endMs }) => [startMs, endMs]).sort((a, b) => a - b);
  return borders.slice(1).flatMap((endMs, index) => {
    const startMs = borders[index] ?? endMs;
    const overlapping = intervals.filter((each) => each.startMs <= startMs && endMs <= each.endMs).length;
    return startMs < endMs && overlapping >= capacity ? [{ startMs, endMs }] : [];
  });
}

interface InstantSpan {
  readonly startMs: number;
  readonly endMs: number;
}

function instants({ start, end }: CaseSpan): InstantSpan {
  return { startMs: epochMs(start), endMs: epochMs(end) };
}

/** A minute counts as touched when any part of it lies in the span. */
function clear(minutes: Uint8Array, { startMs, endMs }: InstantSpan, firstMinute: number): void {
  const start = Math.floor(startMs / MINUTE_MS) - firstMinute;
  const end = Math.ceil(endMs / MINUTE_MS) - firstMinute;
  minutes.fill(0, Math.max(0, start), Math.max(0, end));
}

function untilOf(minutes: Uint8Array): Int32Array {
  const result = new Int32Array(minutes.length);
  let until = minutes.length;
  for (let index = minutes.length - 1; index >= 0; index--) {
    if (minutes[index] !== 1) until = index;
    result[index] = until;
  }
  return result;
}
