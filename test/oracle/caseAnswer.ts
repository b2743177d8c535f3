/** One segment of a slot, where segments may differ in who serves them. */
export interface SegmentAnswer {
  readonly start: string;
  readonly end: string;
  readonly resources: readonly string[];
  /** The id of its service, in a visit. */
  readonly service?: string;
}

/** One bookable start; instants in UTC with milliseconds, `resources` in the order of the list. */
export interface SlotAnswer {
  readonly start: string;
  readonly end: string;
  readonly resources: readonly string[];
  readonly segments?: readonly SegmentAnswer[];
  readonly seatsLeft?: number;
  readonly preferred?: boolean;
  readonly unmet?: readonly string[];
}

/** What became of somebody named in `prefer`. */
export type Preference = 'free' | 'busy' | 'notQualified' | 'unknown';

/** Slots, in the order asked for. */
export interface SlotsAnswer {
  readonly slots: readonly SlotAnswer[];
  readonly preference?: Readonly<Record<string, Preference>>;
}

/** How many starts each date has. */
export interface DaysAnswer {
  readonly days: readonly { readonly date: string; readonly count: number }[];
}

/** Whether one start is bookable. */
export interface CheckAnswer {
  readonly start: string;
  readonly free: boolean;
  readonly slot?: SlotAnswer;
}

/** Of an explanation the oracle knows only whether the start is free and which listed starts are nearest to it. */
export interface ExplainAnswer {
  readonly start: string;
  readonly free: boolean;
  readonly nearest: { readonly previous?: string; readonly next?: string };
}

/** The answer to a case, whatever it asks. */
export type CaseAnswer = SlotsAnswer | DaysAnswer | CheckAnswer | ExplainAnswer;
