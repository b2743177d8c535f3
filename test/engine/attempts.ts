import type { CompanyDoor } from '../../src/index.ts';

/** One booking that somebody tries. */
export interface Attempt {
  readonly service: string;
  readonly start: string;
  /** Holds first, then books the hold. */
  readonly viaHold: boolean;
  readonly partySize?: number;
}

/** What came of it: the span booked, or why not and how many alternatives were named. */
export type Outcome =
  | {
      readonly startMs: number;
      readonly endMs: number;
      readonly resource: string;
      readonly sessionId: string | null;
      readonly partySize: number;
    }
  | { readonly code: string; readonly alternatives: number };

/** Tries. */
export async function attemptOn(door: CompanyDoor, { viaHold, ...wanted }: Attempt): Promise<Outcome> {
  const held = viaHold ? await door.hold(wanted, { owner: 'racer' }) : undefined;
  if (held?.ok === false) return refused(held.refusal);
  const booked = await door.book(held === undefined ? wanted : held.hold);
  if (!booked.ok) return refused(booked.refusal);
  const { startMs, endMs, resourceIds, sessionId, partySize } = booked.appointment;
  return { startMs, endMs, resource: resourceIds[0] ?? '', sessionId, partySize };
}

const refused = (refusal: { readonly code: string; readonly alternatives?: readonly unknown[] }): Outcome => ({
  code: refusal.code,
  alternatives: refusal.alternatives?.length ?? 0,
});

/** Pairs of bookings of one resource that overlap and are not in one session. */
export function overlaps(outcomes: readonly Outcome[]): number {
  const booked = outcomes.filter((outcome) => 'resource' in outcome);
  let count = 0;
  booked.forEach((a, i) => {
    for (const b of booked.slice(i + 1)) {
      const isShared = a.sessionId !== null && a.sessionId === b.sessionId;
      if (!isShared && a.resource === b.resource && a.startMs < b.endMs && b.startMs < a.endMs) count++;
    }
  });
  return count;
}
