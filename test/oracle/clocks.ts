import { Temporal } from 'temporal-polyfill';

export const MINUTE_MS = 60_000;
export const HOUR_MINUTES = 60;
export const DAY_MINUTES = 1440;
const DAY_MS = DAY_MINUTES * MINUTE_MS;
/** The years between which the clocks are known. */
const FIRST_YEAR = 2005;
const LAST_YEAR = 2036;
/** A clock that does not change this near to a time shows that time once. */
const NEAR_MINUTES = 3 * DAY_MINUTES;

/** The epoch milliseconds of an ISO 8601 instant with an offset. */
export function epochMs(iso: string): number {
  return known(knownInstants, iso, Date.parse);
}

const knownInstants = new Map<string, number>();

/** An instant as answers print it: in UTC, with milliseconds. */
export function isoAt(ms: number): string {
  return known(knownTexts, ms, (each) => new Date(each).toISOString());
}

const knownTexts = new Map<number, string>();
/** Questions of one case come back to the same instants; those of another case have others. */
const REMEMBERED = 5000;

function known<K, V>(answers: Map<K, V>, asked: K, answer: (asked: K) => V): V {
  const found = answers.get(asked);
  if (found !== undefined) return found;
  if (answers.size >= REMEMBERED) answers.clear();
  const made = answer(asked);
  answers.set(asked, made);
  return made;
}

/** The days from 1970-01-01 to a date `YYYY-MM-DD`. */
export function dayOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

/** The date `YYYY-MM-DD` so many days after 1970-01-01. */
export function dateOf(day: number): string {
  return known(knownDates, day, (each) => isoAt(each * DAY_MS).slice(0, 10));
}

const knownDates = new Map<number, string>();

/** The place of a day in its week: Monday is 0. */
export function weekdayOf(day: number): number {
  return modulo(day + 3, 7);
}

/** The number of the week, Monday to Sunday, in which a day lies. */
export function weekOf(day: number): number {
  return Math.floor((day + 3) / 7);
}

/** The minutes of `HH:MM`. */
export function clockMinute(clock: string): number {
  const [hour, minute] = clock.split(':');
  return Number(hour) * HOUR_MINUTES + Number(minute);
}

/** The local date of an instant, as days since 1970-01-01. */
export function localDay(ms: number, zone: string): number {
  return Math.floor(localMs(ms, zone) / DAY_MS);
}

/** The wall clock of the zone at an instant, as milliseconds since its midnight. */
export function localTimeMs(ms: number, zone: string): number {
  return modulo(localMs(ms, zone), DAY_MS);
}

/** The wall clock of the zone at a whole minute, as minutes since 1970-01-01T00:00 on that clock. */
export function wallMinuteAt(minute: number, zone: string): number {
  return minute + offsetMinutes(zone, minute);
}

/**
 * The instant, in minutes since the epoch, at which the zone's clock shows so many minutes after the midnight of a day:
 * Temporal's `compatible` where the clock changes, plain subtraction where it does not.
 */
export function instantMinute(day: number, minutes: number, zone: string): number {
  const wall = day * DAY_MINUTES + minutes;
  const ofZone = knownMinutes.get(zone) ?? new Map<number, number>();
  knownMinutes.set(zone, ofZone);
  return known(ofZone, wall, (each) => minuteOfWall(each, zone));
}

/** The answers of `instantMinute`, by zone and minute of its clock. */
const knownMinutes = new Map<string, Map<number, number>>();

function minuteOfWall(wall: number, zone: string): number {
  if (!periodsOf(zone).some(({ from }) => Math.abs(from - wall) < NEAR_MINUTES))
    return wall - offsetMinutes(zone, wall);
  const local = Temporal.PlainDateTime.from(isoAt(wall * MINUTE_MS).slice(0, 16));
  return local.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds / MINUTE_MS;
}

/** The first minute of a local date. */
export function startOfDay(day: number, zone: string): number {
  return instantMinute(day, 0, zone);
}

export function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}

function localMs(ms: number, zone: string): number {
  return ms + offsetMinutes(zone, Math.floor(ms / MINUTE_MS)) * MINUTE_MS;
}

/** The period that was asked for last, by zone: the next minute asked for mostly lies in it too. */
const lastAsked = new Map<string, Period>();

function offsetMinutes(zone: string, minute: number): number {
  const last = lastAsked.get(zone);
  if (last !== undefined && last.from <= minute && minute < last.until) return last.offset;
  const period = periodsOf(zone).find(({ from, until }) => from <= minute && minute < until);
  if (period === undefined) throw new RangeError(`No clock of ${zone} at minute ${minute}`);
  lastAsked.set(zone, period);
  return period.offset;
}

/** From when until when, in minutes since the epoch, the zone is how many minutes ahead of UTC. */
interface Period {
  readonly from: number;
  readonly until: number;
  readonly offset: number;
}

const knownPeriods = new Map<string, readonly Period[]>();

/** The periods between the changes of a zone's clock. Asking Temporal for every minute is too slow: it is asked once for all. */
export function periodsOf(zone: string): readonly Period[] {
  const found = knownPeriods.get(zone);
  if (found !== undefined) return found;
  const periods: Period[] = [];
  let from = Number.NEGATIVE_INFINITY;
  let moment = Temporal.Instant.from(`${FIRST_YEAR}-01-01T00:00:00Z`).toZonedDateTimeISO(zone);
  for (;;) {
    const next = moment.getTimeZoneTransition('next');
    const isLast = next === null || next.year > LAST_YEAR;
    const until = isLast ? Number.POSITIVE_INFINITY : next.epochMilliseconds / MINUTE_MS;
    periods.push({ from, until, offset: moment.offsetNanoseconds / (MINUTE_MS * 1_000_000) });
    if (isLast) break;
    from = until;
    moment = next;
  }
  knownPeriods.set(zone, periods);
  return periods;
}
