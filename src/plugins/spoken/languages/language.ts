import type { Traits } from '../grammar/cursor.ts';
import type { PartName } from '../words/meaning.ts';
import type { WordEntry } from '../words/lexicon.ts';

/** A day as it is told. */
export interface SpokenDay {
  /** Days from today. */
  readonly offset: number;
  /** 0 is Monday. */
  readonly weekday: number;
  readonly day: number;
  /** From 1. */
  readonly month: number;
  /** Only where it has to be told. */
  readonly year: number | undefined;
}

/** What is told of a time, in parts. */
export interface SpokenEcho {
  /** Undefined: from now on. */
  readonly from: SpokenDay | undefined;
  /** The last day; undefined: a single day, or no end. */
  readonly to: SpokenDay | undefined;
  readonly isSingleDay: boolean;
  readonly weekdays: readonly number[];
  /** The part of the day by its name, where it has one. */
  readonly part: PartName | undefined;
  /** The part of the day by its ends, where it has no name; minutes since midnight. */
  readonly window: { readonly fromMinute: number; readonly toMinute: number } | undefined;
  /** Minutes since midnight. */
  readonly minute: number | undefined;
  /** The time is told as near to `minute`. */
  readonly approx: boolean;
  readonly soonest: boolean;
}

/** How a language tells times and asks. What `echo` tells is read as the same time again. */
export interface SpokenVoice {
  readonly echo: (echo: SpokenEcho) => string;
  /** A time of the day alone: `15 Uhr 30`. */
  readonly clock: (minute: number) => string;
  /** Several times were meant, or none: then `options` is empty. */
  readonly ambiguous: (options: readonly string[]) => string;
  readonly past: (options: readonly string[]) => string;
  readonly unknown: string;
  readonly tooLong: string;
  readonly incomplete: string;
  readonly whichDay: (clock: string) => string;
  readonly narrower: string;
}

/** A language that is read and spoken: tables of words, its traits, and its voice. */
export interface SpokenLanguage {
  /** BCP 47, `de`. */
  readonly code: string;
  readonly traits: Traits;
  readonly words: readonly WordEntry[];
  readonly voice: SpokenVoice;
}
