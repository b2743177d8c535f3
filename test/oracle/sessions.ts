import { isBelow, isInTime } from './allowed.ts';
import type { CaseSession } from './caseFile.ts';
import { epochMs, MINUTE_MS } from './clocks.ts';
import type { MinuteCalendar } from './minuteCalendar.ts';
import { ANYBODY, bareSegments, lengthKindOf, lengthWith } from './parts.ts';
import type { Question } from './question.ts';

/** The first listed session at this start with seats for the party, where the zone of its first resource allows the time. */
export function sessionAt(question: Question, start: number): CaseSession | undefined {
  const { file, seats } = question;
  const partySize = file.partySize ?? 1;
  return file.sessions?.find((session) => {
    if (epochMs(session.start) !== start * MINUTE_MS || session.taken + partySize > seats) return false;
    const first = servingSession(question, session).find(({ resource }) => resource.id === session.resources[0]);
    const zone = first?.zone ?? question.zone;
    const limits = file.customer?.limits;
    return isInTime(question, zone, start, first?.resource) && (limits === undefined || isBelow(limits, zone, start));
  });
}

/** Those who hold a session, in the order of the list. */
export function servingSession({ calendars }: Question, session: CaseSession): readonly MinuteCalendar[] {
  return calendars.filter(({ resource }) => session.resources.includes(resource.id));
}

/** When a session ends: its segments last as long as with those who hold it; its gaps are fixed. */
export function sessionEnd(question: Question, session: CaseSession, start: number): number {
  const serving = servingSession(question, session);
  let end = start;
  for (const service of question.services) {
    for (const segment of bareSegments(service)) {
      const lengthKind = lengthKindOf(service, segment, question.calendars);
      const concerned = serving.filter(({ kind }) => lengthKind === ANYBODY || kind === lengthKind);
      const lengths = concerned.map((calendar) => lengthWith(segment, calendar));
      end += lengths.length > 0 ? Math.max(...lengths) : segment.durationMinutes;
      if (typeof segment.gapAfterMinutes === 'number') end += segment.gapAfterMinutes;
      else if (segment.gapAfterMinutes !== undefined) end += segment.gapAfterMinutes.min;
    }
  }
  return end;
}
