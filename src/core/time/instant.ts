import { DAY_MS, epochDayOf, formatLocalDate, isCivilDate } from './localDate.ts';
import { offsetAt, type Zone } from './zone.ts';

/**
 * Reads an instant in the profile of ISO 8601 that RFC 3339 defines, `2026-11-24T09:00:00+01:00`: the offset (or `Z`)
 * is required, seconds may be left out, a fraction is cut to milliseconds. Undefined for anything else.
 * `fromIndex` and `toIndex` read a part of a longer text without cutting it out.
 */
export function parseInstant(text: string, fromIndex = 0, toIndex = text.length): number | undefined {
  if (toIndex - fromIndex < 17) return undefined;
  const year = digits(text, fromIndex, 4);
  const month = digits(text, fromIndex + 5, 2);
  const day = digits(text, fromIndex + 8, 2);
  const hour = digits(text, fromIndex + 11, 2);
  const minute = digits(text, fromIndex + 14, 2);
  // A missing digit makes the sum NaN, which no comparison accepts.
  if (!(year + month + day >= 0 && hour <= 23 && minute <= 59)) return undefined;
  if (
    text.charCodeAt(fromIndex + 4) !== HYPHEN ||
    text.charCodeAt(fromIndex + 7) !== HYPHEN ||
    text.charCodeAt(fromIndex + 10) !== LETTER_T ||
    text.charCodeAt(fromIndex + 13) !== COLON ||
    !isCivilDate(year, month, day)
  ) {
    return undefined;
  }
  let at = fromIndex + 16;
  let milliseconds = 0;
  if (text.charCodeAt(at) === COLON) {
    const second = digits(text, at + 1, 2);
    if (!(second <= 59)) return undefined;
    milliseconds = second * 1_000;
    at += 3;
    if (text.charCodeAt(at) === DOT) {
      const fractionFrom = ++at;
      for (let weight = 100; isDigit(text.charCodeAt(at)); at++, weight /= 10) {
        if (weight >= 1) milliseconds += (text.charCodeAt(at) - ZERO) * weight;
      }
      if (at === fractionFrom) return undefined;
    }
  }
  const sign = text.charCodeAt(at);
  let offsetMinutes = 0;
  if (sign === LETTER_Z) {
    if (at + 1 !== toIndex) return undefined;
  } else {
    if ((sign !== PLUS && sign !== HYPHEN) || at + 6 !== toIndex || text.charCodeAt(at + 3) !== COLON) return undefined;
    const offsetHour = digits(text, at + 1, 2);
    const offsetMinute = digits(text, at + 4, 2);
    if (!(offsetHour <= 23 && offsetMinute <= 59)) return undefined;
    offsetMinutes = (offsetHour * 60 + offsetMinute) * (sign === PLUS ? 1 : -1);
  }
  return epochDayOf(year, month, day) * DAY_MS + (hour * 60 + minute - offsetMinutes) * 60_000 + milliseconds;
}

const ZERO = 48;
const HYPHEN = 45;
const PLUS = 43;
const COLON = 58;
const DOT = 46;
const LETTER_T = 84;
const LETTER_Z = 90;

function isDigit(charCode: number): boolean {
  return charCode >= ZERO && charCode < ZERO + 10;
}

function digits(text: string, at: number, count: number): number {
  let value = 0;
  for (let index = at; index < at + count; index++) {
    const charCode = text.charCodeAt(index);
    if (!isDigit(charCode)) return NaN;
    value = value * 10 + charCode - ZERO;
  }
  return value;
}

const MINUTES_OF_DAY: readonly string[] = Array.from({ length: 1_440 }, (_, minute) =>
  `${Math.floor(minute / 60)}`.padStart(2, '0').concat(':', `${minute % 60}`.padStart(2, '0')),
);

/** A function that formats instants, quickest when consecutive ones share a date: the date's text is prepared once. */
export type InstantFormat = (epochMs: number) => string;

/** Formats in UTC with milliseconds, as `Date.prototype.toISOString` does: `2026-11-24T08:00:00.000Z`. */
export function utcFormat(): InstantFormat {
  let preparedDay = NaN;
  let prefix = '';
  return (epochMs) => {
    const day = Math.floor(epochMs / DAY_MS);
    if (day !== preparedDay) {
      preparedDay = day;
      prefix = `${formatLocalDate(day)}T`;
    }
    return `${prefix}${timeOfDay(epochMs - day * DAY_MS)}Z`;
  };
}

/**
 * Formats in a zone's local time with its offset and milliseconds: `2026-11-24T09:00:00.000+01:00`. Offsets of broken
 * minutes, which the tz database has before 1973, are written with seconds: `-00:44:30`.
 */
export function localFormat(zone: Zone): InstantFormat {
  let preparedDay = NaN;
  let prefix = '';
  let preparedOffsetMs = NaN;
  let times: string[] = [];
  return (epochMs) => {
    const offsetMs = offsetAt(zone, epochMs);
    if (offsetMs !== preparedOffsetMs) {
      preparedOffsetMs = offsetMs;
      times = timesAtOffset(offsetMs);
    }
    const localMs = epochMs + offsetMs;
    const day = Math.floor(localMs / DAY_MS);
    if (day !== preparedDay) {
      preparedDay = day;
      prefix = `${formatLocalDate(day)}T`;
    }
    const dayMs = localMs - day * DAY_MS;
    const minute = dayMs / 60_000;
    if (!Number.isInteger(minute)) return prefix + timeOfDay(dayMs) + formatOffset(offsetMs);
    return prefix + (times[minute] ??= timeOfDay(dayMs) + formatOffset(offsetMs));
  };
}

/** One instant in UTC with milliseconds. For many, make a {@link utcFormat} once. */
export function formatUtc(epochMs: number): string {
  return utcFormat()(epochMs);
}

const TIMES_AT_OFFSETS = new Map<number, string[]>();

/** Texts of full minutes with their offset, filled as they are needed: slots begin at the same few minutes every day. */
function timesAtOffset(offsetMs: number): string[] {
  let times = TIMES_AT_OFFSETS.get(offsetMs);
  if (times === undefined) TIMES_AT_OFFSETS.set(offsetMs, (times = new Array<string>(1_440)));
  return times;
}

function timeOfDay(dayMs: number): string {
  const minute = Math.floor(dayMs / 60_000);
  const rest = dayMs - minute * 60_000;
  const text = MINUTES_OF_DAY[minute] ?? '';
  if (rest === 0) return `${text}:00.000`;
  return `${text}:${`${Math.floor(rest / 1_000)}`.padStart(2, '0')}.${`${rest % 1_000}`.padStart(3, '0')}`;
}

function formatOffset(offsetMs: number): string {
  const seconds = Math.abs(offsetMs) / 1_000;
  const minute = Math.floor(seconds / 60);
  const rest = seconds - minute * 60;
  const text = `${offsetMs < 0 ? '-' : '+'}${MINUTES_OF_DAY[minute] ?? ''}`;
  return rest === 0 ? text : `${text}:${`${rest}`.padStart(2, '0')}`;
}
