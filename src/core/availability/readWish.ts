import type { FieldError } from '../refusals.ts';
import type { WishInput } from './query.ts';
import type { Wish } from './wish.ts';

/** The most people one booking is for: a service has no more seats. */
const MAX_PARTY = 1000;

/** Judges who and what is asked for, and notes what is wrong about it. Whether there is any of it the catalog knows. */
export function readWish({ service, branch, resource, partySize }: WishInput, errors: FieldError[]): Wish {
  const wish = { service, branch, resource };
  if (partySize === undefined) return wish;
  if (!Number.isInteger(partySize) || partySize < 1 || partySize > MAX_PARTY)
    errors.push({ path: 'partySize', message: `must be a whole number from 1 to ${MAX_PARTY}` });
  return { ...wish, partySize };
}
