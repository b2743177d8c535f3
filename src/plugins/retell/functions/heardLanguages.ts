import type { Language } from '../speech/language.ts';

const MOST_CALLS = 1_000;

/** In which language recent calls were answered: for the sentence that must be said before the storage has answered. */
export class HeardLanguages {
  readonly #fallback: Language;
  readonly #byCall = new Map<string, Language>();

  constructor(fallback: Language) {
    this.#fallback = fallback;
  }

  /** The language of a call, else the fallback. */
  of(providerCallId: string): Language {
    return this.#byCall.get(providerCallId) ?? this.#fallback;
  }

  /** Notes a language; the call noted longest ago is forgotten first. */
  note(providerCallId: string, language: Language): void {
    this.#byCall.delete(providerCallId);
    this.#byCall.set(providerCallId, language);
    const [oldest] = this.#byCall.keys();
    if (this.#byCall.size > MOST_CALLS && oldest !== undefined) this.#byCall.delete(oldest);
  }
}
