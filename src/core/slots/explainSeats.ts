import type { Blocker } from './blocker.ts';
import { dateBlockers, noticeBlockers } from './explainAllowed.ts';
import type { Session, SlotQuestion } from './question.ts';

/** What keeps a party from the sessions at this start that have seats for it; nothing where there are none. */
export function joiningBlockers(question: SlotQuestion, startMs: number): Blocker[] {
  const { service, resources, partySize = 1 } = question;
  return sessionsAt(question, startMs).flatMap((session) => {
    const first = resources.find(({ id }) => id === session.resources[0]);
    if (first === undefined || service.seats - session.taken < partySize) return [];
    // Joining is no further appointment of the service or its resources.
    const { limits: _, ...holder } = first;
    const joined = { ...question, service: { ...service, limits: [] } };
    return [...noticeBlockers(question, startMs), ...dateBlockers(joined, holder, startMs)];
  });
}

/** Whether the party is too large, or the sessions at this start are too full. */
export function seatBlockers(question: SlotQuestion, startMs: number): Blocker[] {
  const { service, partySize = 1 } = question;
  const { seats } = service;
  if (partySize > seats) return [{ code: 'PARTY_TOO_LARGE', partySize, seats }];
  const left = sessionsAt(question, startMs).map(({ taken }) => Math.max(0, seats - taken));
  const seatsLeft = Math.max(...left);
  return left.length > 0 && seatsLeft < partySize ? [{ code: 'SEATS_TAKEN', partySize, seatsLeft }] : [];
}

function sessionsAt({ service, sessions = [] }: SlotQuestion, startMs: number): readonly Session[] {
  return service.seats === 1 ? [] : sessions.filter((session) => session.startMs === startMs);
}
