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
