import { change, rows } from './program.ts';
import type { Program, Row } from './program.ts';

/** How many rows or ranges one statement is about: one text is prepared for one of them, and one for so many. */
const together = 32;

/** A statement about one thing, and the same about many of which each is sought for by itself along an index. */
export interface ForMany {
  readonly one: string;
  readonly many: string;
}

/** A change of rows. @param condition - on the columns of a key from its first on, with a `?` for each value */
export function changesOf(statement: string, condition: string): ForMany {
  const many = Array.from({ length: together }, () => `(${condition})`).join(' OR ');
  return { one: `${statement} WHERE ${condition}`, many: `${statement} WHERE ${many}` };
}

/** A reading of rows. Its parts stand side by side, because of an OR a planner would make more than it is. */
export function readingOf(select: string, condition: string): ForMany {
  const one = `${select} WHERE ${condition}`;
  return { one, many: Array.from({ length: together }, () => one).join(' UNION ALL ') };
}

/** The condition that names a row by its key. */
export const isKey = (columns: readonly string[]): string => columns.map((column) => `${column} = ?`).join(' AND ');

function* inTurns({ one, many }: ForMany, keys: readonly Row[]): Generator<readonly [sql: string, values: Row]> {
  for (let from = 0; from < keys.length; from += together) {
    const some = keys.slice(from, from + together);
    const last = some.at(-1) ?? [];
    // Filled up with the last one again, so that every number of rows has the same text.
    if (some.length === 1) yield [one, last];
    else yield [many, Array.from({ length: together }, (_, nth) => some[nth] ?? last).flat()];
  }
}

/** Changes by few statements; how many rows there were. @param keys - the values of each condition */
export function* changeMany(statement: ForMany, keys: readonly Row[]): Program<number> {
  let changed = 0;
  for (const [sql, values] of inTurns(statement, keys)) changed += yield* change(sql, values);
  return changed;
}

/** Reads by few statements; rows may come twice. @param keys - the values of each condition */
export function* rowsOfMany(statement: ForMany, keys: readonly Row[]): Program<readonly Row[]> {
  const found: Row[] = [];
  for (const [sql, values] of inTurns(statement, keys)) found.push(...(yield* rows(sql, values)));
  return found;
}
