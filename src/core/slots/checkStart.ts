import { covers, firstEndingAfter, type Intervals } from '../time/interval.ts';
import { DAY_MS, epochDayAt, formatLocalDate } from '../time/localDate.ts';
import { localMsAt } from '../time/zone.ts';
import { earliestStart, lastStartDay } from './allowed.ts';
import type { Blocker, Stretch } from './blocker.ts';
import { emitStarts, gridRuns, sortStarts, type StartBuffer } from './grid.ts';
import { slotStartingAt } from './find.ts';
import { kindNeeds } from './need.ts';
import type { Slot } from './found.ts';
import type { FindQuestion, SlotQuestion, SlotResource } from './question.ts';
import type { CompiledService } from './service.ts';

/** What {@link checkStart} answers. */
export type StartCheck =
  { readonly ok: true; readonly slot: Slot } | { readonly ok: false; readonly blockers: readonly Blocker[] };

/**
 * Judges one start with the code that lists starts, so that the two cannot disagree. If it is not bookable, says
 * everything that stands in its way: for each resource that could have served, and for the appointment as a whole.
 * Services whose gaps have a choice are explained with the least gaps. With a range, a start outside it is refused.
 */
export function checkStart(question: SlotQuestion | FindQuestion, startMs: number): StartCheck {
  const outside = outsideRange(question, startMs);
  const slot = outside === undefined ? slotStartingAt(question, startMs) : undefined;
  if (slot !== undefined) return { ok: true, slot };
  return { ok: false, blockers: [...(outside === undefined ? [] : [outside]), ...explain(question, startMs)] };
}

function outsideRange(question: SlotQuestion | FindQuestion, startMs: number): Blocker | undefined {
  if (!('range' in question)) return undefined;
  const { fromMs, toMs } = question.range;
  if (startMs >= fromMs && startMs < toMs) return undefined;
  return { code: 'OUTSIDE_RANGE', range: { startMs: fromMs, endMs: toMs } };
}

function explain(question: SlotQuestion, startMs: number): Blocker[] {
  const { service, resources } = question;
  const blockers: Blocker[] = [];
  const earliestMs = earliestStart(question);
  if (startMs < earliestMs) blockers.push({ code: 'NOTICE_TOO_SHORT', earliestMs });
  const [first] = resources;
  if (first === undefined) {
    blockers.push({ code: 'RESOURCE_MISSING', needed: 1, available: 0 });
  } else if (service.assign !== 'any') {
    blockers.push(...offGrid(service, first, startMs));
  }
  for (const resource of concerned(question, blockers)) {
    if (service.assign === 'any') blockers.push(...offGrid(service, resource, startMs));
    blockers.push(...hoursBlockers(service, resource, startMs));
    blockers.push(...busyBlockers(service, resource, startMs));
    const lastDay = lastStartDay(question, resource.schedule.zone);
    if (epochDayAt(localMsAt(resource.schedule.zone, startMs)) > lastDay) {
      blockers.push({ code: 'BEYOND_HORIZON', resource: resource.id, lastDate: formatLocalDate(lastDay) });
    }
  }
  return blockers;
}

/** The resources that could serve; notes the kinds of which there are too few. */
function concerned(question: SlotQuestion, blockers: Blocker[]): readonly SlotResource[] {
  const { assign } = question.service;
  if (assign === 'any' || assign === 'all') return question.resources;
  const needs = kindNeeds(assign, question.resources);
  for (const { kind, needed, members } of needs) {
    if (members.length < needed) {
      blockers.push({ code: 'RESOURCE_MISSING', kind, needed, available: members.length });
    }
  }
  const members = new Set(needs.flatMap((need) => need.members));
  return question.resources.filter((_, index) => members.has(index));
}

const NEIGHBOURHOOD_MS = 7 * DAY_MS;

function offGrid(service: CompiledService, resource: SlotResource, startMs: number): Blocker[] {
  if (gridStarts(service, resource, startMs, startMs + 1).length > 0) return [];
  const before = gridStarts(service, resource, startMs - NEIGHBOURHOOD_MS, startMs);
  const after = gridStarts(service, resource, startMs, startMs + NEIGHBOURHOOD_MS);
  const previousMs = before.at(-1);
  const nextMs = after[0];
  return [
    {
      code: 'OFF_GRID',
      resource: resource.id,
      ...(previousMs === undefined ? {} : { previousMs }),
      ...(nextMs === undefined ? {} : { nextMs }),
    },
  ];
}

function gridStarts(service: CompiledService, resource: SlotResource, fromMs: number, toMs: number): Float64Array {
  const { zone } = resource.schedule;
  const opening = resource.schedule.openingIn(fromMs, toMs);
  const starts: StartBuffer = { data: new Float64Array(64), length: 0 };
  const runs = gridRuns(service, zone, opening, fromMs, toMs);
  emitStarts(runs, service.stepMs, Float64Array.of(fromMs, toMs), 2, starts);
  if (opening.overlapping) sortStarts(starts, 0);
  return starts.data.subarray(0, starts.length);
}

function hoursBlockers(service: CompiledService, resource: SlotResource, startMs: number): Blocker[] {
  const { schedule, id } = resource;
  const endMs = startMs + service.spanMs;
  const beforeMs = service.buffersWithinHours ? service.bufferBeforeMs : 0;
  const afterMs = service.buffersWithinHours ? service.bufferAfterMs : 0;
  const { hours, open } = schedule.openingIn(startMs - NEIGHBOURHOOD_MS, endMs + NEIGHBOURHOOD_MS);
  const blockers: Blocker[] = [];
  if (!covers(hours, startMs, endMs)) {
    const day = epochDayAt(localMsAt(schedule.zone, startMs));
    if (schedule.isClosedOn(day)) blockers.push({ code: 'CLOSED_DATE', resource: id, date: formatLocalDate(day) });
    else blockers.push({ code: 'OUTSIDE_HOURS', resource: id, ...nearest(hours, startMs) });
  }
  for (const timeOff of meeting(schedule.timeOff, startMs, endMs)) {
    blockers.push({ code: 'TIME_OFF', resource: id, timeOff });
  }
  if (blockers.length === 0) {
    const around = firstEndingAfter(open, startMs);
    if (startMs - beforeMs < (open[around] ?? NaN)) {
      blockers.push({ code: 'BUFFER_OUTSIDE_HOURS', resource: id, side: 'before' });
    }
    if (endMs + afterMs > (open[around + 1] ?? NaN)) {
      blockers.push({ code: 'BUFFER_OUTSIDE_HOURS', resource: id, side: 'after' });
    }
  }
  return blockers;
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

function busyBlockers(service: CompiledService, resource: SlotResource, startMs: number): Blocker[] {
  const last = service.lengthsMs.length - 1;
  return service.lengthsMs.flatMap((lengthMs, segment) => {
    const fromMs = startMs + (service.offsetsMs[segment] ?? 0);
    const toMs = fromMs + lengthMs;
    const beforeMs = segment === 0 ? service.bufferBeforeMs : 0;
    const afterMs = segment === last ? service.bufferAfterMs : 0;
    return meeting(resource.busy, fromMs - beforeMs, toMs + afterMs).map((busy): Blocker => {
      if (busy.startMs < toMs && busy.endMs > fromMs) return { code: 'BUSY', resource: resource.id, segment, busy };
      const side = busy.endMs <= fromMs ? 'before' : 'after';
      return { code: 'BUFFER_BUSY', resource: resource.id, side, busy };
    });
  });
}

/** The intervals of any list that share an instant with [fromMs, toMs), ascending. */
function meeting(list: Intervals, fromMs: number, toMs: number): Stretch[] {
  const found: Stretch[] = [];
  for (let index = 0; index < list.length; index += 2) {
    const startMs = list[index] ?? NaN;
    const endMs = list[index + 1] ?? NaN;
    if (startMs < toMs && endMs > fromMs && startMs < endMs) found.push({ startMs, endMs });
  }
  return found.sort((left, right) => left.startMs - right.startMs);
}
