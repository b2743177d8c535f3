import { EngineError, parseLocalDate } from '../../plugin.ts';

const TYPES = ['public', 'bank', 'school', 'optional', 'observance'] as const;

/** What kind of holiday it is, in the words of date-holidays. */
export type HolidayType = (typeof TYPES)[number];

/** Whose holidays are kept, and which. Of several that fit a resource its own counts, then that of its branch. */
export interface HolidayCalendar {
  /** Key of the company. */
  readonly company: string;
  /** Key of a branch; left out: all. */
  readonly branch?: string;
  /** Key of a resource; left out: all. */
  readonly resource?: string;
  /** ISO 3166-1 alpha-2: `DE`. */
  readonly country: string;
  /** As date-holidays names it, mostly by ISO 3166-2 without the country: `BE`. */
  readonly state?: string;
  /** A part of the state: `A` for Augsburg in `BY`. */
  readonly region?: string;
  /** Left out: `public` alone. */
  readonly types?: readonly HolidayType[];
  /** Local dates, `YYYY-MM-DD`, that stay open although they are holidays. */
  readonly open?: readonly string[];
  /** Further local dates that are closed; they are closed even where `open` names them. */
  readonly closed?: readonly string[];
}

/** Options of {@link holidays}. */
export interface HolidayOptions {
  readonly calendars: readonly HolidayCalendar[];
}

/** A calendar with its dates read: days since 1970-01-01. */
export interface ReadCalendar extends HolidayCalendar {
  readonly types: readonly HolidayType[];
  readonly openDays: ReadonlySet<number>;
  readonly closedDays: ReadonlySet<number>;
}

/** The fault of an option; the message names the field. */
export const invalid = (field: string, must: string): EngineError =>
  new EngineError('OPTION_INVALID', `Option ${field} of holidays() must be ${must}.`);

/** Fills in and checks the options; throws OPTION_INVALID that names the field. */
export function readOptions({ calendars }: HolidayOptions): readonly ReadCalendar[] {
  if (!Array.isArray(calendars)) throw invalid('calendars', 'a list');
  const read = (calendars as readonly HolidayCalendar[]).map((calendar, index): ReadCalendar => {
    const path = `calendars[${index}]`;
    const { company, country, types = ['public'], open = [], closed = [] } = calendar;
    if (typeof company !== 'string' || company === '') throw invalid(`${path}.company`, 'the key of a company');
    if (!/^[A-Z]{2}$/.test(country)) throw invalid(`${path}.country`, 'two capital letters like DE');
    if (!types.every((type) => TYPES.includes(type))) throw invalid(`${path}.types`, `of ${TYPES.join(', ')}`);
    const days = (field: string, dates: readonly string[]): ReadonlySet<number> =>
      new Set(
        dates.map((date, at) => {
          const day = parseLocalDate(date);
          if (day === undefined) throw invalid(`${path}.${field}[${at}]`, 'a date like 2026-12-24');
          return day;
        }),
      );
    return { ...calendar, types, openDays: days('open', open), closedDays: days('closed', closed) };
  });
  for (const [index, calendar] of read.entries()) {
    const twin = read.findIndex(
      ({ company, branch, resource }) =>
        company === calendar.company && branch === calendar.branch && resource === calendar.resource,
    );
    if (twin !== index) throw invalid(`calendars[${index}]`, `for someone else than calendars[${twin}]`);
  }
  return read;
}
