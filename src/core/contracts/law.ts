/**
 * One sentence of a contract as a test. A law needs no test runner: `run` settles when it holds and rejects with a
 * {@link LawBroken} (or with whatever the adapter threw) when it does not.
 *
 * @example
 * for (const law of clockLaws({ create })) test(law.name, law.run);
 */
export interface Law {
  /** The sentence, unique among the laws of its contract. */
  readonly name: string;
  /** Needs no `this`. */
  readonly run: () => Promise<void>;
}

/** What an adapter did differently from its contract. */
export class LawBroken extends Error {
  override readonly name = 'LawBroken';
}

/** Demands something. The sentence says what should be the case. */
export function demand(condition: boolean, sentence: string): asserts condition {
  if (!condition) throw new LawBroken(sentence);
}

/**
 * Demands that two values are equal all the way down. Missing and undefined fields are the same, numbers compare by
 * `Object.is` except that zeros are equal, typed arrays compare as arrays.
 */
export function demandEqual(actual: unknown, expected: unknown, what: string): void {
  const place = firstDifference(actual, expected, '');
  if (place === undefined) return;
  throw new LawBroken(
    `${what}${place === '' ? '' : ` (at ${place})`}: expected ${show(expected)}, got ${show(actual)}`,
  );
}

/** Demands a value where there could be none, and gives it back. */
export function demandFound<T>(value: T | undefined | null, what: string): T {
  if (value === undefined || value === null) throw new LawBroken(`${what}: expected one, got ${value}`);
  return value;
}

function firstDifference(actual: unknown, expected: unknown, place: string): string | undefined {
  if (actual === expected || Object.is(actual, expected)) return undefined;
  if (typeof actual !== 'object' || typeof expected !== 'object' || actual === null || expected === null) return place;
  if (isList(actual) !== isList(expected)) return place;
  const [a, b] = [new Map<string, unknown>(Object.entries(actual)), new Map<string, unknown>(Object.entries(expected))];
  for (const key of new Set([...a.keys(), ...b.keys()])) {
    const found = firstDifference(a.get(key), b.get(key), place === '' ? key : `${place}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

const isList = (value: object): boolean => Array.isArray(value) || ArrayBuffer.isView(value);

const show = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) => (each instanceof Float64Array ? [...each] : each)) ?? 'undefined';
