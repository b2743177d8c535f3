import { Temporal } from 'temporal-polyfill';

import { DAY_NAMES, type CaseResource, type CaseSpan, type CaseWindow } from './caseFile.ts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;
/** A window may start on its date, run two days long and be pushed by a gap; this many dates to each side see them all. */
const DATES_AROUND = 4;

/** Everything the oracle knows of one resource, one entry a minute; entry 0 is `firstMinute` (minutes since the epoch). */
export interface MinuteCalendar {
  readonly resource: CaseResource;
  /** 1 while a window is open and no time off lies over it. */
  readonly open: Uint8Array;
  /** 1 while nothing occupies the resource. */
  readonly free: Uint8Array;
  /** 1 where a whole number of steps has passed since the start of a window that contains the minute. */
  readonly onWindowGrid: Uint8Array;
  /** The wall clock of the resource's zone, as minutes since 1970-01-01T00:00 on that clock. */
  readonly wallMinute: Int32Array;
}

/** Writes the resource's schedule down minute by minute, for `size` minutes from `firstMinute` on. */
export function minuteCalendar(
  resource: CaseResource,
  firstMinute: number,
  size: number,
  stepMinutes: number,
): MinuteCalendar {
  const zone = zoneOf(resource);
  const calendar: MinuteCalendar = {
    resource,
    open: new Uint8Array(size),
    free: new Uint8Array(size).fill(1),
    onWindowGrid: new Uint8Array(size),
    wallMinute: wallMinutes(zone, firstMinute, size),
  };
  for (const window of windowsAround(resource, firstMinute, size)) {
    for (let minute = window.start; minute < window.end; minute++) {
      const index = minute - firstMinute;
      if (index < 0 || index >= size) continue;
      calendar.open[index] = 1;
      if ((minute - window.start) % stepMinutes === 0) calendar.onWindowGrid[index] = 1;
    }
  }
  for (const span of resource.timeOff ?? []) clear(calendar.open, span, firstMinute);
  for (const span of resource.busy ?? []) clear(calendar.free, span, firstMinute);
  return calendar;
}

/** The resource's time zone; UTC unless it says otherwise. */
export function zoneOf(resource: CaseResource): string {
  return resource.timeZone ?? 'UTC';
}

/** The epoch milliseconds of an ISO 8601 instant. */
export function epochMs(iso: string): number {
  return Temporal.Instant.from(iso).epochMilliseconds;
}

/** The local date of an instant, as days since 1970-01-01. */
export function localDay(instantMs: number, zone: string): number {
  const date = Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(zone).toPlainDate();
  return Temporal.PlainDate.from('1970-01-01').until(date).days;
}

interface MinuteSpan {
  readonly start: number;
  readonly end: number;
}

function windowsAround(resource: CaseResource, firstMinute: number, size: number): MinuteSpan[] {
  const zone = zoneOf(resource);
  const dateOf = (minute: number): Temporal.PlainDate =>
    Temporal.Instant.fromEpochMilliseconds(minute * MINUTE_MS)
      .toZonedDateTimeISO(zone)
      .toPlainDate();
  const lastDate = dateOf(firstMinute + size).add({ days: DATES_AROUND });
  const windows: MinuteSpan[] = [];
  for (
    let date = dateOf(firstMinute).subtract({ days: DATES_AROUND });
    Temporal.PlainDate.compare(date, lastDate) <= 0;
    date = date.add({ days: 1 })
  ) {
    for (const wall of joined(windowsOfDate(resource, date).map(onWallClock))) {
      windows.push({ start: instantMinute(date, wall.start, zone), end: instantMinute(date, wall.end, zone) });
    }
  }
  return windows;
}

/** An override replaces the weekly windows of its date; the weekly ones hold only on dates from validFrom to validTo. */
function windowsOfDate(resource: CaseResource, date: Temporal.PlainDate): readonly CaseWindow[] {
  const override = resource.overrides?.find((candidate) => date.equals(candidate.date));
  if (override !== undefined) return override.windows;
  if (resource.validFrom !== undefined && Temporal.PlainDate.compare(date, resource.validFrom) < 0) return [];
  if (resource.validTo !== undefined && Temporal.PlainDate.compare(date, resource.validTo) > 0) return [];
  const dayName = DAY_NAMES[date.dayOfWeek - 1];
  return (resource.weekly ?? []).filter((window) => window.days.some((day) => day === dayName));
}

/** Minutes of the wall clock counted from the midnight that begins the window's date. */
function onWallClock(window: CaseWindow): MinuteSpan {
  const start = clockMinute(window.from);
  const end = clockMinute(window.to);
  return { start, end: end <= start ? end + DAY_MINUTES : end };
}

function clockMinute(clock: string): number {
  const [hour, minute] = clock.split(':');
  return Number(hour) * 60 + Number(minute);
}

/** Windows of one date that touch or overlap are one window; they are rules of the wall clock, so they are joined on it. */
function joined(windows: readonly MinuteSpan[]): MinuteSpan[] {
  const result: MinuteSpan[] = [];
  for (const window of [...windows].sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last !== undefined && window.start <= last.end) {
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, window.end) };
    } else {
      result.push(window);
    }
  }
  return result;
}

function instantMinute(date: Temporal.PlainDate, wallMinute: number, zone: string): number {
  const day = date.add({ days: Math.floor(wallMinute / DAY_MINUTES) });
  const minuteOfDay = wallMinute % DAY_MINUTES;
  const local = day.toPlainDateTime({ hour: Math.floor(minuteOfDay / 60), minute: minuteOfDay % 60 });
  return local.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds / MINUTE_MS;
}

/** A minute counts as touched when any part of it lies in the span. */
function clear(minutes: Uint8Array, span: CaseSpan, firstMinute: number): void {
  const start = Math.floor(epochMs(span.start) / MINUTE_MS) - firstMinute;
  const end = Math.ceil(epochMs(span.end) / MINUTE_MS) - firstMinute;
  for (let index = Math.max(0, start); index < Math.min(minutes.length, end); index++) minutes[index] = 0;
}

function wallMinutes(zone: string, firstMinute: number, size: number): Int32Array {
  const result = new Int32Array(size);
  for (let index = 0; index < size; index++) {
    const minute = firstMinute + index;
    result[index] = minute + offsetMinutes(zone, minute);
  }
  return result;
}

/** Asking Temporal for every minute is too slow: an hour that begins and ends with one offset has that offset throughout. */
function offsetMinutes(zone: string, minute: number): number {
  const hourStart = Math.floor(minute / 60) * 60;
  const before = askedOffsetMinutes(zone, hourStart);
  return before === askedOffsetMinutes(zone, hourStart + 60) ? before : askedOffsetMinutes(zone, minute);
}

const askedOffsets = new Map<string, Map<number, number>>();

function askedOffsetMinutes(zone: string, minute: number): number {
  const ofZone = askedOffsets.get(zone) ?? new Map<number, number>();
  askedOffsets.set(zone, ofZone);
  const known = ofZone.get(minute);
  if (known !== undefined) return known;
  const moment = Temporal.Instant.fromEpochMilliseconds(minute * MINUTE_MS).toZonedDateTimeISO(zone);
  const offset = moment.offsetNanoseconds / (MINUTE_MS * 1_000_000);
  ofZone.set(minute, offset);
  return offset;
}
