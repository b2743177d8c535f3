import type { FieldError } from '../refusals.ts';
import type { WishInput } from './query.ts';
import type { Wish } from './wish.ts';

/** The most people one booking is for: a service has no more seats. */
const MAX_PARTY = 1000;

/** The most who can be preferred. */
const MAX_PREFERRED = 50;

/** Judges who and what is asked for, and notes what is wrong about it. Whether there is any of it the catalog knows. */
export function readWish({ service, branch, resource, partySize, prefer }: WishInput, errors: FieldError[]): Wish {
  const wish = { service, branch, resource };
  if (partySize === undefined && prefer === undefined) return wish;
  if (partySize !== undefined && !(Number.isInteger(partySize) && partySize >= 1 && partySize <= MAX_PARTY))
    errors.push({ path: 'partySize', message: `must be a whole number from 1 to ${MAX_PARTY}` });
  if (prefer !== undefined && !isListOfNames(prefer))
    errors.push({ path: 'prefer', message: `must be a list of 1 to ${MAX_PREFERRED} keys or ids` });
  return { ...wish, partySize, prefer };
}

// A program without types may pass anything.
const isListOfNames = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length >= 1 &&
  value.length <= MAX_PREFERRED &&
  value.every((each) => typeof each === 'string');
