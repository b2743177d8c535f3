import { MINUTE_MS } from '../time/localDate.ts';

/**
 * Where starts may lie; nothing busy ever shifts them. `auto`: a step that divides 60 keeps to the clock of the
 * schedule's zone, any other counts in real time from the start of its date's window. `window` forces the second.
 * `midnight` counts wall-clock minutes from local midnight whatever the step.
 */
export type Grid = 'auto' | 'midnight' | 'window';

/**
 * Who serves an appointment: `any` one of the resources, `all` of them, or so many of each kind
 * (`{ staff: 1, room: 1 }`).
 */
export type Assign = 'any' | 'all' | Readonly<Record<string, number>>;

/** A part of an appointment that needs its resources; during the gap after it they are free for others. */
export interface Segment {
  readonly durationMinutes: number;
  /** Whole minutes until the next segment; ignored on the last. Fixed when the two are equal. */
  readonly minGapAfterMinutes?: number;
  readonly maxGapAfterMinutes?: number;
}

/** What is booked. All lengths are whole minutes. */
export interface ServiceRules {
  /** At least one; a simple service is one segment. */
  readonly segments: readonly Segment[];
  /** Distance between two starts. */
  readonly stepMinutes: number;
  readonly grid?: Grid;
  readonly assign?: Assign;
  /** Occupied before the start and after the end; both may lie outside opening hours. */
  readonly bufferBeforeMinutes?: number;
  readonly bufferAfterMinutes?: number;
  /** Keeps the buffers inside opening hours too. */
  readonly buffersWithinHours?: boolean;
  /** How long before its start an appointment must be booked; judged only against a known now. */
  readonly noticeMinutes?: number;
  /** How many local dates after today's a start may lie; judged only against a known now. */
  readonly horizonDays?: number;
}

/** A service prepared for many questions. */
export interface CompiledService {
  /** Per segment: its length in milliseconds. */
  readonly lengthsMs: readonly number[];
  /** Per segment but the last: the least and the greatest gap after it. */
  readonly minGapsMs: readonly number[];
  readonly maxGapsMs: readonly number[];
  /** Per segment: its start after the appointment's, with the least gaps. */
  readonly offsetsMs: readonly number[];
  /** From the first start to the last end, with the least gaps. */
  readonly spanMs: number;
  /** From the first start to the last end, with the greatest gaps. */
  readonly maxSpanMs: number;
  /** Whether any gap has a choice of lengths. */
  readonly flexible: boolean;
  readonly stepMs: number;
  /** `auto` is resolved: `clock` keeps to the wall clock, `day` counts from local midnight and starts anew each day. */
  readonly grid: 'clock' | 'day' | 'window';
  readonly assign: Assign;
  readonly bufferBeforeMs: number;
  readonly bufferAfterMs: number;
  readonly buffersWithinHours: boolean;
  readonly noticeMs: number;
  /** Infinity without a horizon. */
  readonly horizonDays: number;
}

/**
 * Prepares a service for many questions.
 *
 * @example
 * const haircut = compileService({ segments: [{ durationMinutes: 45 }], stepMinutes: 15, bufferAfterMinutes: 10 });
 */
export function compileService(rules: ServiceRules): CompiledService {
  const lengthsMs = rules.segments.map((segment) => segment.durationMinutes * MINUTE_MS);
  const inner = rules.segments.slice(0, -1);
  const minGapsMs = inner.map((segment) => (segment.minGapAfterMinutes ?? 0) * MINUTE_MS);
  const maxGapsMs = inner.map((segment) => (segment.maxGapAfterMinutes ?? segment.minGapAfterMinutes ?? 0) * MINUTE_MS);
  const offsetsMs: number[] = [];
  let spanMs = 0;
  lengthsMs.forEach((lengthMs, index) => {
    offsetsMs.push(spanMs);
    spanMs += lengthMs + (minGapsMs[index] ?? 0);
  });
  const slackMs = maxGapsMs.reduce((sum, gapMs, index) => sum + gapMs - (minGapsMs[index] ?? 0), 0);
  return {
    lengthsMs,
    minGapsMs,
    maxGapsMs,
    offsetsMs,
    spanMs,
    maxSpanMs: spanMs + slackMs,
    flexible: slackMs > 0,
    stepMs: rules.stepMinutes * MINUTE_MS,
    grid: resolveGrid(rules.grid ?? 'auto', rules.stepMinutes),
    assign: rules.assign ?? 'any',
    bufferBeforeMs: (rules.bufferBeforeMinutes ?? 0) * MINUTE_MS,
    bufferAfterMs: (rules.bufferAfterMinutes ?? 0) * MINUTE_MS,
    buffersWithinHours: rules.buffersWithinHours ?? false,
    noticeMs: (rules.noticeMinutes ?? 0) * MINUTE_MS,
    horizonDays: rules.horizonDays ?? Infinity,
  };
}

function resolveGrid(grid: Grid, stepMinutes: number): CompiledService['grid'] {
  if (grid === 'window' || (grid === 'auto' && 60 % stepMinutes !== 0)) return 'window';
  // A step that divides the day reaches midnight by itself: no need to start anew.
  return 1_440 % stepMinutes === 0 ? 'clock' : 'day';
}
