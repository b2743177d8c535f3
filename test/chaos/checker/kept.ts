import { timeText, type Operation, type Violation } from './history.ts';
import { bare, isLiveAt, type OwnerRow, type Tables } from './tables.ts';

/** What became of those operations that nobody answered. */
export interface Resolved {
  readonly committed: number;
  readonly absent: number;
}

/** Judges what was told by what is stored: nothing acknowledged is lost, nothing is there that nobody asked for. */
export function keptPromises(operations: readonly Operation[], tables: Tables): readonly Violation[] {
  return [...lostOwners(operations, tables), ...wrongKeys(operations, tables), ...phantoms(operations, tables)];
}

/** What the keys tell of operations whose answer nobody has heard. */
export function resolve(operations: readonly Operation[], { keys }: Tables): Resolved {
  const unknown = operations.filter(({ outcome, key }) => outcome === 'unknown' && key !== null);
  const committed = unknown.filter(({ key }) => keys.has(key ?? '')).length;
  return { committed, absent: unknown.length - committed };
}

/** What was said or may have happened of each owner, refusals left out. */
function byOwner(operations: readonly Operation[]): ReadonlyMap<string, readonly Operation[]> {
  const all = new Map<string, Operation[]>();
  for (const operation of operations) {
    if (operation.outcome === 'refused') continue;
    const owners = new Set(operation.gives === null ? operation.ends : [operation.gives.owner, ...operation.ends]);
    for (const owner of owners) {
      const known = all.get(owner);
      if (known === undefined) all.set(owner, [operation]);
      else known.push(operation);
    }
  }
  return all;
}

function lostOwners(operations: readonly Operation[], { owners, nowMs }: Tables): readonly Violation[] {
  const rows = new Map(owners.map((row) => [row.id, row]));
  const isLive = isLiveAt(nowMs);
  const found: Violation[] = [];
  for (const [owner, all] of byOwner(operations)) {
    // The last word: what is not certainly followed by something else that happened.
    const last = all.filter(
      (one) => !all.some(({ outcome, invokedMs }) => outcome === 'ok' && invokedMs > (one.answeredMs ?? Infinity)),
    );
    if (last.some(({ outcome }) => outcome === 'unknown')) continue;
    const row = rows.get(bare(owner));
    const isThere = (present: OwnerRow | undefined, { gives }: Operation): boolean => {
      const stands = present?.occupies === true && isLive(present);
      if (gives?.owner !== owner) return !stands;
      // One that has run out may be there still, or not any more.
      if (gives.expiresMs !== null && gives.expiresMs <= nowMs) return true;
      return stands && timeText(present.spans) === gives.time;
    };
    if (last.some((one) => isThere(row, one))) continue;
    const told = last.map(({ what, answeredMs }) => `${what} at ${String(answeredMs)}`).join(', ');
    const is = row === undefined ? 'not there' : `${row.occupies ? 'there' : 'over'} (${timeText(row.spans)})`;
    found.push({ rule: 'lost', what: `${owner} is ${is} after ${told}` });
  }
  return found;
}

function wrongKeys(operations: readonly Operation[], { keys, owners }: Tables): readonly Violation[] {
  const rows = new Set(owners.map(({ id }) => id));
  return operations.flatMap(({ key, outcome, result, what, ends }): readonly Violation[] => {
    if (key === null) return [];
    const stored = keys.get(key);
    if (outcome === 'unknown') {
      // What it gave back may be gone; whatever else it was about is there.
      const isThere = stored === undefined || rows.has(stored) || ends.some((owner) => bare(owner) === stored);
      return isThere ? [] : [{ rule: 'key', what: `${key} of ${what} gives ${stored}, which is not there` }];
    }
    if (outcome === 'refused') {
      return stored === undefined ? [] : [{ rule: 'key', what: `${what} was refused, and yet ${key} gives ${stored}` }];
    }
    if (stored === undefined) return [{ rule: 'lost', what: `the key ${key} of ${what} is not there` }];
    const is = result === null || stored === bare(result);
    return is ? [] : [{ rule: 'key', what: `${key} gives ${stored}, told was ${result}` }];
  });
}

function phantoms(operations: readonly Operation[], { owners, keys }: Tables): readonly Violation[] {
  const asked = new Set<string>();
  for (const { outcome, key, result, gives } of operations) {
    if (gives !== null) asked.add(bare(gives.owner));
    if (result !== null) asked.add(bare(result));
    const stored = outcome === 'unknown' && key !== null ? keys.get(key) : undefined;
    if (stored !== undefined) asked.add(stored);
  }
  return owners
    .filter(({ id }) => !asked.has(id))
    .map(({ id }): Violation => ({ rule: 'phantom', what: `nobody was told of ${id}` }));
}
