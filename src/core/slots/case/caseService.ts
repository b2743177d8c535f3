import type { Assign, AssignBy, Grid, Keep, Kinds, Skills } from '../service.ts';
import type { CaseLimits } from './caseLimits.ts';

/** When and by which rules something can be booked; every length is in whole minutes. */
export interface CaseRules {
  /** Whether whoever serves one segment serves the others that need his kind; `required` unless given. */
  readonly keep?: Keep;
  /** Who serves when several could; `order` unless given. */
  readonly assignBy?: AssignBy;
  /** Distance between two starts; 15 unless given. */
  readonly stepMinutes?: number;
  /** `auto` unless given. */
  readonly grid?: Grid;
  /** Keeps the buffers inside opening hours; false unless given. */
  readonly buffersWithinHours?: boolean;
  /** Least time from now to a start; needs `now`. */
  readonly noticeMinutes?: number;
  /** How many local dates after today's a start may lie; no limit unless given; needs `now`. */
  readonly horizonDays?: number;
  /** The last local date on which a start may lie. */
  readonly horizonDate?: string;
}

/** What is done and with whom. Needs `durationMinutes` or `segments`. */
export interface CaseContent {
  /** With segments: their sum with the least gaps, or left out. */
  readonly durationMinutes?: number;
  /** The length with certain resources, by id; with segments these have it. */
  readonly durationMinutesOf?: Readonly<Record<string, number>>;
  readonly segments?: readonly CaseSegment[];
  /** `any` unless given; an object says how many resources of each kind. */
  readonly assign?: Assign;
  /** What whoever serves must be able to do: a list for all of them, or a list for each kind. */
  readonly skills?: Skills;
  /** Ids of those who may serve. With kinds, a kind of which nobody is named is not restricted. */
  readonly eligible?: readonly string[];
  readonly bufferBeforeMinutes?: number;
  readonly bufferAfterMinutes?: number;
  readonly limits?: CaseLimits;
}

/** What is booked. */
export interface CaseService extends CaseRules, CaseContent {
  /** How many people one session takes; 1 unless given. */
  readonly seats?: number;
}

/** A part of an appointment; its resources are free for others in the gap after it. */
export interface CaseSegment {
  readonly durationMinutes: number;
  readonly durationMinutesOf?: Readonly<Record<string, number>>;
  /** 0 unless given; the last segment has none. */
  readonly gapAfterMinutes?: number | { readonly min: number; readonly max: number };
  /** In place of the service's; then every segment's must be kinds. */
  readonly assign?: Kinds;
  readonly skills?: Skills;
  readonly eligible?: readonly string[];
}

/** Several services in one appointment. */
export interface CaseVisit extends CaseRules {
  /** 2 to 5, whose `assign` are all `any` or all kinds. */
  readonly services: readonly (CaseContent & { readonly id: string })[];
  /** Whether they are done in the order given; `given` unless told otherwise. */
  readonly order?: 'given' | 'any';
  /** The longest wait between two services; 0 unless given. */
  readonly maxWaitMinutes?: number;
}
