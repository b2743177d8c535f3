import type { MinuteCalendar } from './minuteCalendar.ts';
import type { Ranking } from './ranking.ts';

/** Those able, or picked, by kind. */
export type ByKind = ReadonlyMap<string, readonly MinuteCalendar[]>;

/** Who comes first of a kind. */
export type RankingOfKind = (kind: string) => Ranking;
