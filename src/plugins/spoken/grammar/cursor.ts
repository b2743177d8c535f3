import type { Kind, Meaning, MeaningOf } from '../words/meaning.ts';

/** How a language says times, where languages differ. */
export interface Traits {
  /** `halb vier` is half an hour before four, `half four` half an hour after it. */
  readonly halfIs: 'before' | 'after';
  /** Which number of `3/12` is the day; `ask`: its speakers disagree. */
  readonly slashes: 'day-first' | 'ask';
  /** `3.` is `the third`. */
  readonly dotIsOrdinal: boolean;
  /** `in acht Tagen` is said for `in a week`. */
  readonly eightDaysAreAWeek: boolean;
}

/** Nobody says more small words in a row; so each rule looks at a few meanings only. */
const MOST_SKIPPED = 3;

/** A place in a row of meanings. Rules take what they need; a rule that fails gives everything back. */
export class Cursor {
  readonly traits: Traits;
  readonly #meanings: readonly Meaning[];
  #at = 0;

  constructor(meanings: readonly Meaning[], traits: Traits) {
    this.#meanings = meanings;
    this.traits = traits;
  }

  get done(): boolean {
    return this.#at >= this.#meanings.length;
  }

  /** The meaning `ahead` places from here, when it is of that kind. */
  peek<K extends Kind>(kind: K, ahead = 0): MeaningOf<K> | undefined {
    const meaning = this.#meanings[this.#at + ahead];
    return meaning?.is === kind ? (meaning as MeaningOf<K>) : undefined;
  }

  /** The next meaning, when it is of that kind and fits; it is passed. */
  take<K extends Kind>(kind: K, fits: (meaning: MeaningOf<K>) => boolean = () => true): MeaningOf<K> | undefined {
    const meaning = this.peek(kind);
    if (meaning === undefined || !fits(meaning)) return undefined;
    this.#at += 1;
    return meaning;
  }

  /** Passes what comes of some kinds, a few at most. */
  skip(...kinds: readonly Kind[]): void {
    for (let passed = 0; passed < MOST_SKIPPED; passed += 1)
      if (!kinds.some((kind) => this.take(kind) !== undefined)) return;
  }

  /** What a rule finds here; where it finds nothing, nothing is passed. */
  attempt<T>(rule: (cursor: Cursor) => T | undefined): T | undefined {
    const before = this.#at;
    const found = rule(this);
    if (found === undefined) this.#at = before;
    return found;
  }

  /** What the first of some rules finds here. */
  first<T>(rules: readonly ((cursor: Cursor) => T | undefined)[]): T | undefined {
    for (const rule of rules) {
      const found = this.attempt(rule);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}
