import type { Operation, Take, Violation } from './history.ts';

/** Something that was certainly had between two moments. */
interface Stay {
  readonly take: Take;
  readonly owner: string;
  readonly fromMs: number;
  readonly untilMs: number;
}

const happened = ({ outcome }: Operation): boolean => outcome !== 'refused';

/** Each operation that may have ended what an owner had, by the owner. */
function endings(operations: readonly Operation[]): ReadonlyMap<string, readonly Operation[]> {
  const all = new Map<string, Operation[]>();
  for (const operation of operations.filter(happened)) {
    for (const owner of operation.ends) {
      const known = all.get(owner);
      if (known === undefined) all.set(owner, [operation]);
      else known.push(operation);
    }
  }
  return all;
}

/**
 * The time in which each grant certainly stood: from its answer until it expired, or until somebody began what ends it.
 * What may have been before or after the answer counts for nobody.
 */
function certainStays(operations: readonly Operation[]): ReadonlyMap<string, readonly Stay[]> {
  const ends = endings(operations);
  const stays = new Map<string, Stay[]>();
  for (const operation of operations) {
    const { gives, answeredMs, invokedMs } = operation;
    if (gives === null || answeredMs === null) continue;
    let untilMs = gives.expiresMs ?? Infinity;
    for (const end of ends.get(gives.owner) ?? []) {
      if (end === operation || (end.answeredMs ?? Infinity) < invokedMs) continue;
      untilMs = Math.min(untilMs, end.invokedMs);
    }
    if (untilMs <= answeredMs) continue;
    for (const take of gives.takes) {
      const known = stays.get(take.register) ?? [];
      stays.set(take.register, known);
      known.push({ take, owner: gives.owner, fromMs: answeredMs, untilMs });
    }
  }
  return stays;
}

/** Those of one register who came when others had all of it. */
function tooMany(stays: readonly Stay[]): readonly Stay[] {
  const moments = stays
    .flatMap((stay) => [
      { atMs: stay.fromMs, stay, comes: true },
      { atMs: stay.untilMs, stay, comes: false },
    ])
    // At one moment whoever leaves is gone before anyone comes.
    .sort((a, b) => a.atMs - b.atMs || Number(a.comes) - Number(b.comes));
  const present = new Map<string, { count: number; readonly units: number }>();
  const excess: Stay[] = [];
  let units = 0;
  for (const { stay, comes } of moments) {
    const { holder, units: taken, most } = stay.take;
    const known = present.get(holder);
    if (comes) {
      if (known !== undefined) known.count++;
      else {
        present.set(holder, { count: 1, units: taken });
        units += taken;
        if (units > most) excess.push(stay);
      }
    } else if (known !== undefined && --known.count === 0) {
      present.delete(holder);
      units -= known.units;
    }
  }
  return excess;
}

/** Judges everything scarce as a register: nobody is told that he has what as many as may have it have already. */
export function doubleGrants(operations: readonly Operation[]): readonly Violation[] {
  const owners = new Map<string, Violation>();
  for (const [register, stays] of certainStays(operations)) {
    for (const { owner, fromMs } of tooMany(stays)) {
      const what = `${owner} was given ${register} at ${fromMs}, which others had`;
      if (!owners.has(owner)) owners.set(owner, { rule: 'double', what });
    }
  }
  return [...owners.values()];
}
