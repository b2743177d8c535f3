import type { BranchId, CompanyId, ApiKeyId, NumberId, ResourceId, ScheduleId, ServiceId } from './ids.ts';
import type { Limits } from './limits.ts';
import type { PolicyRules } from './policies.ts';
import type { Resource } from './resource.ts';
import type { Schedule } from './schedule.ts';
import type { Service } from './service.ts';

/** For how many days a company keeps what is over; null, or left out: for ever. */
export interface RetentionDays {
  /** Appointments, from their end. */
  readonly appointmentsDays?: number | null;
  /** Calls, from when they were. */
  readonly callsDays?: number | null;
  /** What was said in calls: transcript, summary, outcome and offers. */
  readonly transcriptsDays?: number | null;
  /** Customers, from their last appointment or call; then they are erased. */
  readonly customersDays?: number | null;
}

/** What a company decides once for all; a branch, a service or a resource may decide otherwise. */
export interface Policies extends PolicyRules {
  /** Least time between now and a start. */
  readonly noticeMinutes: number;
  /** How many local dates after today may be booked; null: no end. */
  readonly horizonDays: number | null;
  /** Least time before the start at which a customer may still cancel. */
  readonly cancelNoticeMinutes: number;
  /** Least time before the start at which a customer may still move it. */
  readonly rescheduleNoticeMinutes: number;
  /** How many appointments one customer may have that start on a date, or in a week, of the company's zone. */
  readonly customerLimits: Limits;
  /**
   * For how long after its last answer a source of outside time that cannot be reached is believed; then nothing is booked
   * on it. Null: as the source is told.
   */
  readonly outsideStaleMinutes: number | null;
  /** How long a hold lives. */
  readonly holdSeconds: number;
  /** Left out: as the host has it, who keeps everything unless he says otherwise. */
  readonly retention?: RetentionDays;
}

/** A tenant. */
export interface Company {
  readonly id: CompanyId;
  /** Chosen by the operator, unique among companies: `salon-mitte`. */
  readonly key: string;
  readonly name: string;
  /** IANA zone, the default of its branches. */
  readonly timeZone: string;
  /** BCP 47: `de-DE`. */
  readonly locale: string;
  /** ISO 3166-1 alpha-2: a hint for national phone formats, never a reason to match. */
  readonly country: string;
  /** The unit of claims: all configured durations are multiples of it. Fixed for the company's life. */
  readonly grainMinutes: number;
  readonly policies: Policies;
  readonly active: boolean;
}

/** A place of a company. */
export interface Branch {
  readonly id: BranchId;
  readonly key: string;
  readonly name: string;
  readonly timeZone: string;
  readonly address: string | null;
  /** Opening hours, used by resources that have no schedule of their own. */
  readonly scheduleId: ScheduleId | null;
  /** What it decides otherwise than the company. */
  readonly policies?: PolicyRules;
  readonly active: boolean;
}

/** A number that callers dial. */
export interface PhoneNumber {
  readonly id: NumberId;
  /** E.164 with the plus. Among active numbers unique over all companies. */
  readonly e164: string;
  /** Null for a hotline of the whole company. */
  readonly branchId: BranchId | null;
  readonly defaultServiceId: ServiceId | null;
  readonly defaultResourceId: ResourceId | null;
  readonly active: boolean;
}

/** A voice provider's agent that answers for a company. The id is unique over all companies. */
export interface Agent {
  readonly agentId: string;
  readonly branchId: BranchId | null;
  readonly active: boolean;
}

/** A bearer key of the HTTP API. Only the SHA-256 of the secret is stored. */
export interface ApiKey {
  readonly id: ApiKeyId;
  readonly name: string;
  /** The first characters of the secret, by which the key is found and shown. */
  readonly prefix: string;
  /** SHA-256 of the whole secret, lower-case hex. */
  readonly hash: string;
  /** Whether the setup document declares it and so may switch it on and off. A revoked key is nobody's to switch on. */
  readonly managed: boolean;
  readonly active: boolean;
}

/** Everything a company has configured, read as one consistent snapshot. */
export interface CompanyConfig {
  readonly company: Company;
  /** Counts up with each change: two snapshots of equal revision are equal. */
  readonly revision: number;
  readonly branches: readonly Branch[];
  readonly numbers: readonly PhoneNumber[];
  readonly agents: readonly Agent[];
  readonly schedules: readonly Schedule[];
  readonly resources: readonly Resource[];
  readonly services: readonly Service[];
  readonly keys: readonly ApiKey[];
}
