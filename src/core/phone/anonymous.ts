import { addressOf } from './address.ts';

/** Words that carriers and providers send in place of a withheld number. */
export const anonymousMarkers = [
  'anonymous',
  'unknown',
  'blocked',
  'private',
  'withheld',
  'unavailable',
  'restricted',
  'asserted-id',
] as const;

const letters = 'abc def ghi jkl mno pqrs tuv wxyz'.split(' ');

/** A word as it is dialled: `anonymous` is 266696687. */
const keypadOf = (word: string): string =>
  word.replaceAll(/[a-z]/g, (letter) => String(letters.findIndex((key) => key.includes(letter)) + 2));

// Some carriers send the word on the keypad as if it were a number; one of them is known to misspell UNKNOWN.
const keypad = [...anonymousMarkers.filter((word) => !word.includes('-')).map(keypadOf), '8566696'];
const markers: ReadonlySet<string> = new Set(['', ...anonymousMarkers, ...keypad, ...keypad.map((word) => `+${word}`)]);

/**
 * Whether a caller's number is one of the ways to say that there is none: a marker in any case, as the user of a tel or SIP
 * address, or spelled on a telephone keypad, or the host `anonymous.invalid` (RFC 3323).
 */
export function isAnonymous(from: string | undefined | null): boolean {
  if (from === undefined || from === null) return true;
  const { user, host } = addressOf(from);
  return markers.has(user.toLowerCase()) || host === 'anonymous.invalid';
}
