import type { CaseWindow } from './caseSchedule.ts';

/** What is asked; exactly one of these. */
export type CaseAsk =
  /** The first so many starts. */
  | { readonly next: number }
  /** The first start of each day. */
  | { readonly firstOfDay: true }
  /** How many starts each day has. */
  | { readonly countPerDay: true }
  /** Whether this start is bookable. */
  | { readonly check: string }
  /** Why this start is or is not bookable, and what is near. */
  | { readonly explain: string }
  /** What to offer in place of this start, best first; 3 unless told otherwise. */
  | { readonly alternatives: string; readonly count?: number }
  /** The starts that meet a wish best, best first; 10 unless told otherwise. */
  | { readonly wish: CaseWish; readonly count?: number };

/** What somebody would like. */
export interface CaseWish {
  /** `mo` to `su`. */
  readonly weekdays?: readonly string[];
  readonly partOfDay?: 'morning' | 'noon' | 'afternoon' | 'evening' | CaseWindow;
  /** Ids of which one shall serve. */
  readonly resources?: readonly string[];
  /** The instant, or the time of day, to be near to. */
  readonly around?: string;
}
