import { claimsOf } from '../availability/claims.ts';
import type { StartAmongMany } from '../availability/clusters.ts';
import type { Judged } from '../availability/judgeIn.ts';
import type { JudgedOne, Many, Standing } from '../availability/judgeMany.ts';
import type { Taking } from '../availability/taken.ts';
import type { WriteOutcome } from '../contracts/bookingWrite.ts';
import type { Appointment } from '../model/appointment.ts';
import { refuse, type Refused } from '../refusals.ts';
import type { Member } from './groupBooker.ts';
import { bookedVisit } from '../availability/visit.ts';
import { isSame, movedStatus, movesAfter } from './moving.ts';
import { priceOf } from './price.ts';
import { bookedOf } from './rows.ts';
import type { SeriesMove, SeriesMoveOptions } from './seriesMoveRequests.ts';

/** An appointment that shall have another place. */
export interface MoveWanted {
  readonly row: Appointment;
  readonly toMs: number;
}

/** How moves are judged. */
export interface MoveTerms {
  readonly by: SeriesMoveOptions['by'];
  readonly notOwn: UnitsOfOthers;
  /** Whether all are refused where one is. */
  readonly isWhole: boolean;
  readonly nowMs: number;
}

const DEFAULT_WITHIN_MINUTES = 1_440;

const FOR_GOOD = { expiresMs: null } as const;

/** Stands for what is read beside those that move. */
const ONLY_READ = refuse('NO_SLOT', { reasons: [], alternatives: [] });

/**
 * Judges them as if none of them were where it is. What cannot be moved keeps its time, which then is in the way of the
 * others, so they are judged again until nobody has to stay any more; each time at least one more stays.
 */
export async function judgeMoves(
  many: Many,
  wanted: readonly MoveWanted[],
  { by, notOwn, isWhole, nowMs }: MoveTerms,
): Promise<readonly JudgedOne<Member>[]> {
  const from = wanted.map(({ row }): Standing => {
    const { id: owner, customerId } = row;
    return {
      startMs: row.startMs,
      taking: notOwn.without(claimsOf(many.catalog, row, { ...FOR_GOOD, owner, customerId })),
    };
  });
  const take = (judged: Judged, place: number): Member | Refused => {
    const row = wanted[place]?.row;
    return row === undefined ? ONLY_READ : movedTo(judged, row, by, nowMs);
  };
  const staying = new Map<number, Refused>();
  for (let place = wanted.length; place < many.size; place++) staying.set(place, ONLY_READ);
  for (;;) {
    const judged = await many.judge(take, { moves: { from, staying } });
    const before = staying.size;
    judged.forEach((each, place) => {
      if (!each.ok) staying.set(place, each);
    });
    if (isWhole || staying.size === before) return judged.slice(0, wanted.length);
  }
}

/** What is asked for each, and after them the sessions they leave, so that it is known who else takes part. */
export function startsOf(
  wanted: readonly MoveWanted[],
  { change, conflicts, withinMinutes }: SeriesMove,
): StartAmongMany[] {
  const aroundMs = (withinMinutes ?? DEFAULT_WITHIN_MINUTES) * 60_000;
  const starts = wanted.map(({ row, toMs }): StartAmongMany => ({
    wish: {
      service: change.service ?? row.serviceId,
      visit: change.service === undefined ? bookedVisit(row.parts) : undefined,
      branch: row.branchId,
      resource: change.resource,
      partySize: row.partySize,
    },
    startMs: toMs,
    customerId: row.customerId,
    prefer: row.resourceIds[0],
    within: conflicts === 'shift' ? { fromMs: toMs - aroundMs, toMs: toMs + aroundMs + 1 } : undefined,
  }));
  const left = wanted.flatMap(({ row }): StartAmongMany[] => {
    const { sessionId, serviceId: service, branchId: branch, startMs, customerId } = row;
    return sessionId === null ? [] : [{ wish: { service, branch }, startMs, customerId }];
  });
  return [...starts, ...left];
}

function movedTo(judged: Judged, row: Appointment, by: SeriesMoveOptions['by'], nowMs: number): Member {
  const booked = bookedOf(judged);
  const appointment: Appointment = {
    ...row,
    ...booked,
    // Another service has another price; the same one keeps what was agreed.
    price: isSame(booked, row) ? row.price : priceOf(judged.catalog, booked),
    moves: movesAfter(row, by),
    status: movedStatus(judged.catalog, row, booked, by),
    version: row.version + 1,
    updatedMs: nowMs,
  };
  const { id: owner, customerId } = row;
  return { appointment, ...claimsOf(judged.catalog, booked, { ...FOR_GOOD, owner, customerId }) };
}

/**
 * What is given back is reckoned by the limits of today, and an appointment from before a limit has nothing of it. Where the
 * store refuses what seemed to be left a second time, nothing of that is given back any more.
 */
export class UnitsOfOthers {
  readonly #once = new Set<string>();
  readonly #twice = new Set<string>();

  note(outcome: WriteOutcome): void {
    if (outcome.kind !== 'limit-reached') return;
    const key = `${outcome.scope} ${outcome.period}`;
    (this.#once.has(key) ? this.#twice : this.#once).add(key);
  }

  without(taking: Taking): Taking {
    if (this.#twice.size === 0) return taking;
    const isOwn = ({ scope, period }: { readonly scope: string; readonly period: number }): boolean =>
      !this.#twice.has(`${scope} ${period}`);
    return {
      ...taking,
      units: taking.units?.filter(isOwn),
      seats: taking.seats?.map((seat) => ({ ...seat, units: seat.units?.filter(isOwn) })),
    };
  }
}
