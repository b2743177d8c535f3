/**
 * Whether every database keeps the text as it is: one with half a surrogate pair comes back as another text, and some cannot
 * store U+0000. Two keys that become one in the store would be taken for each other.
 */
export const isStorableText = (text: string): boolean => text.isWellFormed() && !text.includes('\0');

/** What is wrong with a text that is not {@link isStorableText}. */
export const UNSTORABLE = 'must not hold U+0000 or half of a surrogate pair';
