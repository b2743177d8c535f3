import { MINUTE_MS, type EpochDay } from '../time/localDate.ts';
import type { Limits } from './limits.ts';
import { partOf, type Layout, type Part } from './part.ts';

/**
 * Where starts may lie; nothing busy ever shifts them. `auto`: a step that divides 60 keeps to the clock of the
 * schedule's zone, any other counts in real time from the start of its date's window. `window` forces the second.
 * `midnight` counts wall-clock minutes from local midnight whatever the step.
 */
export type Grid = 'auto' | 'midnight' | 'window';

/** So many of each kind: `{ staff: 1, room: 1 }`. */
export type Kinds = Readonly<Record<string, number>>;

/** Who serves an appointment: `any` one of the resources, `all` of them, or so many of each kind. */
export type Assign = 'any' | 'all' | Kinds;

/** What whoever serves must be able to do: the same for all, or for each kind. */
export type Skills = readonly string[] | Readonly<Record<string, readonly string[]>>;

/** Whether whoever serves one segment serves the others that need his kind. */
export type Keep = 'required' | 'preferred' | 'free';

/** Who serves when several could; see `docs/case-file.md`. */
export type AssignBy = 'order' | 'priority' | 'roundRobin' | 'leastRecent' | 'mostFree' | 'fewestChanges';

/** Who may serve. */
export interface Qualification {
  readonly skills?: Skills;
  /** Ids of those who may. With kinds, a kind of which nobody is named is not restricted. */
  readonly eligible?: readonly string[];
}

/** A part of an appointment that needs its resources; during the gap after it they are free for others. */
export interface Segment extends Qualification {
  readonly durationMinutes: number;
  /** The length with certain resources, by id. */
  readonly durationMinutesOf?: Readonly<Record<string, number>>;
  /** Whole minutes until the next segment; ignored on the last. Fixed when the two are equal. */
  readonly minGapAfterMinutes?: number;
  readonly maxGapAfterMinutes?: number;
  /** In place of the service's; then every segment's must be kinds. */
  readonly assign?: Kinds;
}

/** When and by which rules something can be booked. All lengths are whole minutes. */
export interface BookingRules {
  /** Distance between two starts. */
  readonly stepMinutes: number;
  readonly grid?: Grid;
  /** Keeps the buffers inside opening hours too. */
  readonly buffersWithinHours?: boolean;
  /** How long before its start an appointment must be booked; judged only against a known now. */
  readonly noticeMinutes?: number;
  /** How many local dates after today's a start may lie; judged only against a known now. */
  readonly horizonDays?: number;
  /** The last local date on which a start may lie. */
  readonly horizonDay?: EpochDay;
  readonly keep?: Keep;
  readonly assignBy?: AssignBy;
}

/** What is booked. All lengths are whole minutes. */
export interface ServiceRules extends BookingRules, Qualification {
  /** At least one; a simple service is one segment. */
  readonly segments: readonly Segment[];
  readonly assign?: Assign;
  /** Occupied before the start and after the end; both may lie outside opening hours. */
  readonly bufferBeforeMinutes?: number;
  readonly bufferAfterMinutes?: number;
  readonly limits?: Limits;
  /** How many people one session takes; 1 unless given. */
  readonly seats?: number;
}

/** Who serves a segment. */
export interface CompiledSegment {
  readonly assign: Assign;
  readonly skills: Skills;
  readonly eligible: ReadonlySet<string> | undefined;
  /** Lengths in milliseconds with certain resources, by id. */
  readonly ownLengthsMs: ReadonlyMap<string, number>;
  /** The service of a visit that it belongs to. */
  readonly serviceId: string | undefined;
}

/** A service or a visit prepared for many questions; as a part it is that of whoever serves all of it. */
export interface CompiledService extends Part, Layout {
  readonly segments: readonly CompiledSegment[];
  /** From the first start to the last end, with the least and with the greatest gaps. */
  readonly spanMs: number;
  readonly maxSpanMs: number;
  /** Whether any gap has a choice of lengths. */
  readonly flexible: boolean;
  readonly stepMs: number;
  /** `auto` is resolved: `clock` keeps to the wall clock, `day` counts from local midnight and starts anew each day. */
  readonly grid: 'clock' | 'day' | 'window';
  readonly assign: Assign;
  readonly noticeMs: number;
  /** Infinity without a horizon. */
  readonly horizonDays: number;
  readonly horizonDay: EpochDay;
  readonly keep: Keep;
  readonly assignBy: AssignBy;
  readonly limits: readonly Limits[];
  readonly seats: number;
  /** Whether each resource's own starts are listed; otherwise they lie on the grid of the first. */
  readonly ownGrid: boolean;
  /** Whether everyone may serve all of it for the same time, and the first in the list does. */
  readonly plain: boolean;
  /** For a visit that may be done in several orders: each of them, this one first. */
  readonly orders: readonly CompiledService[] | undefined;
}

/**
 * Prepares a service for many questions.
 *
 * @example
 * const haircut = compileService({ segments: [{ durationMinutes: 45 }], stepMinutes: 15, bufferAfterMinutes: 10 });
 */
export function compileService(rules: ServiceRules): CompiledService {
  const segments = rules.segments.map((segment) => compileSegment(rules, segment, undefined));
  return compileSegments(rules, rules.segments, segments, {
    bufferBeforeMinutes: rules.bufferBeforeMinutes ?? 0,
    bufferAfterMinutes: rules.bufferAfterMinutes ?? 0,
    limits: rules.limits === undefined ? [] : [rules.limits],
    seats: rules.seats ?? 1,
  });
}

const EVERYBODY: Skills = [];
const NO_OWN_LENGTHS: ReadonlyMap<string, number> = new Map<string, number>();

/** A segment with what its service says of all of them. */
export function compileSegment(
  service: Qualification & { readonly assign?: Assign },
  segment: Segment,
  serviceId: string | undefined,
): CompiledSegment {
  const eligible = segment.eligible ?? service.eligible;
  const own = Object.entries(segment.durationMinutesOf ?? {});
  return {
    assign: segment.assign ?? service.assign ?? 'any',
    skills: segment.skills ?? service.skills ?? EVERYBODY,
    eligible: eligible === undefined ? undefined : new Set(eligible),
    ownLengthsMs: own.length === 0 ? NO_OWN_LENGTHS : new Map(own.map(([id, minutes]) => [id, minutes * MINUTE_MS])),
    serviceId,
  };
}

/** What a whole has beside its segments. */
export interface Frame {
  readonly bufferBeforeMinutes: number;
  readonly bufferAfterMinutes: number;
  readonly limits: readonly Limits[];
  readonly seats: number;
}

/** Puts segments in this order together. */
export function compileSegments(
  rules: BookingRules,
  times: readonly Segment[],
  segments: readonly CompiledSegment[],
  frame: Frame,
): CompiledService {
  const inner = times.slice(0, -1);
  const layout: Layout = {
    lengthsMs: times.map((segment) => segment.durationMinutes * MINUTE_MS),
    minGapsMs: inner.map((segment) => (segment.minGapAfterMinutes ?? 0) * MINUTE_MS),
    maxGapsMs: inner.map((segment) => (segment.maxGapAfterMinutes ?? segment.minGapAfterMinutes ?? 0) * MINUTE_MS),
    bufferBeforeMs: frame.bufferBeforeMinutes * MINUTE_MS,
    bufferAfterMs: frame.bufferAfterMinutes * MINUTE_MS,
    buffersWithinHours: rules.buffersWithinHours ?? false,
  };
  const [first] = segments;
  const assign = first?.assign ?? 'any';
  const keep = rules.keep ?? 'required';
  const assignBy = rules.assignBy ?? 'order';
  const { limits, seats } = frame;
  return {
    ...laidOut(layout),
    segments,
    stepMs: rules.stepMinutes * MINUTE_MS,
    grid: resolveGrid(rules.grid ?? 'auto', rules.stepMinutes),
    assign,
    noticeMs: (rules.noticeMinutes ?? 0) * MINUTE_MS,
    horizonDays: rules.horizonDays ?? Infinity,
    horizonDay: rules.horizonDay ?? Infinity,
    keep,
    assignBy,
    limits,
    seats,
    ownGrid: assign === 'any' && keep === 'required' && first?.serviceId === undefined,
    plain:
      keep === 'required' &&
      assignBy === 'order' &&
      seats === 1 &&
      segments.every((segment) => segment.assign === assign && isForEverybody(segment)),
    orders: undefined,
  };
}

/** The same service with segments of other lengths. */
export function withLengths(service: CompiledService, lengthsMs: readonly number[]): CompiledService {
  if (lengthsMs.every((lengthMs, segment) => lengthMs === service.lengthsMs[segment])) return service;
  return { ...service, ...laidOut({ ...service, lengthsMs }) };
}

/** The same service for these resources alone; a kind of which none is named is not restricted. */
export function restrictedTo(service: CompiledService, ids: readonly string[]): CompiledService {
  const eligible = new Set(ids);
  const segments = service.segments.map((segment) => ({ ...segment, eligible }));
  return { ...service, segments, plain: false };
}

/** The same service, or visit, with other limits. */
export function withLimits(service: CompiledService, limits: readonly Limits[]): CompiledService {
  return { ...service, limits, orders: service.orders?.map((order) => ({ ...order, limits })) };
}

type LaidOut = Layout & Part & Pick<CompiledService, 'spanMs' | 'maxSpanMs' | 'flexible'>;

function laidOut(layout: Layout): LaidOut {
  const { minGapsMs, maxGapsMs } = layout;
  const whole = partOf(layout, [...layout.lengthsMs.keys()]);
  const slackMs = maxGapsMs.reduce((sum, gapMs, index) => sum + gapMs - (minGapsMs[index] ?? 0), 0);
  return {
    ...whole,
    minGapsMs,
    maxGapsMs,
    buffersWithinHours: layout.buffersWithinHours,
    spanMs: whole.toMs,
    maxSpanMs: whole.toMs + slackMs,
    flexible: slackMs > 0,
  };
}

function isForEverybody({ skills, eligible, ownLengthsMs, serviceId }: CompiledSegment): boolean {
  return skills === EVERYBODY && eligible === undefined && ownLengthsMs.size === 0 && serviceId === undefined;
}

function resolveGrid(grid: Grid, stepMinutes: number): CompiledService['grid'] {
  if (grid === 'window' || (grid === 'auto' && 60 % stepMinutes !== 0)) return 'window';
  // A step that divides the day reaches midnight by itself: no need to start anew.
  return 1_440 % stepMinutes === 0 ? 'clock' : 'day';
}
