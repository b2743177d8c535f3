import { DAY_MS, MINUTE_MS } from '../time/localDate.ts';
import { findSlots, nextSlots, slotStartingAt } from './find.ts';
import type { FindQuestion } from './question.ts';
import { withLengths, type CompiledService } from './service.ts';

/** What could be had in place of a start, or of the length, that was asked for. */
export interface Nearest {
  /** The last bookable start of the range before it. */
  readonly previousMs?: number;
  /** The first bookable start of the range after it. */
  readonly nextMs?: number;
  /** Of a service in one piece that is not bookable there: the longest length that would be, in whole minutes. */
  readonly longestMinutes?: number;
}

/** The nearest bookable starts around an instant, and how long an appointment there could be. */
export function nearestTo(question: FindQuestion, startMs: number): Nearest {
  const { fromMs, toMs } = question.range;
  const previousMs = lastBefore(question, Math.min(startMs, toMs));
  const nextMs = firstFrom(question, Math.max(fromMs, startMs + 1));
  const longestMinutes = startMs >= fromMs && startMs < toMs ? longest(question, startMs) : 0;
  return {
    ...(previousMs === undefined ? {} : { previousMs }),
    ...(nextMs === undefined ? {} : { nextMs }),
    ...(longestMinutes === 0 ? {} : { longestMinutes }),
  };
}

function firstFrom(question: FindQuestion, fromMs: number): number | undefined {
  const { toMs } = question.range;
  return fromMs < toMs ? nextSlots({ ...question, range: { fromMs, toMs } }, 1).startsMs[0] : undefined;
}

const FIRST_STRETCH_MS = 7 * DAY_MS;

function lastBefore(question: FindQuestion, beforeMs: number): number | undefined {
  let stretchMs = FIRST_STRETCH_MS;
  for (let toMs = beforeMs; toMs > question.range.fromMs; toMs -= stretchMs, stretchMs *= 2) {
    const fromMs = Math.max(toMs - stretchMs, question.range.fromMs);
    const { count, startsMs } = findSlots({ ...question, range: { fromMs, toMs } });
    if (count > 0) return startsMs[count - 1];
  }
  return undefined;
}

/** 0 where no length would do, and where the service's own does. */
function longest(question: FindQuestion, startMs: number): number {
  const { service } = question;
  const [segment] = service.segments;
  if (segment === undefined || service.segments.length > 1 || slotStartingAt(question, startMs) !== undefined) return 0;
  let free = 0;
  let taken = Math.max(...service.lengthsMs, ...segment.ownLengthsMs.values()) / MINUTE_MS;
  // What is free for some time is free for less: the starts shrink as the length grows.
  while (taken - free > 1) {
    const minutes = Math.floor((free + taken) / 2);
    if (slotStartingAt({ ...question, service: lasting(service, minutes) }, startMs) === undefined) taken = minutes;
    else free = minutes;
  }
  return free;
}

/** The service with one length, whoever serves. */
function lasting(service: CompiledService, minutes: number): CompiledService {
  const segments = service.segments.map((segment) => ({ ...segment, ownLengthsMs: new Map<string, number>() }));
  return { ...withLengths(service, [minutes * MINUTE_MS]), segments };
}
