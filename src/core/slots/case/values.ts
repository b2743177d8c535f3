import { describe, readList, refuse, type Reading } from './fields.ts';
import { LONGEST_TEXT } from './maxima.ts';

/** The least and the greatest that a number may be. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** A whole number within limits; `fallback` when it is absent, which without one is refused. */
export function readWhole(
  reading: Reading,
  value: unknown,
  path: string,
  limits: Bounds & { readonly fallback?: number },
): number | undefined {
  if (value === undefined) return limits.fallback ?? refuse(reading, path, 'is required');
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    return refuse(reading, path, `must be a whole number, not ${describe(value)}`);
  }
  if (value < limits.least) return refuse(reading, path, `must be at least ${limits.least}, not ${value}`);
  if (value > limits.most) return refuse(reading, path, `must be at most ${limits.most}, not ${value}`);
  return value;
}

/** A share: any number above 0. */
export function readShare(reading: Reading, value: unknown, path: string, most: number): number | undefined {
  if (typeof value !== 'number' || Number.isNaN(value)) {
    return refuse(reading, path, `must be a number, not ${describe(value)}`);
  }
  if (value <= 0) return refuse(reading, path, `must be more than 0, not ${value}`);
  return value > most ? refuse(reading, path, `must be at most ${most}, not ${value}`) : value;
}

/** A text of 1 to 200 characters. */
export function readText(reading: Reading, value: unknown, path: string): string | undefined {
  if (value === undefined) return refuse(reading, path, 'is required');
  if (typeof value !== 'string') return refuse(reading, path, `must be a string, not ${describe(value)}`);
  if (value.length > 0 && value.length <= LONGEST_TEXT) return value;
  return refuse(reading, path, `must have 1 to ${LONGEST_TEXT} characters`);
}

/** A list of texts; undefined when it is absent. */
export function readTexts(
  reading: Reading,
  value: unknown,
  path: string,
  limits: { readonly least?: number; readonly most: number },
): readonly string[] | undefined {
  if (value === undefined) return undefined;
  const list = readList(reading, value, path, limits);
  return list.flatMap((entry, index) => readText(reading, entry, `${path}[${index}]`) ?? []);
}

/** One of some words; undefined when it is absent. */
export function readChoice<T extends string>(
  reading: Reading,
  value: unknown,
  path: string,
  choices: readonly T[],
): T | undefined {
  if (value === undefined) return undefined;
  const chosen = choices.find((choice) => choice === value);
  return chosen ?? refuse(reading, path, `must be one of ${choices.join(', ')}, not ${describe(value)}`);
}

/** True or false; undefined when it is absent. */
export function readFlag(reading: Reading, value: unknown, path: string): boolean | undefined {
  if (value === undefined || typeof value === 'boolean') return value;
  return refuse(reading, path, `must be true or false, not ${describe(value)}`);
}

/** Reads a text with a parser that answers undefined for what it does not accept; `form` says what it accepts. */
export function readParsed<T>(
  reading: Reading,
  value: unknown,
  path: string,
  parse: (text: string) => T | undefined,
  form: string,
): T | undefined {
  if (value === undefined) return refuse(reading, path, 'is required');
  const parsed = typeof value === 'string' ? parse(value) : undefined;
  return parsed ?? refuse(reading, path, `must be ${form}, not ${describe(value)}`);
}
