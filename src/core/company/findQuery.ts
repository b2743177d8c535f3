import type { Search } from '../availability/search.ts';
import { readInstant, type FindQuery } from '../availability/query.ts';
import { readWish } from '../availability/readWish.ts';
import type { Reading } from '../slots/case/fields.ts';
import { readWish as readLiking } from '../slots/case/parseWish.ts';
import { refuse, type FieldError, type Refused } from '../refusals.ts';

/** The widest range of one question. */
const MAX_RANGE_DAYS = 62;
/** The most slots of one answer. */
const MAX_COUNT = 2000;

const DAY_MS = 86_400_000;

/** Judges the fields of a question and fills in what is left out. */
export function readFindQuery(
  query: FindQuery,
  nowMs: number,
): { readonly ok: true; readonly search: Search } | Refused<'INPUT_INVALID'> {
  const errors: FieldError[] = [];
  const instant = (field: 'from' | 'to'): number | undefined => {
    const input = query[field];
    if (input === undefined) return undefined;
    const ms = readInstant(input, field);
    if (typeof ms === 'number') return ms;
    errors.push(ms);
    return undefined;
  };
  const fromMs = instant('from') ?? nowMs;
  const toMs = instant('to');
  const { count } = query;
  if (query.to === undefined && count === undefined && query.wish === undefined)
    errors.push({ path: 'to', message: 'must be given, or else count' });
  if (count !== undefined && !(Number.isInteger(count) && count >= 1 && count <= MAX_COUNT))
    errors.push({ path: 'count', message: `must be a whole number from 1 to ${MAX_COUNT}` });
  if (toMs !== undefined && toMs <= fromMs) errors.push({ path: 'to', message: 'must be after from' });
  if (toMs !== undefined && toMs - fromMs > MAX_RANGE_DAYS * DAY_MS)
    errors.push({ path: 'to', message: `must be at most ${MAX_RANGE_DAYS} days after from` });
  const wish = readWish(query, errors);
  const reading: Reading = { errors: [] };
  const like = readLiking(reading, query.wish, 'wish');
  errors.push(...reading.errors);
  if (errors.length > 0) return refuse('INPUT_INVALID', { errors });
  const search = { wish, fromMs, toMs, count };
  if (like === undefined) return { ok: true, search };
  const { resources = [] } = like;
  const liked = resources.length === 0 ? wish : { ...wish, prefer: [...resources, ...(wish.prefer ?? [])] };
  return { ok: true, search: { ...search, wish: liked, like } };
}
