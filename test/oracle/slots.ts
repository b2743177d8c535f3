import { isAllowed } from './allowed.ts';
import { findingOf } from './appointments.ts';
import type { Served } from './arrange.ts';
import type { SlotAnswer } from './caseAnswer.ts';
import type { CaseFile, CaseSession } from './caseFile.ts';
import { isoAt, localDay, MINUTE_MS } from './clocks.ts';
import { isOnGrid, type MinuteCalendar } from './minuteCalendar.ts';
import { bareSegments } from './parts.ts';
import { questionOf, type Question } from './question.ts';
import { rankingAt, ranksByDate, type Ranking } from './ranking.ts';
import { servingSession, sessionAt, sessionEnd } from './sessions.ts';

/** All starts in the range, ascending, whatever is asked; `preferred` are the ids that come first in order. */
export function listSlots(file: CaseFile, preferred: readonly string[] = file.prefer ?? []): SlotAnswer[] {
  const question = questionOf(file, preferred);
  if ((file.partySize ?? 1) > question.seats) return [];
  const { grids, find } = findingOf(question);
  const rankings = new Map<number, Ranking>();
  const slots: SlotAnswer[] = [];
  for (let start = question.rangeStart; start < question.rangeEnd; start++) {
    const session = question.seats > 1 ? sessionAt(question, start) : undefined;
    if (session !== undefined) {
      slots.push(sessionSlot(question, session, start));
      continue;
    }
    if (!grids.some((calendar) => isOnGrid(calendar, start))) continue;
    const date = ranksByDate(question) ? localDay(start * MINUTE_MS, question.zone) : 0;
    const ranking = rankings.get(date) ?? rankingAt(question, start);
    rankings.set(date, ranking);
    const known = new Map<MinuteCalendar, boolean>();
    const served = find({
      question,
      start,
      ranking,
      isAllowed: (calendar) => {
        const allowed = known.get(calendar) ?? isAllowed(question, calendar, start);
        known.set(calendar, allowed);
        return allowed;
      },
    });
    if (served !== undefined) slots.push(appointmentSlot(question, served));
  }
  return slots;
}

function appointmentSlot(question: Question, served: readonly Served[]): SlotAnswer {
  const serving = served.flatMap(({ picks }) => [...picks.values()].flat());
  const resources = idsOf(question, serving);
  return {
    start: isoOf(served.at(0)?.start),
    end: isoOf(served.at(-1)?.end),
    resources,
    ...(segmentsMayDiffer(question) ? { segments: served.map((each) => segmentAnswer(question, each)) } : {}),
    ...(question.seats > 1 ? { seatsLeft: question.seats } : {}),
    ...preferredOf(question, resources),
  };
}

function segmentAnswer(
  question: Question,
  { part, start, end, picks }: Served,
): NonNullable<SlotAnswer['segments']>[0] {
  const isVisit = question.file.visit !== undefined;
  return {
    start: isoOf(start),
    end: isoOf(end),
    resources: idsOf(question, [...picks.values()].flat()),
    ...(isVisit && part.service.id !== undefined ? { service: part.service.id } : {}),
  };
}

function sessionSlot(question: Question, session: CaseSession, start: number): SlotAnswer {
  const resources = idsOf(question, servingSession(question, session));
  return {
    start: isoOf(start),
    end: isoOf(sessionEnd(question, session, start)),
    resources,
    seatsLeft: question.seats - session.taken,
    ...preferredOf(question, resources),
  };
}

/** In visits, where a segment has its own word on who serves it, and where those who serve may change. */
function segmentsMayDiffer({ file, keep, services }: Question): boolean {
  if (file.visit !== undefined || keep !== 'required') return true;
  return services.some((service) =>
    bareSegments(service).some(({ assign, skills, eligible }) => [assign, skills, eligible].some(isGiven)),
  );
}

function isGiven(value: unknown): boolean {
  return value !== undefined;
}

function preferredOf({ file: { prefer } }: Question, resources: readonly string[]): { preferred?: boolean } {
  return prefer === undefined ? {} : { preferred: resources.some((id) => prefer.includes(id)) };
}

/** Each once, in the order of the list. */
function idsOf({ calendars }: Question, serving: readonly MinuteCalendar[]): string[] {
  return calendars.filter((calendar) => serving.includes(calendar)).map(({ resource }) => resource.id);
}

function isoOf(minute = Number.NaN): string {
  return isoAt(minute * MINUTE_MS);
}
