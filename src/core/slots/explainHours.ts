import { covers, firstEndingAfter, intersect, subtract, type Intervals } from '../time/interval.ts';
import { DAY_MS, epochDayAt, formatLocalDate } from '../time/localDate.ts';
import { localMsAt } from '../time/zone.ts';
import type { Blocker, Stretch } from './blocker.ts';
import { meeting } from './explainBusy.ts';
import type { Part } from './part.ts';
import type { SlotResource } from './question.ts';
import type { Opening } from './opening.ts';
import type { CompiledSchedule } from './schedule.ts';

const NEIGHBOURHOOD_MS = 7 * DAY_MS;

/** What keeps a resource's part of an appointment from lying in its open time. */
export function hoursBlockers({ id, schedule }: SlotResource, part: Part, startMs: number): Blocker[] {
  const [fromMs, toMs] = [startMs + part.fromMs, startMs + part.toMs];
  const blockers = closedBlockers(id, schedule, fromMs, toMs);
  if (blockers.length > 0) return blockers;
  const { open } = openingAround(schedule, fromMs, toMs);
  const around = firstEndingAfter(open, fromMs);
  const beyond = (side: 'before' | 'after'): Blocker => ({ code: 'BUFFER_OUTSIDE_HOURS', resource: id, side });
  return [
    ...(fromMs - part.openBeforeMs < (open[around] ?? NaN) ? [beyond('before')] : []),
    ...(toMs + part.openAfterMs > (open[around + 1] ?? NaN) ? [beyond('after')] : []),
  ];
}

function openingAround(schedule: CompiledSchedule, fromMs: number, toMs: number): Opening {
  return schedule.openingIn(fromMs - NEIGHBOURHOOD_MS, toMs + NEIGHBOURHOOD_MS);
}

/** Why a schedule, or one that it lies within, is closed at some time of [fromMs, toMs). */
function closedBlockers(resource: string, schedule: CompiledSchedule, fromMs: number, toMs: number): Blocker[] {
  const { zone, name, within } = schedule;
  const whose = { resource, ...(name === undefined ? {} : { schedule: name }) };
  const { hours } = openingAround(schedule, fromMs, toMs);
  const day = epochDayAt(localMsAt(zone, fromMs));
  const isClosed = schedule.isClosedOn(day);
  const blockers: Blocker[] = [];
  if (!covers(hours, fromMs, toMs)) {
    // Hours are cut to those of the others, so what is missing where the others are open is missing of its own.
    const others = within.reduce<Intervals>(
      (open, other) => intersect(open, openingAround(other, fromMs, toMs).hours),
      Float64Array.of(fromMs, toMs),
    );
    if (isClosed) blockers.push({ code: 'CLOSED_DATE', ...whose, date: formatLocalDate(day) });
    else if (subtract(others, hours).length > 0) {
      blockers.push({ code: 'OUTSIDE_HOURS', ...whose, ...nearest(hours, fromMs) });
    }
  }
  for (const timeOff of meeting(schedule.timeOff, fromMs, toMs)) {
    blockers.push({ code: 'TIME_OFF', ...whose, timeOff });
  }
  return [...blockers, ...within.flatMap((other) => closedBlockers(resource, other, fromMs, toMs))];
}

function nearest(hours: Intervals, startMs: number): { readonly previous?: Stretch; readonly next?: Stretch } {
  const after = firstEndingAfter(hours, startMs);
  // Hours that the start lies in, but not the end, count as those before.
  const next = (hours[after] ?? Infinity) <= startMs ? after + 2 : after;
  const previous = stretchAt(hours, next - 2);
  const following = stretchAt(hours, next);
  return {
    ...(previous === undefined ? {} : { previous }),
    ...(following === undefined ? {} : { next: following }),
  };
}

function stretchAt(list: Intervals, index: number): Stretch | undefined {
  const startMs = list[index];
  const endMs = list[index + 1];
  return startMs === undefined || endMs === undefined ? undefined : { startMs, endMs };
}
