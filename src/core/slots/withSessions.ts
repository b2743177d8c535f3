import { fixedSegmentStarts, type FoundSlots } from './found.ts';
import type { FindQuestion, Session } from './question.ts';
import { joinableSessions } from './sessions.ts';

/** New sessions together with those that the party can join, which come first where both are possible. */
export function withSessions(found: FoundSlots, question: FindQuestion, limit: number): FoundSlots {
  const joinable = joinableSessions(question);
  const taken: { readonly startMs: number; readonly session: number; readonly at: number }[] = [];
  for (let at = 0, next = 0; taken.length < limit && (at < found.count || next < joinable.length);) {
    const newMs = found.startsMs[at] ?? Infinity;
    const join = joinable[next];
    const joinMs = join?.session.startMs ?? Infinity;
    const joins = joinMs <= newMs;
    if (joins) next++;
    if (newMs <= joinMs) at++;
    taken.push({ startMs: joins ? joinMs : newMs, session: joins && join ? join.index : -1, at: joins ? -1 : at - 1 });
  }
  const { picksPerSlot, variants } = found;
  const segments = found.service.lengthsMs.length;
  const picks = new Int32Array(taken.length * picksPerSlot).fill(-1);
  const segmentStartsMs = new Float64Array(taken.length * segments);
  const variantAt = new Uint16Array(taken.length);
  taken.forEach(({ startMs, session, at }, index) => {
    if (at < 0) {
      variantAt[index] = variantHolding(found, found.sessions[session]);
      const service = variants[variantAt[index] ?? 0]?.service ?? found.service;
      segmentStartsMs.set(fixedSegmentStarts(service, Float64Array.of(startMs)), index * segments);
      return;
    }
    variantAt[index] = found.variantAt?.[at] ?? 0;
    picks.set(found.picks.subarray(at * picksPerSlot, (at + 1) * picksPerSlot), index * picksPerSlot);
    segmentStartsMs.set(found.segmentStartsMs.subarray(at * segments, (at + 1) * segments), index * segments);
  });
  return {
    ...found,
    count: taken.length,
    startsMs: Float64Array.from(taken, ({ startMs }) => startMs),
    picks,
    segmentStartsMs,
    variantAt,
    sessionAt: Int32Array.from(taken, ({ session }) => session),
    freeAt: (index) => found.freeAt(taken[index]?.at ?? -1),
  };
}

/** The variant that lasts as long as a session does: that of those who hold it. */
function variantHolding({ variants, resources }: FoundSlots, session: Session | undefined): number {
  const held = variants.findIndex(({ needs }) =>
    session?.resources.every((id) =>
      needs.some(({ members }) => members.some((member) => resources[member]?.id === id)),
    ),
  );
  return Math.max(0, held);
}
