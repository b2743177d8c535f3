import {
  token,
  type Answer,
  type Appointment,
  type CompanyId,
  type CustomerId,
  type CustomerInput,
  type InstantInput,
  type Page,
  type Weekday,
} from '../../plugin.ts';
import type { Contact, WaitlistEntry, WaitlistStatus } from './entry.ts';
import type { PartOfDay } from './partOfDay.ts';

interface Whom {
  /** Key or id. */
  readonly service: string;
  /** Key or id; left out: any branch. */
  readonly branch?: string | undefined;
  /** Key or id of the one who shall do it; left out: anyone who can. */
  readonly resource?: string | undefined;
}

/** Waits for one start. */
export interface SlotWish extends Whom {
  readonly start: InstantInput;
}

/** Waits for any start of a window. */
export interface WindowWish extends Whom {
  /** Starts at or after; left out: now. */
  readonly from?: InstantInput | undefined;
  /** Starts before; at most 62 days after `from`. */
  readonly to: InstantInput;
  /** Only on these days, by the clock of the branch. */
  readonly weekdays?: readonly Weekday[] | undefined;
  /** Only in this part of the day: morning to 12, midday 11 to 14, afternoon 12 to 18, evening from 17. */
  readonly partOfDay?: PartOfDay | undefined;
}

/** Who waits. */
export interface JoinOptions {
  /** Whom the appointment will be for. */
  readonly customer?: CustomerInput | undefined;
  /** For how many people, 1 to 1,000; left out: 1. Several are held seats of one group session, or wait on. */
  readonly partySize?: number | undefined;
  /** How to tell him; left out: as the customer can be reached. One of phone and e-mail must be known. */
  readonly contact?: Partial<Contact> | undefined;
  /** The call in which he asked for it. */
  readonly callId?: string | undefined;
  /** At most 1,000 characters; they go on to the appointment. */
  readonly notes?: string | undefined;
  /** At most 255 characters. The same key with the same request finds the first entry again. */
  readonly idempotencyKey?: string | undefined;
}

/** Which entries to list. */
export interface WaitlistFilter {
  /** Id. */
  readonly serviceId?: string | undefined;
  readonly status?: WaitlistStatus | undefined;
  readonly cursor?: string | undefined;
  /** 1 to 200; left out: 50. */
  readonly limit?: number | undefined;
}

/** Whose entries to delete. */
export type Forgotten = { readonly customer: CustomerId } | { readonly phone: string } | { readonly email: string };

/** What accepting came to. */
export interface Accepted {
  readonly entry: WaitlistEntry;
  readonly appointment: Appointment;
}

/** Those who wait for something to become free, first come first served. */
export interface Waitlist {
  /**
   * Joins the line. Refused where what is wished is free (`SLOT_FREE`, with what is free), where it never can be (outside
   * hours, too soon …), and where too many wait (`WAITLIST_FULL`).
   */
  join(
    company: CompanyId,
    wish: SlotWish | WindowWish,
    options: JoinOptions,
  ): Promise<Answer<{ readonly entry: WaitlistEntry; readonly replayed: boolean }>>;
  get(company: CompanyId, id: string): Promise<Answer<{ readonly entry: WaitlistEntry }, 'WAITLIST_ENTRY_UNKNOWN'>>;
  /** In the order in which they joined, those that have left the line included. */
  list(
    company: CompanyId,
    filter?: WaitlistFilter,
  ): Promise<Answer<{ readonly page: Page<WaitlistEntry> }, 'INPUT_INVALID'>>;
  /** What is offered to this customer or number at present. */
  offeredTo(company: CompanyId, whom: Forgotten): Promise<readonly WaitlistEntry[]>;
  /** Books what is offered. Once: again, it answers the same appointment. */
  accept(company: CompanyId, id: string): Promise<Answer<Accepted>>;
  /** Refuses what is offered: the next in line gets it. A window may be offered something else, as often as the options say. */
  decline(company: CompanyId, id: string): Promise<Answer<{ readonly entry: WaitlistEntry }>>;
  /** Leaves the line; what was offered goes to the next. Again, it changes nothing. */
  leave(company: CompanyId, id: string): Promise<Answer<{ readonly entry: WaitlistEntry }>>;
  /** Takes somebody out of the line and deletes every entry of his; how many there were. */
  forget(company: CompanyId, whom: Forgotten): Promise<number>;
}

/** The waitlist of an engine. */
export const Waitlist = token<Waitlist>()('askpro/waitlist');
