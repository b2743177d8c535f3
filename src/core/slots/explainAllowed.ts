import { epochDayAt, formatLocalDate } from '../time/localDate.ts';
import { localMsAt } from '../time/zone.ts';
import { earliestStart, lastStartDay } from './allowed.ts';
import type { Blocker } from './blocker.ts';
import { fullPeriods, type Limits } from './limits.ts';
import type { SlotQuestion, SlotResource } from './question.ts';

const hasOwnNotice = ({ noticeMs }: SlotResource): boolean => noticeMs !== undefined;

/** Whether a start keeps the notice, where it is the same whoever serves. */
export function noticeBlockers(question: SlotQuestion, startMs: number): Blocker[] {
  if (question.resources.some(hasOwnNotice)) return [];
  const earliestMs = earliestStart(question, question.service);
  return startMs < earliestMs ? [{ code: 'NOTICE_TOO_SHORT', earliestMs }] : [];
}

/** Whether a start keeps the notice of a resource, where they differ. */
function ownNoticeBlockers(question: SlotQuestion, resource: SlotResource, startMs: number): Blocker[] {
  if (!question.resources.some(hasOwnNotice)) return [];
  const earliestMs = earliestStart(question, resource);
  return startMs < earliestMs ? [{ code: 'NOTICE_TOO_SHORT', earliestMs, resource: resource.id }] : [];
}

type Scope = Extract<Blocker, { readonly code: 'LIMIT_REACHED' }>['scope'];

/** The notice of its own, the horizon and the limits that keep a resource from serving on the date of a start, in its zone. */
export function dateBlockers(question: SlotQuestion, resource: SlotResource, startMs: number): Blocker[] {
  const { id, limits, schedule } = resource;
  const day = epochDayAt(localMsAt(schedule.zone, startMs));
  const lastDay = lastStartDay(question, resource);
  const beyond: Blocker = { code: 'BEYOND_HORIZON', resource: id, lastDate: formatLocalDate(lastDay) };
  const reached = (scope: Scope, counted: Limits | undefined): Blocker[] => {
    const periods = counted === undefined ? [] : fullPeriods(counted, schedule.zone, day, day);
    return periods.map(({ period, limit, ...full }) => ({
      code: 'LIMIT_REACHED',
      resource: id,
      scope,
      period,
      limit,
      firstDate: formatLocalDate(full.firstDay),
      lastDate: formatLocalDate(full.lastDay),
    }));
  };
  return [
    ...ownNoticeBlockers(question, resource, startMs),
    ...(day > lastDay ? [beyond] : []),
    ...reached('resource', limits),
    ...question.service.limits.flatMap((each) => reached('service', each)),
    ...reached('customer', question.customer?.limits),
  ];
}
