/**
 * What is told of personal data where somebody looks for a cause: enough to tell two apart, too little to know who it was.
 * Anything that is not known to be harmless is told by its length alone.
 */

const PHONE_TAIL = 2;

/** `…67`: the last two digits of a phone number. */
export const maskPhone = (phone: string): string => {
  const digits = phone.replace(/\D/g, '');
  return digits.length > 2 * PHONE_TAIL ? `…${digits.slice(-PHONE_TAIL)}` : '…';
};

/** `E. M.`: the initials of a name, at most four. */
export const maskName = (name: string): string =>
  name
    .trim()
    .split(/[\s-]+/u)
    .filter((part) => part !== '')
    .slice(0, 4)
    .map((part) => `${[...part][0] ?? ''}.`)
    .join(' ');

/** `e…@….org`: the first letter of an e-mail address and the end of its domain, which may be somebody's own name. */
export const maskEmail = (email: string): string => {
  const end = /^[^\s@]+@[^\s@]+\.([a-z]{2,10})$/i.exec(email)?.[1];
  return end === undefined ? maskText(email) : `${[...email][0] ?? ''}…@….${end}`;
};

/** `12 characters`: how long a text is, and nothing of what it says. */
export const maskText = (text: string): string => `${[...text].length} characters`;

/** A word of a protocol as it is, `agent_hangup`; anything longer or livelier is masked. */
export const maskWord = (word: string): string => (/^[a-z][a-z0-9_.-]{0,39}$/.test(word) ? word : maskText(word));

/** A value that can be told. */
export type Told = null | boolean | number | string;

/** Fields that hold a date or a time; in a free text or elsewhere a date may be that of a birth. */
const TIMES = /^(?!.*birth).*(?:date|time|when|from|to|start|end|until)$/i;
/** Dates and times, local or not; no phone number has their form. */
const MOMENT =
  /^(?:\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})?)?|\d{1,2}:\d{2})$/;

/**
 * Arguments as they can be told: numbers below a million, yes and no as they are; fields that are named like a date or
 * a time, a phone number, an e-mail address or a name by those rules; every other text by its length.
 * @param words - names of fields that hold one of a few fixed words, never what somebody said
 */
export function maskFields(
  fields: Readonly<Record<string, unknown>>,
  words: readonly string[] = [],
): Readonly<Record<string, Told>> {
  const told: Record<string, Told> = {};
  for (const [name, value] of Object.entries(fields).slice(0, MOST_FIELDS))
    if (value !== undefined) told[/^\w{1,40}$/.test(name) ? name : maskText(name)] = maskValue(name, value, words);
  return told;
}

const MOST_FIELDS = 30;

function maskValue(name: string, value: unknown, words: readonly string[]): Told {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Math.abs(value) < 1_000_000 ? value : maskPhone(String(value));
  if (typeof value !== 'string') return Array.isArray(value) ? `${value.length} values` : 'an object';
  if (words.includes(name)) return maskWord(value);
  if (/phone|number/i.test(name)) return maskPhone(value);
  if (/mail/i.test(name)) return maskEmail(value);
  if (/name|staff/i.test(name)) return maskName(value);
  return TIMES.test(name) && MOMENT.test(value) ? value : maskText(value);
}
