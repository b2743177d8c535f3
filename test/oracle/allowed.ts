import type { CaseLimits, CaseResource } from './caseFile.ts';
import { dayOf, epochMs, localDay, MINUTE_MS, weekOf } from './clocks.ts';
import type { MinuteCalendar } from './minuteCalendar.ts';
import type { Question } from './question.ts';

/** Whether notice, horizon and every limit let an appointment with this resource start at the minute. */
export function isAllowed(question: Question, calendar: MinuteCalendar, start: number): boolean {
  const { zone, resource } = calendar;
  if (!isInTime(question, zone, start, resource)) return false;
  const limits = [
    resource.limits,
    question.file.customer?.limits,
    ...question.services.map((service) => service.limits),
  ];
  return limits.every((each) => each === undefined || isBelow(each, zone, start));
}

/** Whether notice and horizon, the latter in the zone, allow the start; the resource may have its own. */
export function isInTime(
  { file, terms }: Question,
  zone: string,
  start: number,
  own: Pick<CaseResource, 'noticeMinutes' | 'horizonDays'> = {},
): boolean {
  const startMs = start * MINUTE_MS;
  const startDay = localDay(startMs, zone);
  if (terms.horizonDate !== undefined && startDay > dayOf(terms.horizonDate)) return false;
  if (file.now === undefined) return true;
  const nowMs = epochMs(file.now);
  const notice = own.noticeMinutes ?? terms.noticeMinutes ?? 0;
  const horizon = own.horizonDays ?? terms.horizonDays;
  if (startMs < nowMs + notice * MINUTE_MS) return false;
  return horizon === undefined || startDay <= localDay(nowMs, zone) + horizon;
}

/** Whether neither the day nor the week of the start, in the zone, has reached its limit. */
export function isBelow({ perDay, perWeek, booked = [] }: CaseLimits, zone: string, start: number): boolean {
  const day = localDay(start * MINUTE_MS, zone);
  const days = booked.map((each) => localDay(epochMs(each), zone));
  if (perDay !== undefined && days.filter((each) => each === day).length >= perDay) return false;
  return perWeek === undefined || days.filter((each) => weekOf(each) === weekOf(day)).length < perWeek;
}
