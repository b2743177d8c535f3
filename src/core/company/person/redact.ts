/** Fields that say something of a person, whatever they hold. */
const PERSONAL = new Set([
  ...['name', 'phone', 'email', 'locale', 'customerId', 'notes', 'note', 'reason', 'preferred', 'preferredMs'],
  ...['resolution', 'transcript', 'summary', 'outcome'],
]);

/**
 * What is left of the payload of an event that tells of a person: ids, times and what was booked. Texts about him become
 * null, metadata empty, and any other text that has one of the words of his in it null as well.
 * @param words - his id, number and e-mail address
 */
export function redacting(words: readonly string[]): (payload: unknown) => unknown {
  const redact = (value: unknown): unknown => {
    if (typeof value === 'string') return words.some((word) => value.includes(word)) ? null : value;
    if (Array.isArray(value)) return value.map(redact);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, field]) => [
        name,
        PERSONAL.has(name) ? null : name === 'metadata' ? {} : redact(field),
      ]),
    );
  };
  return redact;
}
