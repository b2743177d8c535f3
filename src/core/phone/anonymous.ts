const markers = new Set([
  '',
  'anonymous',
  'unknown',
  'blocked',
  'private',
  'withheld',
  'unavailable',
  'restricted',
  'asserted-id',
]);

/** Numbers that carriers put in for callers without one: the markers above, spelled on a telephone keypad. */
const keypad = new Set(['+266696687', '+7378742833', '+2562533', '+8566696', '+86282452253']);

/** Whether a caller's number is one of the ways to say that there is none (also RFC 3323: `anonymous.invalid`). */
export function isAnonymous(from: string | undefined | null): boolean {
  if (from === undefined || from === null) return true;
  const text = from.trim().toLowerCase();
  if (keypad.has(text)) return true;
  const user = text.replace(/^(?:tel|sips?):/, '').replace(/@.*$/s, '');
  return markers.has(user) || text.endsWith('anonymous.invalid');
}
