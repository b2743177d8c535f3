/** A part of the day by the clock on the wall; the end is exclusive. */
export interface SpokenPartOfDay {
  /** Minutes since midnight. */
  readonly fromMinute: number;
  /** Minutes since midnight, up to 1,440. */
  readonly toMinute: number;
  /** `14:00` */
  readonly from: string;
  /** `18:00`, up to `24:00` */
  readonly to: string;
}

/**
 * When somebody would like to come. `fromMs` and `toMs` are what `find` takes as `from` and `to`; `weekdays`, `partOfDay` and
 * `around` are what a wish takes.
 */
export interface SpokenTime {
  /** Starts at or after, as epoch milliseconds; never before the call's own now. */
  readonly fromMs: number;
  /** The same in ISO 8601 with the offset of the zone. */
  readonly from: string;
  /** Starts before, as epoch milliseconds; absent: as far as needed for the count that is asked for. At most 62 days on. */
  readonly toMs?: number;
  readonly to?: string;
  /** The one start that was said, as epoch milliseconds; then `toMs` is one minute after it. */
  readonly startMs?: number;
  readonly start?: string;
  /** Only on these days of the week; 0 is Monday. */
  readonly weekdays?: readonly number[];
  /** Only starts in this part of a day. */
  readonly partOfDay?: SpokenPartOfDay;
  /** As near as possible to this time of a day. */
  readonly around?: {
    /** Minutes since midnight by the clock. */
    readonly minuteOfDay: number;
    /** `15:00` */
    readonly time: string;
  };
  /** As early as possible was said, or means the same: the first slots, not some spread over the range. */
  readonly soonest?: true;
}

/** One of the times that may have been meant. */
export interface SpokenOption extends SpokenTime {
  /** In words. */
  readonly text: string;
}

/**
 * Why a question is asked: `AMBIGUOUS`, it may mean several times or contradicts itself; `UNKNOWN`, a word or the way they are put
 * together is not known; `PAST`, the time is over; `INCOMPLETE`, the day or everything is missing.
 */
export type SpokenQuestionCode = 'AMBIGUOUS' | 'UNKNOWN' | 'PAST' | 'INCOMPLETE';

/** A question back, in the caller's language. */
export interface SpokenQuestion {
  readonly code: SpokenQuestionCode;
  readonly text: string;
  /** What it may have been, or what would be right. */
  readonly options?: readonly SpokenOption[];
}

/** What a phrase means, told back in words; or the question to be asked. */
export type SpokenReading =
  | ({ readonly ok: true; readonly echo: string } & SpokenTime)
  | { readonly ok: false; readonly question: SpokenQuestion };
