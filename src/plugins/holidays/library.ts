import { EngineError } from '../../plugin.ts';
import { invalid, type ReadCalendar } from './options.ts';

/** A holiday as date-holidays tells it. */
export interface LibraryHoliday {
  /** `2026-12-24 14:00:00`, sometimes with an offset behind it. */
  readonly date: string;
  readonly start: Date;
  readonly end: Date;
}

/** The holidays of one place. */
export interface LibraryPlace {
  getHolidays(year: number): readonly LibraryHoliday[];
}

/** What is used of date-holidays. */
export interface HolidayLibrary {
  new (country: string, state?: string, region?: string, options?: { readonly types: string[] }): LibraryPlace;
  new (): {
    getCountries(): Readonly<Record<string, string>>;
    getStates(country: string): Readonly<Record<string, string>> | undefined;
    getRegions(country: string, state: string): Readonly<Record<string, string>> | undefined;
  };
}

/** Loads date-holidays, which only this plugin needs; DEPENDENCY_MISSING with the command that installs it. */
export const loadLibrary = (): Promise<HolidayLibrary> =>
  import('date-holidays').then(
    ({ default: library }) => library as unknown as HolidayLibrary,
    (cause: unknown) => {
      throw new EngineError(
        'DEPENDENCY_MISSING',
        'The package date-holidays is not installed: npm install date-holidays.',
        cause,
      );
    },
  );

/** Refuses places that the library does not know: for those it would have no holidays, and nobody would notice. */
export function placeOf(calendar: ReadCalendar, index: number, Library: HolidayLibrary): LibraryPlace {
  const { country, state, region, types } = calendar;
  const known = new Library();
  const has = (names: Readonly<Record<string, string>> | undefined, name: string): boolean =>
    names !== undefined && Object.hasOwn(names, name);
  if (!has(known.getCountries(), country)) throw invalid(`calendars[${index}].country`, 'one that date-holidays knows');
  if (state !== undefined && !has(known.getStates(country), state))
    throw invalid(`calendars[${index}].state`, `one of ${Object.keys(known.getStates(country) ?? {}).join(', ')}`);
  if (region !== undefined && (state === undefined || !has(known.getRegions(country, state), region)))
    throw invalid(`calendars[${index}].region`, 'a region of its state');
  return new Library(country, state, region, { types: [...types] });
}
