import { EngineError, epochDayAt, localMsAt, parseInstant, zoneNamed } from '../../plugin.ts';
import { phrasesIn } from './grammar/choice.ts';
import type { Piece } from './grammar/said.ts';
import { english } from './languages/english.ts';
import { german } from './languages/german.ts';
import type { SpokenLanguage } from './languages/language.ts';
import { insteadOf, question } from './question.ts';
import type { SpokenReading } from './reading.ts';
import { tell, type Moment, type Told } from './tell.ts';
import { interpret, type Interpretation } from './time/interpret.ts';
import type { Plan } from './time/plan.ts';
import { MAX_TEXT } from './words/fold.ts';
import { lexiconOf, meaningsIn, type Lexicon } from './words/lexicon.ts';

/** When, where and in which language something is said. */
export interface SpokenOptions {
  /** The call's own now: ISO 8601 with an offset, a Date, or epoch milliseconds. */
  readonly now: number | string | Date;
  /** IANA zone of the place that is called, `Europe/Berlin`. */
  readonly timeZone: string;
  /** A language that is built in, or one of your own. */
  readonly language: 'de' | 'en' | SpokenLanguage;
}

const lexicons = new WeakMap<SpokenLanguage, Lexicon>();

function lexiconFor(language: SpokenLanguage): Lexicon {
  let lexicon = lexicons.get(language);
  if (lexicon === undefined) lexicons.set(language, (lexicon = lexiconOf(language.words)));
  return lexicon;
}

/**
 * Reads when somebody would like to come from what he says, by the clock of a zone and without guessing: what may mean several
 * things is answered with a question, and so is a time that is over. At most 500 characters. Never throws for a text; throws
 * OPTION_INVALID for a now, a zone or a language that is none.
 *
 * An hour without more is meant like this, unless a part of the day is said (`nachts`, `in the morning`, `pm`):
 *
 * | said     | meant              |
 * | -------- | ------------------ |
 * | 1 to 6   | after noon         |
 * | 7 to 12  | as said            |
 * | 13 to 24 | as said, and so is `0` and an hour written with two digits (`03:30`) |
 *
 * A weekday is the next one, and never today. `am 3.` and `March 3rd` are the next ones, today included while still to come. Weeks
 * are those of ISO 8601, from Monday on. `next Tuesday` is asked back as long as the one of this week is to come. A time that the
 * clocks skip moves forward with them, one that they show twice is the earlier.
 * @example
 * ```ts
 * import { readSpoken } from 'askpro/plugins/spoken';
 *
 * const now = '2026-11-27T10:00:00+01:00';
 * const reading = readSpoken('äh morgen so um drei', { now, timeZone: 'Europe/Berlin', language: 'de' });
 * if (reading.ok) console.log(reading.echo, reading.start); // morgen, Samstag, 28. November, um 15 Uhr
 * else console.log(reading.question.text);
 * ```
 */
export function readSpoken(text: string, options: SpokenOptions): SpokenReading {
  const language = languageOf(options.language);
  const moment = momentOf(options);
  const { voice, traits } = language;
  if (typeof text !== 'string') return question('UNKNOWN', () => voice.unknown);
  if (text.length > MAX_TEXT) return question('UNKNOWN', () => voice.tooLong);
  const meanings = meaningsIn(text, lexiconFor(language), traits.dotIsOrdinal);
  const phrases = meanings && phrasesIn(meanings, traits);
  if (phrases === undefined) return question('UNKNOWN', () => voice.unknown);
  const [first = [], ...others] = phrases;
  const read = (pieces: readonly Piece[]): SpokenReading =>
    answer(interpret(pieces, moment.zone, moment.nowMs, traits), pieces, moment, language);
  const reading = read(first);
  return others.length === 0 ? reading : among([reading, ...others.map(read)], language);
}

function answer(
  found: Interpretation,
  pieces: readonly Piece[],
  moment: Moment,
  { voice, traits }: SpokenLanguage,
): SpokenReading {
  const told = (means: readonly (readonly Plan[])[]): readonly Told[] =>
    means.flatMap((plans) => {
      for (const plan of plans) {
        const one = tell(plan, moment, voice);
        if (one !== undefined) return [one];
      }
      return [];
    });
  if ('lacks' in found) {
    if (found.lacks === 'everything') return question('INCOMPLETE', () => voice.incomplete);
    if (found.lacks === 'narrower range') return question('INCOMPLETE', () => voice.narrower);
    if (found.lacks === 'sense') return question('AMBIGUOUS', voice.ambiguous, told(found.means));
    const { minutes, approx } = found;
    const near = [0, 1].map((days): readonly Plan[] =>
      minutes.map((minute) => {
        const fromDay = moment.today + days;
        return { fromDay, toDay: fromDay + 1, minute, approx, soonest: false };
      }),
    );
    return question('INCOMPLETE', () => voice.whichDay(voice.clock((minutes[0] ?? 0) % 1_440)), told(near));
  }
  const times = told(found.means);
  const [only] = times;
  if (only === undefined) {
    const past = found.means[0]?.[0];
    return question('PAST', voice.past, past === undefined ? [] : insteadOf(past, pieces, moment, traits, voice));
  }
  const isSure = times.every(({ echo }) => echo === only.echo);
  return isSure ? { ok: true, echo: only.echo, ...only.time } : question('AMBIGUOUS', voice.ambiguous, times);
}

/** Several times to choose from are asked back; a question among them stays one. */
function among(readings: readonly SpokenReading[], { voice }: SpokenLanguage): SpokenReading {
  const told = readings.flatMap((reading): readonly Told[] => {
    if (!reading.ok) return (reading.question.options ?? []).map(({ text, ...time }) => ({ echo: text, time }));
    const { ok: _, echo, ...time } = reading;
    return [{ echo, time }];
  });
  const asked = readings.find((reading) => !reading.ok);
  return asked !== undefined && told.length === 0 ? asked : question('AMBIGUOUS', voice.ambiguous, told);
}

const invalid = (field: string, must: string): EngineError =>
  new EngineError('OPTION_INVALID', `Option ${field} of readSpoken() must be ${must}.`);

function languageOf(language: SpokenOptions['language']): SpokenLanguage {
  if (language === 'de') return german;
  if (language === 'en') return english;
  if (typeof language !== 'object') throw invalid('language', '"de", "en" or a SpokenLanguage');
  return language;
}

function momentOf({ now, timeZone }: SpokenOptions): Moment {
  const nowMs = typeof now === 'number' ? now : typeof now === 'string' ? parseInstant(now) : now.getTime();
  if (nowMs === undefined || !Number.isSafeInteger(nowMs))
    throw invalid('now', 'an instant with an offset, like 2026-11-24T10:00:00+01:00');
  const found = zoneNamed(timeZone);
  if (!found.ok) throw invalid('timeZone', 'an IANA time zone like Europe/Berlin');
  return { zone: found.zone, nowMs, today: epochDayAt(localMsAt(found.zone, nowMs)) };
}
