import type { Money } from '../model/money.ts';
import type { AssignBy, Keep, Kinds, SkillsByKind } from '../model/composition.ts';
import type { ResourceKind } from '../model/resource.ts';
import type { ClosedDates, Override, WeeklyWindow } from '../model/schedule.ts';
import type { Policies } from '../model/company.ts';
import type { PolicyRules } from '../model/policies.ts';
import type { Grid } from '../model/service.ts';

/** A place of the company. */
export interface BranchDefinition {
  readonly key: string;
  readonly name: string;
  /** Left out: the company's. */
  readonly timeZone?: string;
  readonly address?: string;
  /** Key of the opening hours, for resources without a schedule of their own. */
  readonly schedule?: string;
  /** What it decides otherwise than the company. */
  readonly policies?: PolicyRules;
  readonly active?: boolean;
}

/** A number that callers dial. */
export interface NumberDefinition {
  /** E.164, or a national form of the company's country. */
  readonly number: string;
  /** Key; left out: a hotline of the whole company. */
  readonly branch?: string;
  /** The voice agent that answers it, as a shorthand for an entry in `agents`. */
  readonly agent?: string;
  readonly defaultService?: string;
  readonly defaultResource?: string;
  readonly active?: boolean;
}

/** A voice provider's agent that answers for the company. */
export interface AgentDefinition {
  readonly id: string;
  readonly branch?: string;
  readonly active?: boolean;
}

/** When something is open. */
export interface ScheduleDefinition {
  readonly key: string;
  /** Left out: the zone of the branch of whoever uses it. */
  readonly timeZone?: string;
  readonly weekly: readonly WeeklyWindow[];
  readonly overrides?: readonly Override[];
  /** Dates, or stretches of them, on which no window starts. */
  readonly closedDates?: readonly (string | ClosedDates)[];
  readonly validFrom?: string;
  readonly validTo?: string;
  readonly active?: boolean;
}

/** Time taken out of a resource's schedule. */
export interface TimeOffDefinition {
  /** ISO 8601 with an offset. */
  readonly start: string;
  readonly end: string;
  readonly reason?: string;
}

/** Limits that count appointments by their start; a week goes from Monday to Sunday. */
export interface LimitsDefinition {
  readonly perDay?: number;
  readonly perWeek?: number;
}

/** Someone or something that is booked. */
export interface ResourceDefinition {
  readonly key: string;
  readonly name: string;
  /** Left out: `staff`. */
  readonly kind?: ResourceKind;
  /** Left out: the only branch. */
  readonly branch?: string;
  /** Left out: the branch's opening hours. */
  readonly schedule?: string;
  readonly timeOff?: readonly TimeOffDefinition[];
  /** Open only while its branch is; left out: false. */
  readonly withinBranch?: boolean;
  /** What it can do, in words that services ask for. */
  readonly skills?: readonly string[];
  /** Appointments side by side; left out: 1. */
  readonly capacity?: number;
  /** Most appointments that start on one date or in one week of its zone. */
  readonly limits?: LimitsDefinition;
  /** Higher serves first where a service goes by it; left out: 0. */
  readonly priority?: number;
  /** What it decides otherwise than the service, the branch and the company. */
  readonly policies?: PolicyRules;
  readonly active?: boolean;
}

/** A part of a composite service. */
export interface SegmentDefinition {
  readonly key: string;
  readonly durationMinutes: number;
  /** Whole minutes until the next segment, fixed or with a choice; left out: none. The last has none. */
  readonly gapAfterMinutes?: number | { readonly min: number; readonly max: number };
  /** In place of the service's; then every segment's must be kinds. */
  readonly assign?: Kinds;
  readonly skills?: SkillsByKind;
  /** The length with certain resources, by key. */
  readonly minutesOf?: Readonly<Record<string, number>>;
}

/** Something that can be booked. */
export interface ServiceDefinition {
  readonly key: string;
  readonly name: string;
  /** Left out where there are segments: their sum with the least gaps. */
  readonly durationMinutes?: number;
  readonly segments?: readonly SegmentDefinition[];
  /** Left out: any one of those who can. */
  readonly assign?: 'any' | 'all' | Kinds;
  readonly skills?: SkillsByKind;
  /** Whether whoever serves one segment serves the others; left out: required. */
  readonly keep?: Keep;
  /** Left out: the order of the resources. */
  readonly assignBy?: AssignBy;
  /** The length with certain resources, by key; of a service without segments. */
  readonly minutesOf?: Readonly<Record<string, number>>;
  /** Left out: 15. */
  readonly stepMinutes?: number;
  readonly bufferBeforeMinutes?: number;
  readonly bufferAfterMinutes?: number;
  readonly buffersWithinHours?: boolean;
  readonly grid?: Grid;
  /** A short form of the same in `policies`. */
  readonly noticeMinutes?: number;
  readonly horizonDays?: number;
  /** Most appointments of it that start on one date or in one week of the company's zone. */
  readonly limits?: LimitsDefinition;
  /** How many people one group session takes; left out: 1, which is no session. */
  readonly seats?: number;
  /** The last local date on which it can be booked. */
  readonly horizonDate?: string;
  readonly price?: Money;
  /** Keys of those who can do it, in order of preference; left out: every active member of staff. */
  readonly resources?: readonly string[];
  /** What it decides otherwise than the branch and the company. */
  readonly policies?: PolicyRules;
  readonly active?: boolean;
}

/** A bearer key for the HTTP API; only its hash is stored. */
export interface KeyDefinition {
  readonly name: string;
  /** At least 32 characters of randomness. */
  readonly secret: string;
}

/** A tenant with all it has. What a later document leaves out is deactivated, never deleted. */
export interface CompanyDefinition {
  readonly key: string;
  readonly name: string;
  /** IANA zone. */
  readonly timeZone: string;
  /** BCP 47; left out: `en`. */
  readonly locale?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** 1 or 5; left out: 5. Cannot change later. */
  readonly grainMinutes?: number;
  readonly policies?: Partial<Omit<Policies, 'customerLimits'>> & { readonly customerLimits?: LimitsDefinition };
  readonly branches: readonly BranchDefinition[];
  readonly numbers?: readonly NumberDefinition[];
  readonly agents?: readonly AgentDefinition[];
  readonly schedules?: readonly ScheduleDefinition[];
  readonly resources?: readonly ResourceDefinition[];
  readonly services?: readonly ServiceDefinition[];
  readonly keys?: readonly KeyDefinition[];
  readonly active?: boolean;
}

/** The setup document. Companies that it does not name stay as they are. */
export interface Definition {
  readonly companies: readonly CompanyDefinition[];
}
