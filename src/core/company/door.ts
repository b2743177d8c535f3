import type { Explanation } from '../availability/explanation.ts';
import type { CheckQuery, Found, FindQuery } from '../availability/query.ts';
import type { BatchBooking, BatchItem, BatchOptions } from '../booking/batchRequests.ts';
import type {
  Booking,
  BookOptions,
  CancelOptions,
  ChangeOptions,
  Held,
  HoldOptions,
  HoldRef,
  MoveTarget,
  Offer,
  TimeTarget,
} from '../booking/requests.ts';
import type { AppointmentTerms } from '../booking/terms.ts';
import type { CheckedSeries, SeriesBooking, SeriesOptions, SeriesWish } from '../booking/seriesRequests.ts';
import type { CancelSeriesOptions, ChangedSeries } from '../booking/seriesCancelling.ts';
import type { MovedSeries, SeriesMove, SeriesMoveOptions } from '../booking/seriesMoveRequests.ts';
import type { CallSessions } from '../calls/sessions.ts';
import type { BookingConflict } from './bookingConflicts.ts';
import type { CustomerData } from './person/customerData.ts';
import type { CompanyExport } from './export/exports.ts';
import type { Trace, TraceOf } from '../calls/trace.ts';
import type { AgendaEntry, AppointmentQuery, CallQuery, ListedCall } from '../contracts/lists.ts';
import type { Appointment, Hold } from '../model/appointment.ts';
import type { Branch, Company } from '../model/company.ts';
import type { Customer } from '../model/customer.ts';
import type { AppointmentId, CustomerId, GroupId, HoldId } from '../model/ids.ts';
import type { Resource } from '../model/resource.ts';
import type { Service } from '../model/service.ts';
import type { Slot } from '../model/slot.ts';
import type { Answer } from '../refusals.ts';
import type { CaseFile } from '../slots/case/caseFile.ts';

/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Give it as `cursor` to get the next page; null at the end. */
  readonly next: string | null;
}

/**
 * What to list: filters, and where to go on. By start any filters go together, of which the first in this order is looked
 * up and the others are looked through: group, customer, resource, branch, time; a service needs one of them, or both ends
 * of a time, beside it. By creation or change there are no filters but the range of changes, so that what has left a filter
 * is seen as well; with such a range left out `sort` is `updated`.
 */
export interface AppointmentFilter extends Omit<AppointmentQuery, 'after' | 'limit' | 'mayLag'> {
  readonly cursor?: string | undefined;
  /** 1 to 200; left out: 50. */
  readonly limit?: number | undefined;
}

/** A branch's day, or any other time of it. */
export interface AgendaFilter {
  /** Key or id. */
  readonly branch: string;
  /** A day of the branch, `2026-11-24`; left out: `fromMs` and `toMs`. */
  readonly date?: string | undefined;
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
  readonly statuses?: AppointmentQuery['statuses'];
  readonly cursor?: string | undefined;
  /** 1 to 500; left out: 200. */
  readonly limit?: number | undefined;
}

/** Which page of the calls: by when they were, by status, by caller. */
export interface CallFilter extends Omit<CallQuery, 'after' | 'limit'> {
  readonly cursor?: string | undefined;
  /** 1 to 200; left out: 50. */
  readonly limit?: number | undefined;
}

/** Which page of the live holds. */
export interface HoldFilter {
  readonly cursor?: string | undefined;
  /** 1 to 200; left out: 50. */
  readonly limit?: number | undefined;
}

/** Which page of the customers: all in the order in which they came, or those who are found. */
export interface CustomerFilter {
  /** How the name begins, without regard to case and accents. */
  readonly name?: string | undefined;
  /** How the number begins, `+` and the country code first. */
  readonly phone?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

/** Which page of the conflicts. */
export interface ConflictFilter {
  readonly cursor?: string | undefined;
  /** 1 to 200; left out: 50. */
  readonly limit?: number | undefined;
}

/**
 * The door to one company: everything a host may do within it, and no way out of it.
 * What a caller can cause is answered as a refusal; faults are thrown as EngineError.
 */
export interface CompanyDoor {
  /** Tells the door from a refusal. */
  readonly ok: true;
  /** The company as it was when the door was opened. */
  readonly company: Company;
  branches(): Promise<readonly Branch[]>;
  services(): Promise<readonly Service[]>;
  resources(): Promise<readonly Resource[]>;

  /** Bookable slots, at least one, or every reason why there is none and up to three alternatives. */
  find(query: FindQuery): Promise<Answer<Found>>;
  /** Judges one start by the same predicate. */
  check(query: CheckQuery): Promise<Answer<{ readonly slot: Slot }>>;
  /** Explains one start: every reason why it cannot be had, for each who could serve it, and the nearest that can. */
  explain(query: CheckQuery): Promise<Answer<Explanation>>;
  /** What `find` is asked as a case file, which `askpro slots` answers without the database; no customer's data is in it. */
  caseFile(query: FindQuery): Promise<Answer<{ readonly file: CaseFile }>>;
  /** Signs a slot, so that it can be given away and taken back. */
  offer(slot: Slot): Offer;
  /** Takes the time of an offer for a while, for its owner alone. */
  hold(target: TimeTarget, options: HoldOptions): Promise<Answer<Held>>;
  /** Gives a hold up early. */
  release(hold: HoldRef): Promise<Answer<{ readonly hold: Hold }>>;
  /**
   * Turns a hold or a time into an appointment. With a hold it is idempotent by the hold's id, and what was held stays
   * promised: a service, resource or branch that was switched off meanwhile is booked all the same, a company is not.
   */
  book(target: Hold | HoldRef | TimeTarget, options?: BookOptions): Promise<Answer<Booking>>;
  /**
   * Books up to 1,000 appointments in one transaction: all of them or none, or whichever can be had, the first of those who
   * want the same. What stands against an item names no alternatives: ask `check` for them.
   */
  bookMany(items: readonly BatchItem[], options: BatchOptions): Promise<Answer<BatchBooking>>;
  /** Says of every occurrence of a series whether it could be booked, or shifted whereto, and books nothing. */
  checkSeries(wish: SeriesWish, options?: SeriesOptions): Promise<Answer<CheckedSeries>>;
  /** Books what repeats in one transaction, with an answer for every occurrence. */
  bookSeries(wish: SeriesWish, options?: SeriesOptions): Promise<Answer<SeriesBooking>>;
  /**
   * Cancels one occurrence of a series or a batch, it and those that follow, or all, in one transaction. What is over stays as it
   * is, and so does what policies keep its customer from cancelling: each says so.
   */
  cancelSeries(group: GroupId, options: CancelSeriesOptions): Promise<Answer<ChangedSeries>>;
  /**
   * Moves one occurrence of a series or a batch, it and those that follow, or all, in one transaction, with an answer for each.
   * Its own time is never in its way. What is over stays as it is, and so does what cannot be moved: each says so.
   */
  rescheduleSeries(group: GroupId, move: SeriesMove, options?: SeriesMoveOptions): Promise<Answer<MovedSeries>>;
  /** Moves an appointment in one transaction: either it has the new time, or it keeps the old one. */
  reschedule(id: AppointmentId, to: MoveTarget, options?: ChangeOptions): Promise<Answer<Booking>>;
  /** What its customer may still do with an appointment, and what it would cost, by the policies of today. */
  terms(appointment: Appointment): Promise<AppointmentTerms>;
  cancel(id: AppointmentId, options?: CancelOptions): Promise<Answer<Booking>>;
  confirm(id: AppointmentId, options?: ChangeOptions): Promise<Answer<Booking>>;
  complete(id: AppointmentId, options?: ChangeOptions): Promise<Answer<Booking>>;
  noShow(id: AppointmentId, options?: ChangeOptions): Promise<Answer<Booking>>;

  getHold(id: HoldId): Promise<Answer<{ readonly hold: Hold }>>;
  getAppointment(id: AppointmentId): Promise<Answer<{ readonly appointment: Appointment }>>;
  /** What a day view shows of a branch's appointments, ordered by start: the cheapest read of them. */
  agenda(filter: AgendaFilter): Promise<Answer<{ readonly page: Page<AgendaEntry> }>>;
  /** Ordered by start, unless the filter sorts otherwise. */
  listAppointments(filter?: AppointmentFilter): Promise<Answer<{ readonly page: Page<Appointment> }>>;
  /**
   * Open appointments from now on that the configuration as it is now does not fit, ordered by start, with every reason.
   * They stay as they are until somebody moves, cancels or keeps them. A page may have fewer than asked for, even none, and
   * yet a `next`.
   */
  conflicts(filter?: ConflictFilter): Promise<Answer<{ readonly page: Page<BookingConflict> }>>;
  /** Those that have not run out, in the order in which they came. */
  listHolds(filter?: HoldFilter): Promise<Answer<{ readonly page: Page<Hold> }>>;
  /** The latest first, unless the filter sorts otherwise; without what was said in them. */
  listCalls(filter?: CallFilter): Promise<Answer<{ readonly page: Page<ListedCall> }>>;
  getCustomer(id: CustomerId): Promise<Answer<{ readonly customer: Customer }>>;
  listCustomers(filter?: CustomerFilter): Promise<Answer<{ readonly page: Page<Customer> }>>;
  /** The customer of this company with that number; undefined for anonymous callers too. */
  recogniseCaller(from: string | undefined): Promise<Customer | undefined>;
  /** What happened around a call or an appointment, and what is stored of it now; without anyone's personal data. */
  trace(of: TraceOf): Promise<Answer<{ readonly trace: Trace }>>;
  /** Phone calls of this company. */
  readonly calls: CallSessions;
  /** What is stored of single customers. */
  readonly customers: CustomerData;
  /** All of the company's rows, as a stream. */
  readonly export: CompanyExport;
}
