import type { Wish } from '../wish.ts';
import { describe, readFields, refuse, within, type Reading } from './fields.ts';
import { NUMBERS } from './maxima.ts';
import { readInstant } from './moments.ts';
import { readWish } from './parseWish.ts';
import { readWhole } from './values.ts';

/** The fields of `ask`. */
export const ASK_FIELDS = [
  'next',
  'firstOfDay',
  'countPerDay',
  'check',
  'explain',
  'alternatives',
  'wish',
  'count',
] as const;

const QUESTIONS = ASK_FIELDS.filter((name) => name !== 'count');
const DEFAULT_COUNTS = { alternatives: 3, wish: 10 } as const;

/** What a case asks. */
export type Ask =
  | { readonly what: 'next'; readonly count: number }
  | { readonly what: 'firstOfDay' | 'countPerDay' }
  | { readonly what: 'check' | 'explain'; readonly startMs: number }
  | { readonly what: 'alternatives'; readonly startMs: number; readonly count: number }
  | { readonly what: 'wish'; readonly wish: Wish; readonly count: number };

/** Reads what is asked; undefined when it is absent, which asks for all starts. */
export function readAsk(reading: Reading, value: unknown): Ask | undefined {
  if (value === undefined) return undefined;
  const fields = readFields(reading, value, 'ask', ASK_FIELDS);
  if (fields === undefined) return undefined;
  const given = QUESTIONS.filter((name) => fields.has(name));
  const [what] = given;
  if (what === undefined || given.length > 1) {
    return refuse(reading, 'ask', `must have exactly one of ${QUESTIONS.join(', ')}`);
  }
  const content = fields.get(what);
  const path = within('ask', what);
  const counts = what === 'alternatives' || what === 'wish';
  if (fields.has('count') && !counts) refuse(reading, 'ask.count', 'is only for alternatives and wish');
  switch (what) {
    case 'next': {
      const count = readWhole(reading, content, path, NUMBERS.next);
      return count === undefined ? undefined : { what, count };
    }
    case 'firstOfDay':
    case 'countPerDay':
      return content === true ? { what } : refuse(reading, path, `must be true, not ${describe(content)}`);
    case 'check':
    case 'explain': {
      const startMs = readInstant(reading, content, path);
      return startMs === undefined ? undefined : { what, startMs };
    }
    case 'alternatives': {
      const startMs = readInstant(reading, content, path);
      const count = readCount(reading, fields, what);
      return startMs === undefined || count === undefined ? undefined : { what, startMs, count };
    }
    case 'wish': {
      const wish = readWish(reading, content, path);
      const count = readCount(reading, fields, what);
      return wish === undefined || count === undefined ? undefined : { what, wish, count };
    }
  }
}

function readCount(
  reading: Reading,
  fields: ReadonlyMap<string, unknown>,
  what: keyof typeof DEFAULT_COUNTS,
): number | undefined {
  const bounds = { ...NUMBERS.count, fallback: DEFAULT_COUNTS[what] };
  return readWhole(reading, fields.get('count'), 'ask.count', bounds);
}
