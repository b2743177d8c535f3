import type { CaseAsk, CaseWish } from './caseAsk.ts';
import type { CaseLimits } from './caseLimits.ts';
import type { CaseInterval, CaseSchedule } from './caseSchedule.ts';
import type { CaseService, CaseVisit } from './caseService.ts';

/**
 * The case file: everything the slot engine needs to answer one question, as JSON. Instants are ISO 8601 with an
 * offset, dates `YYYY-MM-DD`, times of day `HH:MM` of the wall clock. Unknown fields are refused. What each field means
 * stands in `docs/case-file.md`; the same form is published as a JSON Schema in `schema/case.schema.json`.
 */
export interface CaseFile {
  /** Without it the past, notice and horizon are not judged (and giving notice or days of a horizon is refused). */
  readonly now?: string;
  /** Starts in [from, to) are listed; at most 400 days. */
  readonly range: CaseRange;
  /** What is booked; either this or `visit`. */
  readonly service?: CaseService;
  readonly visit?: CaseVisit;
  /** Schedules by the names that resources refer to in `within`. */
  readonly schedules?: Readonly<Record<string, CaseSchedule>>;
  /** In order of preference; at least one. */
  readonly resources: readonly CaseResource[];
  /** The sessions of a service with seats that exist. */
  readonly sessions?: readonly CaseSession[];
  /** How many seats are asked for; 1 unless given. */
  readonly partySize?: number;
  /** Ids of those who shall serve if possible, most wanted first. */
  readonly prefer?: readonly string[];
  readonly customer?: CaseCustomer;
  /** What alternatives shall meet if they can. */
  readonly wish?: CaseWish;
  /** All starts unless given. */
  readonly ask?: CaseAsk;
}

/** From and to, the second excluded; only who asks for the next few may leave it out. */
export interface CaseRange {
  readonly from: string;
  readonly to?: string;
}

/** Occupied time, and a word that explanations name. */
export interface CaseBusy extends CaseInterval {
  readonly kind?: string;
}

/** Someone or something that appointments occupy. */
export interface CaseResource extends CaseSchedule {
  readonly id: string;
  /** What `assign` counts by; `staff` unless given. */
  readonly kind?: string;
  /** Names of `schedules`: it is open only where all of them are as well. */
  readonly within?: readonly string[];
  /** Occupied time as it stands, buffers included. */
  readonly busy?: readonly CaseBusy[];
  /** How many appointments it takes side by side; 1 unless given. */
  readonly capacity?: number;
  /** Words that a service can ask for. */
  readonly skills?: readonly string[];
  readonly limits?: CaseLimits;
  /** In place of the service's or the visit's. */
  readonly noticeMinutes?: number;
  /** In place of the service's or the visit's. */
  readonly horizonDays?: number;
  /** Higher serves first by the strategies that ask for it; 0 unless given. */
  readonly priority?: number;
  /** Its share by `roundRobin`; 1 unless given. */
  readonly weight?: number;
  /** How often it has served; 0 unless given. */
  readonly served?: number;
  /** When it last served; never unless given. */
  readonly lastServed?: string;
}

/** A group session that exists; its time stands in the `busy` of its resources as well. */
export interface CaseSession {
  readonly start: string;
  readonly resources: readonly string[];
  /** Seats that are taken. */
  readonly taken: number;
}

/** Who the appointment is for. */
export interface CaseCustomer {
  readonly limits?: CaseLimits;
  /** The customer's own appointments, which alternatives avoid. */
  readonly busy?: readonly CaseBusy[];
}
