import { intervalBuffer, overlaps } from '../time/interval.ts';
import { allowedStarts } from './allowed.ts';
import type { FindQuestion, Session } from './question.ts';

/** Sessions that a party can join, ascending by start, of several at one start the first listed. */
export function joinableSessions(
  question: FindQuestion,
): readonly { readonly session: Session; readonly index: number }[] {
  const { sessions = [], service, partySize = 1, range } = question;
  const first = new Map<number, { readonly session: Session; readonly index: number }>();
  sessions.forEach((session, index) => {
    const { startMs, taken } = session;
    if (startMs < range.fromMs || startMs >= range.toMs || first.has(startMs)) return;
    if (service.seats - taken >= partySize && isAllowed(question, session)) first.set(startMs, { session, index });
  });
  return [...first.values()].sort((left, right) => left.session.startMs - right.session.startMs);
}

const allowed = intervalBuffer(4);

/** Joining is no further appointment of the service or its resources, so the customer's limits alone count. */
function isAllowed(question: FindQuestion, { startMs, resources: [firstId] }: Session): boolean {
  const resource = question.resources.find(({ id }) => id === firstId);
  if (resource === undefined) return false;
  const { limits: _, ...unlimited } = resource;
  const service = { ...question.service, limits: [] };
  allowedStarts({ ...question, service }, unlimited, startMs, startMs + 1, allowed);
  return overlaps(allowed.data.subarray(0, allowed.length), startMs, startMs + 1);
}
