import { DAY_MS, type Zone } from '../../../plugin.ts';
import { phrasesOf, type Language } from './language.ts';
import type { Phrases } from './phrases.ts';
import { wallClockAt } from './wallClock.ts';

/** From here on a date is told with its year. */
const YEAR_NEEDED_AFTER_MS = 180 * DAY_MS;

/** How to speak to one caller: in his language and by the clock of the place he calls. */
export interface Speech {
  readonly language: Language;
  readonly zone: Zone;
  readonly phrases: Phrases;
  /** `Dienstag, der 24. November um 14 Uhr 30`, by the clock of `zone`; left out: of the place he calls. */
  moment(epochMs: number, zone?: Zone): string;
  /** `Montag, der 23. November 2026` */
  today(): string;
  /** `14 Uhr 30` */
  clock(): string;
}

/** Makes the speech for a language, a zone and the moment of the call. */
export function speechFor(language: Language, zone: Zone, nowMs: number): Speech {
  const phrases = phrasesOf[language];
  return {
    language,
    zone,
    phrases,
    moment(epochMs, at = zone) {
      const wall = wallClockAt(at, epochMs);
      const day = epochMs - nowMs > YEAR_NEEDED_AFTER_MS ? phrases.dayWithYear(wall) : phrases.day(wall);
      return phrases.moment(day, phrases.clock(wall));
    },
    today: () => phrases.dayWithYear(wallClockAt(zone, nowMs)),
    clock: () => phrases.clock(wallClockAt(zone, nowMs)),
  };
}
