/** Milliseconds of one civil day of 24 hours. */
export const DAY_MS = 86_400_000;

/** Milliseconds of one minute. */
export const MINUTE_MS = 60_000;

/** Days of the week in the order of ISO 8601; the position is the number {@link weekdayOf} answers. */
export const WEEKDAYS = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'] as const;

/** A day of the week, as RFC 5545 abbreviates it, in lower case. */
export type Weekday = (typeof WEEKDAYS)[number];

/**
 * A date of the Gregorian calendar as the number of days since 1970-01-01 (negative before it). It belongs to no
 * zone: it is what a wall calendar shows.
 */
export type EpochDay = number;

const DAYS_PER_400_YEARS = 146_097;
const DAYS_FROM_0000_MARCH_TO_1970 = 719_468;

/** The number of days from 1970-01-01 to a civil date. `month` counts from 1; the date must exist. */
export function epochDayOf(year: number, month: number, day: number): EpochDay {
  // Years are taken to begin in March, so that the leap day is the last one of its year.
  const shiftedYear = month > 2 ? year : year - 1;
  const cycle = Math.floor(shiftedYear / 400);
  const yearOfCycle = shiftedYear - cycle * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfCycle = yearOfCycle * 365 + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100) + dayOfYear;
  return cycle * DAYS_PER_400_YEARS + dayOfCycle - DAYS_FROM_0000_MARCH_TO_1970;
}

/** Year, month (from 1) and day of an epoch day. */
export function civilOf(epochDay: EpochDay): { readonly year: number; readonly month: number; readonly day: number } {
  const shifted = epochDay + DAYS_FROM_0000_MARCH_TO_1970;
  const cycle = Math.floor(shifted / DAYS_PER_400_YEARS);
  const dayOfCycle = shifted - cycle * DAYS_PER_400_YEARS;
  const yearOfCycle = Math.floor(
    (dayOfCycle -
      Math.floor(dayOfCycle / 1_460) +
      Math.floor(dayOfCycle / 36_524) -
      Math.floor(dayOfCycle / (DAYS_PER_400_YEARS - 1))) /
      365,
  );
  const dayOfYear = dayOfCycle - (365 * yearOfCycle + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return { year: yearOfCycle + cycle * 400 + (month <= 2 ? 1 : 0), month, day };
}

/** The day of the week of an epoch day: 0 is Monday, 6 is Sunday. */
export function weekdayOf(epochDay: EpochDay): number {
  // 1970-01-01 was a Thursday.
  return (((epochDay + 3) % 7) + 7) % 7;
}

/** The epoch day on which a local time, given as milliseconds since 1970-01-01T00:00 of the same wall clock, falls. */
export function epochDayAt(localMs: number): EpochDay {
  return Math.floor(localMs / DAY_MS);
}

/** Whether a civil date exists: 2026-02-30 does not. */
export function isCivilDate(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1 || day > 31) return false;
  if (day <= 28) return true;
  if (month !== 2) return day <= 30 || (month + (month >> 3)) % 2 === 1;
  return day === 29 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

const pad2 = (value: number): string => (value < 10 ? `0${value}` : `${value}`);

/** `2026-11-24`. Years outside 0–9999 are written as ISO 8601 expands them (`+012026-11-24`). */
export function formatLocalDate(epochDay: EpochDay): string {
  const { year, month, day } = civilOf(epochDay);
  const yearText =
    year >= 0 && year <= 9_999
      ? `${year}`.padStart(4, '0')
      : `${year < 0 ? '-' : '+'}${`${Math.abs(year)}`.padStart(6, '0')}`;
  return `${yearText}-${pad2(month)}-${pad2(day)}`;
}

/** Reads `YYYY-MM-DD`; undefined when the text has another form or the date does not exist. */
export function parseLocalDate(text: string): EpochDay | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return isCivilDate(year, month, day) ? epochDayOf(year, month, day) : undefined;
}
