import { readSpoken, type SpokenQuestionCode } from '../../spoken/index.ts';
import type { Spoken, Turn } from './turn.ts';
import { PARTS_OF_DAY, type PartOfDay, type Wish } from './wish.ts';

/** A wish with the words it is told back in, or the question that the caller is asked. */
export type SpokenWish =
  { readonly ok: true; readonly wish: Wish; readonly echo: string } | { readonly ok: false; readonly answer: Spoken };

const reasons: Readonly<Record<SpokenQuestionCode, string>> = {
  AMBIGUOUS: 'WHEN_AMBIGUOUS',
  UNKNOWN: 'WHEN_UNKNOWN',
  PAST: 'IN_THE_PAST',
  INCOMPLETE: 'DAY_MISSING',
};

/** Reads what the caller said about the time, by the clock of the place he calls and at the moment of the question. */
export function readSpokenWish({ speech, nowMs }: Turn, when: string, part: PartOfDay | undefined): SpokenWish {
  const { zone, language } = speech;
  const reading = readSpoken(when, { now: nowMs, timeZone: zone.name, language });
  if (!reading.ok) {
    const { code, text, options = [] } = reading.question;
    const choices = options.length === 0 ? {} : { choices: options.map((option) => option.text) };
    return { ok: false, answer: { ok: false, say: text, reason: reasons[code], ...choices } };
  }
  const { echo, fromMs, toMs, startMs, weekdays, partOfDay, around, soonest } = reading;
  const wish = {
    fromMs,
    toMs,
    exactMs: startMs,
    within: partOfDay ?? (part === undefined ? undefined : PARTS_OF_DAY[part]),
    weekdays,
    aroundMinute: around?.minuteOfDay,
    soonest,
  };
  return { ok: true, wish, echo };
}
