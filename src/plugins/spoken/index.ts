/**
 * `askpro/plugins/spoken`: dates and times as people say them.
 *
 * @packageDocumentation
 */
export { readSpoken } from './readSpoken.ts';
export type { SpokenOptions } from './readSpoken.ts';
export type {
  SpokenOption,
  SpokenPartOfDay,
  SpokenQuestion,
  SpokenQuestionCode,
  SpokenReading,
  SpokenTime,
} from './reading.ts';
export { spoken, SpokenDates } from './spoken.ts';
export type { SpokenPluginOptions } from './spoken.ts';
export { german } from './languages/german.ts';
export { english } from './languages/english.ts';
export { englishNames, germanNames } from './languages/names.ts';
export type { CalendarNames } from './languages/names.ts';
export type { SpokenDay, SpokenEcho, SpokenLanguage, SpokenVoice } from './languages/language.ts';
export type { Traits as SpokenTraits } from './grammar/cursor.ts';
export type { WordEntry as SpokenWords } from './words/lexicon.ts';
export type {
  Meaning as SpokenMeaning,
  PartName as SpokenPart,
  Edge as SpokenEdge,
  Unit as SpokenUnit,
  Which as SpokenWhich,
} from './words/meaning.ts';
