import type { CustomerId } from '../model/ids.ts';

/** What a company keeps for a while. */
export type RetiredKind =
  /** Appointments that are over, each with all that is stored beside it. */
  | 'appointments'
  /** Of calls that have ended: transcript, summary, outcome and offers, and the events that tell of them. */
  | 'transcripts'
  /** Calls that have ended, with their events. */
  | 'calls';

/** Where a walk along the times of rows stands: opaque to whoever asks for the next piece. */
export interface RetiringCursor {
  readonly timeMs: number;
  readonly id: string;
}

/** One piece of what is older than a company keeps it: one transaction, the oldest rows first. */
export interface Retiring {
  readonly kind: RetiredKind;
  /** Appointments that ended, and calls that were, before this moment or at it. */
  readonly beforeMs: number;
  /** Appointments that were changed after this moment stay: keys of repeated calls still stand for them. */
  readonly unchangedSinceMs: number;
  readonly after?: RetiringCursor | undefined;
  /** How many rows are looked at. */
  readonly limit: number;
  /** Only counts what would be taken. */
  readonly dryRun?: boolean | undefined;
}

/** What came of a piece. */
export interface Retired {
  readonly taken: number;
  /** Where the next piece begins; null: there is none. */
  readonly next: RetiringCursor | null;
}

/** Which page of the customers who have long been known. */
export interface IdleQuery {
  /** Who was there before this moment, and of whom no appointment has begun and no call has come since. */
  readonly beforeMs: number;
  readonly after?: CustomerId | undefined;
  /** How many customers are looked at. */
  readonly limit: number;
}

/** A page of idle customers. */
export interface IdlePage {
  readonly ids: readonly CustomerId[];
  /** After whom the next page begins; null: there is none. */
  readonly next: CustomerId | null;
}
