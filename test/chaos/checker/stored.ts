import type { Violation } from './history.ts';
import { bare, groupBy, isLiveAt, type OwnerRow, type Scarce, type SpanRow, type Tables } from './tables.ts';

const seatCell = 0;

/** Everything in the tables that does not fit together. */
export function contradictions(tables: Tables, scarce: Scarce): readonly Violation[] {
  return [
    ...twiceClaimed(tables),
    ...crowded(tables, scarce),
    ...beyondSeats(tables, scarce),
    ...beyondLimits(tables, scarce),
    ...orphans(tables),
    ...incompleteTime(tables, scarce),
    ...incompleteUnits(tables),
  ];
}

const double = (what: string): Violation => ({ rule: 'double', what });
const incomplete = (what: string): Violation => ({ rule: 'incomplete', what });

/** The key itself: each place of each cell has one row. */
function twiceClaimed({ claims, nowMs }: Tables): readonly Violation[] {
  const live = groupBy(claims.filter(isLiveAt(nowMs)), (row) => `${row.subject} ${row.cell} ${row.ordinal}`);
  return [...live].flatMap(([place, rows]) =>
    rows.length < 2 ? [] : [double(`${rows.length} claims of ${place}: ${rows.map(({ owner }) => owner).join(', ')}`)],
  );
}

/** Occupied time, which never overlaps more often than the resource has places. */
function crowded({ spans, nowMs }: Tables, { capacities }: Scarce): readonly Violation[] {
  const found: Violation[] = [];
  for (const [resource, all] of groupBy(spans.filter(isLiveAt(nowMs)), (row) => row.resource)) {
    const most = capacities?.get(resource) ?? 1;
    let present: SpanRow[] = [];
    for (const span of all.toSorted((a, b) => a.startMs - b.startMs)) {
      present = present.filter(({ endMs }) => endMs > span.startMs);
      present.push(span);
      if (present.length > most)
        found.push(double(`${span.owner} occupies ${resource} at ${span.startMs} as others do`));
    }
  }
  return found;
}

function beyondSeats({ units, sessions, nowMs }: Tables, { seats }: Scarce): readonly Violation[] {
  const services = new Map(sessions.map(({ id, service }) => [id, service]));
  const bySession = groupBy(units.filter((row) => row.isSeat).filter(isLiveAt(nowMs)), (row) => row.subject);
  return [...bySession].flatMap(([session, taken]) => {
    const most = seats?.get(services.get(session) ?? '');
    return most === undefined || taken.length <= most
      ? []
      : [double(`session ${session} has ${taken.length} of ${most} seats taken`)];
  });
}

function beyondLimits({ units, nowMs }: Tables, { limits }: Scarce): readonly Violation[] {
  const live = units.filter((row) => !row.isSeat).filter(isLiveAt(nowMs));
  return [...groupBy(live, (row) => `${row.subject} ${row.cell}`)].flatMap(([period, taken]) => {
    const most = limits?.get(period.split(' ')[0] ?? '');
    return most === undefined || taken.length <= most
      ? []
      : [double(`${taken.length} of ${most} units of ${period} are taken`)];
  });
}

/** Those who may own rows: holds, appointments that occupy time, and sessions that one of them takes part in. */
function ownersOf({ owners }: Tables): ReadonlySet<string> {
  const occupying = owners.filter((owner) => owner.occupies);
  const sessions = occupying.flatMap(({ sessionId }) => (sessionId === null ? [] : [bare(sessionId)]));
  return new Set([...occupying.map(({ id }) => id), ...sessions]);
}

function orphans(tables: Tables): readonly Violation[] {
  const known = ownersOf(tables);
  const rows = [
    ...tables.claims.map(({ owner }) => ['claims', owner] as const),
    ...tables.spans.map(({ owner }) => ['spans', owner] as const),
    ...tables.units.map(({ owner }) => ['units', owner] as const),
    ...tables.sessions.map(({ id }) => ['sessions', id] as const),
  ];
  const ownerless = new Set(rows.filter(([, owner]) => !known.has(owner)).map(([table, owner]) => `${table} ${owner}`));
  return [...ownerless].map((row): Violation => ({ rule: 'orphan', what: `rows of nobody in ${row}` }));
}

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.toSorted().join() === b.toSorted().join();

/** Whoever has time has one claim in each of its cells, and its spans; a session has them for all who take part. */
function incompleteTime(tables: Tables, { grainMs }: Scarce): readonly Violation[] {
  const isLive = isLiveAt(tables.nowMs);
  const live = tables.owners.filter((owner) => owner.occupies && isLive(owner));
  const whoseTime = new Map<string, OwnerRow>();
  for (const owner of live) whoseTime.set(bare(owner.sessionId ?? owner.id), owner);
  const units = new Set(tables.units.map(({ subject, cell }) => `${subject} ${cell}`));
  const claims = groupBy(
    tables.claims.filter((row) => isLive(row) && !units.has(`${row.subject} ${row.cell}`)),
    (row) => row.owner,
  );
  const spans = groupBy(tables.spans.filter(isLive), (row) => row.owner);
  return [...whoseTime].flatMap(([id, owner]) => {
    const cells = owner.spans.flatMap(({ resourceId, startMs, endMs }) =>
      Array.from(
        { length: Math.ceil(endMs / grainMs) - Math.floor(startMs / grainMs) },
        (_, index) => `${bare(resourceId)} ${Math.floor(startMs / grainMs) + index}`,
      ),
    );
    const claimed = (claims.get(id) ?? []).map(({ subject, cell }) => `${subject} ${cell}`);
    const wanted = owner.spans.map(({ resourceId, startMs, endMs }) => `${bare(resourceId)} ${startMs} ${endMs}`);
    const stored = (spans.get(id) ?? []).map(({ resource, startMs, endMs }) => `${resource} ${startMs} ${endMs}`);
    return [
      ...(same(cells, claimed) ? [] : [incomplete(`claims of ${id} are not those of its time`)]),
      ...(same(wanted, stored) ? [] : [incomplete(`spans of ${id} are not those of its time`)]),
    ];
  });
}

/** Whoever has units has the claims that guard them, and as many seats as he is people. */
function incompleteUnits({ units, claims, owners, nowMs }: Tables): readonly Violation[] {
  const isLive = isLiveAt(nowMs);
  const placeOf = ({ subject, cell, ordinal, owner }: (typeof claims)[number]): string =>
    `${subject} ${cell} ${ordinal} of ${owner}`;
  const claimed = new Set(claims.filter(isLive).map(placeOf));
  const live = units.filter(isLive);
  const unclaimed = live.map(placeOf).filter((place) => !claimed.has(place));
  const seats = groupBy(live.filter(({ isSeat, cell }) => isSeat && cell === seatCell), (row) => row.owner); // prettier-ignore
  const unseated = owners.filter(
    (owner) =>
      owner.occupies && isLive(owner) && owner.sessionId !== null && seats.get(owner.id)?.length !== owner.partySize,
  );
  return [
    ...unclaimed.map((place) => incomplete(`no claim guards the unit ${place}`)),
    ...unseated.map(({ id }) => incomplete(`${id} has not as many seats as it is people`)),
  ];
}
