import type { Callbacks } from '../../callbacks/index.ts';
import type { Waitlist } from '../../waitlist/index.ts';
import type { Call, CompanyDoor, Customer, FieldError, Line, Zone } from '../../../plugin.ts';
import type { Speech } from '../speech/speech.ts';

/** What a function answers: a sentence to be spoken, and the same as data for the agent. No ids, tokens or internals. */
export interface Spoken {
  /** Whether it was done. */
  readonly ok: boolean;
  /** One sentence in the caller's language. */
  readonly say: string;
  /** The outcome is not known yet: the same call again finds it. */
  readonly retry?: true;
  /** Why not, as a stable code. */
  readonly reason?: string;
  /** Arguments that were wrong, and what would be right. */
  readonly errors?: readonly FieldError[];
  /** What it costs, as spoken: what he owes, or would have to agree to. */
  readonly fee?: string;
  /** What was understood of the caller's own words for the time. */
  readonly understood?: string;
  /** Times that may have been meant; the one he means is asked for again as `when`. */
  readonly choices?: readonly string[];
  /** What the caller may choose from, by number. */
  readonly offers?: readonly ToldTime[];
  /** What the caller may be offered instead: to wait or to be called back, by the function of that name. */
  readonly may_offer?: readonly ('join_waitlist' | 'request_callback')[];
  /** The caller's own appointments to choose from, by number. */
  readonly appointments?: readonly ToldTime[];
  /** The appointment this is about. */
  readonly appointment?: Omit<ToldTime, 'number'>;
}

/** A time as the agent sees it. */
export interface ToldTime {
  /** Counted up over the whole call. */
  readonly number: number;
  /** As spoken. */
  readonly when: string;
  /** Local date, `2026-11-24`. */
  readonly date: string;
  /** Local time, `14:30`. */
  readonly time: string;
  readonly service?: string;
  /** Who it is with. */
  readonly with?: string;
}

/** One question of the agent, with everything that answering it needs. */
export interface Turn {
  readonly door: CompanyDoor;
  /** As it was when the question came. */
  readonly call: Call;
  readonly line: Line | undefined;
  /** E.164; undefined for anonymous callers. */
  readonly callerPhone: string | undefined;
  readonly customer: Customer | undefined;
  /** Whether the number counts as proof of who is on the line. */
  readonly callerIsProven: boolean;
  readonly speech: Speech;
  readonly nowMs: number;
  /** Undefined where the host keeps no requests to be called back. */
  readonly callbacks: Callbacks | undefined;
  /** Undefined where nobody can wait for what is taken. */
  readonly waitlist: Waitlist | undefined;
  /** The zone in which times at a branch are told. */
  zoneOf(branchId: string): Zone;
  /** Told of faults that must not change the answer. */
  readonly onError: (error: unknown) => void;
}
