import { DAY_MS, epochDayAt, parseInstant } from '../../plugin.ts';
import type { LibraryHoliday, LibraryPlace } from './library.ts';
import type { ReadCalendar } from './options.ts';

/** Closed time by the wall clock, in milliseconds since 1970-01-01T00:00 of that clock. */
export interface Closure {
  readonly from: number;
  readonly to: number;
}

/** No clock change is longer. */
const CHANGE_MS = 2 * 3_600_000;

/** The closed time of a calendar by year. Each year is worked out once. */
export class Closures {
  readonly #calendar: ReadCalendar;
  readonly #place: LibraryPlace;
  readonly #years = new Map<number, readonly Closure[]>();

  constructor(calendar: ReadCalendar, place: LibraryPlace) {
    this.#calendar = calendar;
    this.#place = place;
  }

  /** All that begins in a year, in no order. */
  of(year: number): readonly Closure[] {
    let closures = this.#years.get(year);
    if (closures === undefined) {
      const { openDays, closedDays } = this.#calendar;
      const holidays = this.#place.getHolidays(year).flatMap(closuresOf);
      const own = [...closedDays].map(wholeDay).filter(({ from }) => new Date(from).getUTCFullYear() === year);
      closures = [...holidays.filter(({ from }) => !openDays.has(epochDayAt(from))), ...own];
      this.#years.set(year, closures);
    }
    return closures;
  }
}

const wholeDay = (day: number): Closure => ({ from: day * DAY_MS, to: (day + 1) * DAY_MS });

/** A holiday by its local dates, each of them by itself; one that begins or ends during a day keeps its hours. */
function closuresOf({ date, start, end }: LibraryHoliday): readonly Closure[] {
  const from = parseInstant(`${date.slice(0, 19).replace(' ', 'T')}Z`);
  if (from === undefined) return [];
  const lengthMs = end.getTime() - start.getTime();
  const days = Math.round(lengthMs / DAY_MS);
  const isWhole = from % DAY_MS === 0 && days > 0 && Math.abs(lengthMs - days * DAY_MS) <= CHANGE_MS;
  if (!isWhole) return [{ from, to: from + lengthMs }];
  return Array.from({ length: days }, (_, index) => wholeDay(from / DAY_MS + index));
}
