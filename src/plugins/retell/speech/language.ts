import { english } from './english.ts';
import { german } from './german.ts';
import type { Phrases } from './phrases.ts';

/** A language in which there are phrases. */
export type Language = 'de' | 'en';

/** The phrases of each language. */
export const phrasesOf: Readonly<Record<Language, Phrases>> = { de: german, en: english };

/** The language to speak for a BCP 47 tag; undefined where there are no phrases for it. */
export function languageOf(locale: string | null | undefined): Language | undefined {
  const primary = locale?.split('-', 1)[0]?.toLowerCase();
  return primary !== undefined && Object.hasOwn(phrasesOf, primary) ? (primary as Language) : undefined;
}
