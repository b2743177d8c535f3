import { appendInterval, bufferedIntervals, subtractShifted, type IntervalBuffer } from '../time/interval.ts';
import { epochDayAt, type EpochDay } from '../time/localDate.ts';
import { localMsAt } from '../time/zone.ts';
import { appendDates } from './dates.ts';
import { limitedTime, type Limits } from './limits.ts';
import type { SlotQuestion, SlotResource } from './question.ts';

/** Whose notice and horizon count: those of the service, unless there are some in their place. */
type Own = Pick<SlotResource, 'noticeMs' | 'horizonDays'>;

/** The first instant that keeps the notice (it is allowed itself); without a now there is none. */
export function earliestStart({ nowMs = -Infinity, service }: SlotQuestion, own: Own): number {
  return nowMs + (own.noticeMs ?? service.noticeMs);
}

/** The last local date on which a start with the resource is within the horizon; Infinity without a horizon. */
export function lastStartDay({ nowMs, service }: SlotQuestion, own: SlotResource): EpochDay {
  const days = own.horizonDays ?? service.horizonDays;
  return nowMs === undefined
    ? service.horizonDay
    : Math.min(service.horizonDay, epochDayAt(localMsAt(own.schedule.zone, nowMs)) + days);
}

/** Every limit that counts for an appointment with this resource. */
function limitsOf({ service, customer }: SlotQuestion, resource: Pick<SlotResource, 'limits'>): readonly Limits[] {
  const { limits } = resource;
  if (limits === undefined && customer?.limits === undefined) return service.limits;
  return [limits, ...service.limits, customer?.limits].filter((each) => each !== undefined);
}

const untilLastDay = Float64Array.of(-Infinity, NaN);

/** Writes the part of [fromMs, toMs) in which notice, horizon and limits let an appointment with this resource start. */
export function allowedStarts(
  question: SlotQuestion,
  resource: SlotResource,
  fromMs: number,
  toMs: number,
  out: IntervalBuffer,
): void {
  out.length = 0;
  const { zone } = resource.schedule;
  const start = Math.max(fromMs, earliestStart(question, resource));
  const lastDay = lastStartDay(question, resource);
  if (lastDay === Infinity) appendInterval(out, start, toMs);
  else {
    untilLastDay[1] = lastDay + 1;
    appendDates(untilLastDay, zone, start, toMs, out);
  }
  const limits = limitsOf(question, resource);
  if (limits.length === 0 || out.length === 0) return;
  const before = bufferedIntervals(out);
  out.length = 0;
  subtractShifted(before, before.length, limitedTime(limits, zone, start, toMs), 0, 0, out);
}
