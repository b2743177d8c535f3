import { isDeepStrictEqual } from 'node:util';

/** Compares what happened with what should have, prints both, and remembers what differs. */
export class Differences {
  #compared = 0;
  readonly #found: string[] = [];

  /** How many comparisons were made. */
  get compared(): number {
    return this.#compared;
  }

  /** What differed, as it was printed. */
  get found(): readonly string[] {
    return this.#found;
  }

  /** Expects a value to be exactly this one. */
  same(what: string, actual: unknown, expected: unknown): void {
    this.#note(isDeepStrictEqual(actual, expected), what, () => `expected ${show(expected)}, got ${show(actual)}`);
  }

  /** Expects something to hold. */
  holds(what: string, isTrue: boolean, detail: unknown = ''): void {
    this.#note(isTrue, what, () => `does not hold ${show(detail)}`);
  }

  #note(isRight: boolean, what: string, why: () => string): void {
    this.#compared += 1;
    if (isRight) return;
    const difference = `${what}: ${why()}`;
    this.#found.push(difference);
    console.log(`      DIFFERENT  ${difference}`);
  }
}

const show = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing'));
