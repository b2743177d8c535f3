import { definePlugin, EngineError, token, type Plugin } from '../../plugin.ts';
import { english } from './languages/english.ts';
import { german } from './languages/german.ts';
import type { SpokenLanguage } from './languages/language.ts';
import { readSpoken, type SpokenOptions } from './readSpoken.ts';
import type { SpokenReading } from './reading.ts';

/** Options of {@link spoken}. */
export interface SpokenPluginOptions {
  /** Languages beside German and English; one with the code of a built-in one takes its place. */
  readonly languages?: readonly SpokenLanguage[];
}

/** Reads spoken dates in the languages of the host. */
export interface SpokenDates {
  /** The codes of the languages that are read. */
  readonly languages: readonly string[];
  /** Reads a text as {@link readSpoken} does, in the language with that code. */
  read(text: string, options: Omit<SpokenOptions, 'language'> & { readonly language: string }): SpokenReading;
}

/** What the plugin provides. */
export const SpokenDates = token<SpokenDates>()('askpro/spoken');

/**
 * Provides {@link SpokenDates} to other plugins, with languages of the host's own. Throws OPTION_INVALID for languages that
 * cannot be used.
 * @example
 * ```ts
 * import { createEngine } from 'askpro';
 * import { sqlite } from 'askpro/adapters/sequelize';
 * import { english, spoken } from 'askpro/plugins/spoken';
 *
 * const british = { ...english, code: 'en-GB', traits: { ...english.traits, slashes: 'day-first' } } as const;
 * const engine = await createEngine({ storage: sqlite('askpro.db'), plugins: [spoken({ languages: [british] })] });
 * ```
 */
export function spoken({ languages = [] }: SpokenPluginOptions = {}): Plugin {
  const byCode = new Map([german, english, ...languages].map((language) => [language.code, language]));
  if (byCode.has('')) throw invalid('code', 'the BCP 47 code of a language');
  const dates: SpokenDates = {
    languages: [...byCode.keys()],
    read(text, { language: code, ...options }) {
      const language = byCode.get(code);
      if (language === undefined) throw invalid('language', `one of ${[...byCode.keys()].join(', ')}`);
      return readSpoken(text, { ...options, language });
    },
  };
  return definePlugin({
    name: 'spoken',
    apiVersion: 1,
    requires: {},
    provides: [SpokenDates],
    setup({ provide }) {
      provide(SpokenDates, dates);
    },
  });
}

const invalid = (field: string, must: string): EngineError =>
  new EngineError('OPTION_INVALID', `Option ${field} of spoken() must be ${must}.`);
