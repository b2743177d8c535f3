import { refuse, type FieldError, type Refused } from '../refusals.ts';
import type { Page } from './door.ts';

const MAX_LIMIT = 200;

/** Whether a page may be so long. */
export const isLimit = (limit: number, most = MAX_LIMIT): boolean =>
  Number.isInteger(limit) && limit >= 1 && limit <= most;

/** Says how long a page may be. */
export const wrongLimit = (most = MAX_LIMIT): Refused<'INPUT_INVALID'> =>
  wrongField({ path: 'limit', message: `must be a whole number from 1 to ${most}` });

/** Says where a cursor comes from. */
export const wrongCursor = (): Refused<'INPUT_INVALID'> =>
  wrongField({ path: 'cursor', message: 'must be the next of an earlier page' });

/** Refuses what is wrong with one field. */
export const wrongField = (error: FieldError): Refused<'INPUT_INVALID'> => refuse('INPUT_INVALID', { errors: [error] });

/** A page of rows of which one more was read than was asked for: it tells whether there is a next one. */
export function pageOf<T>(rows: readonly T[], limit: number, cursorOf: (last: T) => string): Page<T> {
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, next: last === undefined ? null : cursorOf(last) };
}
