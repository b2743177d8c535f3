import type { BookingWrite } from 'askpro/adapter';
import { unitSubject } from '../../../src/adapters/sequelize/unitSubject.ts';
import type { Answer } from '../deed.ts';
import { cellTakes, timeText, type Holding, type Operation, type Take } from './history.ts';
import { bare, type Scarce } from './tables.ts';

/** What a write takes of what is scarce. */
export function takesOf({ claims = [], units = [], seats = [] }: BookingWrite): readonly Take[] {
  return [
    ...claims.flatMap(({ owner, spans, grainMs }) => cellTakes(spans, grainMs, owner)),
    ...units.map(({ owner, scope, period, most, take }) => ({
      register: `units ${scope} ${period}`,
      most,
      units: take,
      holder: owner,
    })),
    ...seats.flatMap(({ owner, session, spans, grainMs, seats: most, take }) => [
      ...cellTakes(spans, grainMs, session),
      { register: `seats ${session}`, most, units: take, holder: owner },
    ]),
  ];
}

function holdingOf(write: BookingWrite, expiresMs: number | null, kept: readonly Take[]): Holding | null {
  const row = write.hold ?? write.appointments?.find(({ row: { status } }) => status !== 'cancelled')?.row;
  if (row === undefined) return null;
  return { owner: row.id, takes: [...takesOf(write), ...kept], time: timeText(row.spans), expiresMs };
}

/**
 * What a process did when it wrote this, and what came of it.
 * @param held - the write of the hold that this one makes permanent, with all it takes
 */
export function writeOperation(process: number, write: BookingWrite, answer: Answer, held?: BookingWrite): Operation {
  const isOk = answer.kind === 'ok';
  const kept = held === undefined ? [] : takesOf(held);
  const what = write.convert !== undefined ? 'book the hold' : write.hold !== undefined ? 'hold' : 'book';
  return {
    process,
    what: write.appointments?.[0]?.row.status === 'cancelled' ? 'cancel' : what,
    key: write.idempotency?.key ?? null,
    invokedMs: answer.invokedMs,
    answeredMs: answer.kind === 'fault' ? null : answer.answeredMs,
    outcome: answer.kind === 'fault' ? 'unknown' : answer.kind,
    gives: isOk ? holdingOf(write, answer.expiresMs ?? null, kept) : null,
    result: isOk ? (write.idempotency?.resultId ?? null) : null,
    ends: [...(write.release ?? []), ...(write.convert === undefined ? [] : [write.convert.id])],
  };
}

/** How much there is of what the writes want. */
export function scarceOf(writes: readonly BookingWrite[], grainMs: number): Scarce {
  const spans = writes.flatMap(({ claims = [] }) => claims.flatMap((claim) => claim.spans));
  const seats = writes.flatMap((write) => write.seats ?? []);
  const units = writes.flatMap((write) => write.units ?? []);
  return {
    grainMs,
    capacities: new Map(spans.map(({ resourceId, capacity = 1 }) => [bare(resourceId), capacity])),
    seats: new Map(seats.map(({ serviceId, seats: most }) => [bare(serviceId), most])),
    limits: new Map(units.map(({ scope, most }) => [unitSubject(scope).toString('hex'), most])),
  };
}
