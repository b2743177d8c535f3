import {
  DAY_MS,
  EngineError,
  epochDayAt,
  instantOf,
  localMsAt,
  MINUTE_MS,
  parseLocalDate,
  weekdayOf,
  zoneNamed,
  type Schedule,
  type Weekday,
  type Window,
} from '../../../plugin.ts';
import { calendarText, utcText } from '../feed/line.ts';
import { localText, vtimezone } from './vtimezone.ts';

/** The hours of a schedule: what of it VAVAILABILITY can say. */
export type Hours = Pick<Schedule, 'weekly' | 'overrides' | 'validFrom' | 'validTo'>;

/** How a schedule is written. */
export interface ExportOptions {
  /** Names it for whoever reads it twice. */
  readonly uid: string;
  /** IANA zone of its wall clock. */
  readonly timeZone: string;
  /** Weekly windows are written from this date on, unless the schedule or an override begins earlier or later. */
  readonly nowMs: number;
}

/** The days of the week in the order of ISO 8601, as RFC 5545 writes them in capitals. */
export const WEEK: readonly Weekday[] = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'];

/**
 * A schedule as VAVAILABILITY (RFC 7953): what is not available in it is unavailable. Nothing is rounded.
 * Throws OPTION_INVALID for a zone that nobody knows.
 */
export function exportSchedule({ weekly, overrides, validFrom, validTo }: Hours, options: ExportOptions): string {
  const lookup = zoneNamed(options.timeZone);
  if (!lookup.ok) throw new EngineError('OPTION_INVALID', `timeZone must be an IANA zone, not ${options.timeZone}.`);
  const { zone } = lookup;
  const days = new Map(overrides.map(({ date, windows }) => [parseLocalDate(date) ?? NaN, windows]));
  const today = epochDayAt(localMsAt(zone, options.nowMs));
  const first = (validFrom === null ? undefined : parseLocalDate(validFrom)) ?? Math.min(today, ...days.keys());
  const last = validTo === null ? undefined : parseLocalDate(validTo);
  const until = last === undefined ? '' : `;UNTIL=${utcText(instantOf(zone, (last + 1) * DAY_MS) - 1_000)}`;
  const at = `TZID=${options.timeZone}`;
  let count = 0;
  const available = (day: number, window: Window, more: readonly string[]): readonly string[] => {
    const [from, to] = [minuteOf(window.from), minuteOf(window.to)];
    const end = to <= from ? to + 1_440 : to;
    return [
      'BEGIN:AVAILABLE',
      `UID:${options.uid}-${++count}`,
      `DTSTAMP:${utcText(options.nowMs)}`,
      `DTSTART;${at}:${localText(day * DAY_MS + from * MINUTE_MS)}`,
      `DTEND;${at}:${localText(day * DAY_MS + end * MINUTE_MS)}`,
      ...more,
      'END:AVAILABLE',
    ];
  };
  const lines = weekly.flatMap((window) => {
    const ofWindow = (day: number): boolean => window.days.includes(WEEK[weekdayOf(day)] ?? 'mo');
    const start = [0, 1, 2, 3, 4, 5, 6].map((ahead) => first + ahead).find(ofWindow);
    if (start === undefined || (last !== undefined && start > last)) return [];
    const closed = [...days.keys()].filter((day) => ofWindow(day) && day >= start && day <= (last ?? Infinity));
    const byDay = window.days.map((day) => day.toUpperCase()).join(',');
    return available(start, window, [
      `RRULE:FREQ=WEEKLY;BYDAY=${byDay}${until}`,
      ...closed.map((day) => `EXDATE;${at}:${localText(day * DAY_MS + minuteOf(window.from) * MINUTE_MS)}`),
    ]);
  });
  const single = [...days].flatMap(([day, windows]) => windows.flatMap((window) => available(day, window, [])));
  return calendarText([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//askpro//schedules//EN',
    ...vtimezone(zone, first * DAY_MS),
    'BEGIN:VAVAILABILITY',
    `UID:${options.uid}`,
    `DTSTAMP:${utcText(options.nowMs)}`,
    'BUSYTYPE:BUSY-UNAVAILABLE',
    ...lines,
    ...single,
    'END:VAVAILABILITY',
    'END:VCALENDAR',
  ]);
}

/** `HH:MM` as minutes of the day. */
const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
