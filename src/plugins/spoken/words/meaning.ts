/** A part of the day that has a name. */
export type PartName = 'morning' | 'noon' | 'afternoon' | 'evening' | 'night';

/** Which one of several that follow each other: `this` week, `next` Tuesday, the week `afterNext`, `last` Friday. */
export type Which = 'this' | 'coming' | 'next' | 'afterNext' | 'last';

/** A stretch of a week, a month or a part of the day. */
export type Edge = 'start' | 'middle' | 'end';

/** What lengths of time are counted in. */
export type Unit = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';

/** What a word, or a few words together, can mean. A language is a table from words to these. */
export type Meaning =
  /** Says nothing about the time: `please`, `äh`, `einen Termin`. */
  | { readonly is: 'filler' }
  | { readonly is: 'number'; readonly value: number; readonly padded?: boolean }
  | { readonly is: 'ordinal'; readonly value: number; readonly dotted?: boolean }
  /** One, where a length or an hour follows; else nothing. */
  | { readonly is: 'article' }
  | { readonly is: 'date'; readonly day: number; readonly month: number; readonly year?: number }
  | { readonly is: 'slashed'; readonly first: number; readonly second: number; readonly year?: number }
  /** `9.30` or `3.12`: a clock or a date. */
  | { readonly is: 'dotted'; readonly first: number; readonly second: number }
  | { readonly is: 'clock'; readonly hour: number; readonly minute: number; readonly padded: boolean }
  /** 0 is Monday. `every`: each of them (`dienstags`). */
  | { readonly is: 'weekday'; readonly weekday: number; readonly every?: boolean }
  | { readonly is: 'weekend' | 'workdays' }
  | { readonly is: 'month'; readonly month: number }
  /** Days from today. */
  | { readonly is: 'day'; readonly offset: number }
  /** `follows`: the night that belongs to the day before it (`Saturday night`). */
  | { readonly is: 'part'; readonly part: PartName; readonly follows?: boolean }
  | { readonly is: 'unit'; readonly unit: Unit; readonly plural?: boolean }
  | { readonly is: 'which'; readonly which: Which }
  | { readonly is: 'edge'; readonly edge: Edge }
  | { readonly is: 'half' | 'quarter' | 'threeQuarters' }
  /** `Uhr`, `o'clock`. */
  | { readonly is: 'hourMark' }
  | { readonly is: 'meridiem'; readonly pm: boolean }
  | { readonly is: 'noon' | 'midnight' }
  | {
      readonly is: 'bound';
      readonly edge: 'from' | 'to';
      /** Whether a day that is named belongs to the range. */
      readonly inclusive: boolean;
      /** Counts minutes from an hour: `ten past`, `zehn vor`. */
      readonly counts?: 'past' | 'to';
      /** Stands between two ends: `two to four`, `Montag bis Mittwoch`. */
      readonly joins?: boolean;
      /** A length may come before it: `a week from Monday`. */
      readonly shifts?: boolean;
      /** With a length it looks back: `vor zwei Tagen`. */
      readonly looksBack?: boolean;
    }
  | { readonly is: 'between' | 'and' | 'or' | 'at' | 'on' | 'in' | 'of' | 'around' | 'within' | 'ago' | 'every' }
  | { readonly is: 'soonest' | 'anytime' }
  /** A word whose meaning hangs on whether a day stands before it: `morgen`. */
  | { readonly is: 'dual'; readonly afterDay: Meaning; readonly otherwise: Meaning };

/** The name of a kind of meaning. */
export type Kind = Meaning['is'];

/** The meanings of one kind. */
export type MeaningOf<K extends Kind> = Extract<Meaning, { readonly is: K }>;
