import type { IndexSpec } from './schema.ts';

/** A table whose rows are kept apart by the year of their ids: UUIDv7 begins with the moment at which it was made. */
export interface YearTable {
  readonly name: string;
  readonly primaryKey: readonly string[];
  /** All indexes beside the key. */
  readonly indexes: readonly IndexSpec[];
}

/** How a dialect keeps years apart. */
export interface YearDialect {
  /** Statements that split a table: what is earlier than a year, each year up to another one, and whatever is later. */
  split(table: YearTable, firstYear: number, lastYear: number): readonly string[];
  /** Statements that put it together again. */
  join(table: YearTable): readonly string[];
  /** Selects the parts of a table with their `name` and about how many rows they have as `estimate`, in their order. */
  list(table: string): string;
  /** Statements that give a year a part of its own, which takes over rows that are there already. */
  add(table: string, year: number): readonly string[];
}

/** The part of what came before the first year. */
export const EARLIER = 'earlier';
/** The part of what comes after the last year. */
export const LATER = 'later';

/** The name of a year's part. */
export const partOf = (year: number): string => `y${year}`;

/** The year of such a part; null for the parts before and after all years. */
export const yearOf = (part: string): number | null => (/^y\d{4}$/.test(part) ? Number(part.slice(1)) : null);

/** The least id of a year, as 32 hexadecimal digits. */
export const firstIdOf = (year: number): string => Date.UTC(year, 0, 1).toString(16).padStart(12, '0').padEnd(32, '0');

/** Years from one up to another. */
export const yearsFrom = (first: number, last: number): readonly number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
