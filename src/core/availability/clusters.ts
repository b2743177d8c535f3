import type { UnitQuery } from '../contracts/storage.ts';
import type { CustomerId, ResourceId, ServiceId } from '../model/ids.ts';
import type { Refused } from '../refusals.ts';
import { refuse } from '../refusals.ts';
import { DAY_MS } from '../time/localDate.ts';
import type { Bookable, Catalog } from './catalog.ts';
import { limitedBy, unitQueries, type Limited } from './limits.ts';
import { candidates, pinnedTo, reach, type Candidates, type Wish } from './wish.ts';

/** A start that is judged together with others. */
export interface StartAmongMany {
  readonly wish: Wish;
  readonly startMs: number;
  /** Pinned by an offer. */
  readonly resourceIds?: readonly ResourceId[] | undefined;
  readonly endMs?: number | undefined;
  readonly customerId: CustomerId | null;
  /** Whom to prefer; all others come after. */
  readonly prefer?: ResourceId | undefined;
  /** How far around it other starts may be looked at. */
  readonly within?: { readonly fromMs: number; readonly toMs: number } | undefined;
}

/** A start as a catalog understands it. */
export interface Asked {
  readonly start: StartAmongMany;
  readonly candidates: Candidates;
  readonly limited: readonly Limited[];
  /** What can matter to it. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly units: readonly UnitQuery[];
}

/** Starts that lie near each other, whose occupied time is read at once. */
export interface Cluster {
  readonly bookables: readonly Bookable[];
  readonly fromMs: number;
  readonly toMs: number;
  readonly units: readonly UnitQuery[];
  /** The service whose sessions are read with it. */
  readonly seated?: ServiceId | undefined;
}

/** A longer time in which nothing is asked for is not read. */
const LONGEST_GAP_MS = 7 * DAY_MS;
/** What one statement counts at most. */
const MOST_UNITS = 256;

/** Understands each start; what the company does not have or nobody may do is refused. */
export function askedOf(catalog: Catalog, starts: readonly StartAmongMany[]): readonly (Asked | Refused)[] {
  // A batch asks for few services, so who could do them is found once.
  const known = new Map<string, Candidates | Refused>();
  const found = ({ wish, resourceIds }: StartAmongMany): Candidates | Refused => {
    const key = JSON.stringify([wish, resourceIds]);
    let asked = known.get(key);
    if (asked === undefined) {
      const any = candidates(catalog, wish);
      asked = any.ok && resourceIds !== undefined ? (pinnedTo(any, resourceIds) ?? notPinned()) : any;
      known.set(key, asked);
    }
    return asked;
  };
  return starts.map((start) => {
    const asked = found(start);
    if (!asked.ok) return asked;
    const { startMs, customerId, within } = start;
    const from = Math.min(startMs, within?.fromMs ?? startMs);
    const to = Math.max(startMs + 1, within?.toMs ?? startMs + 1);
    const limited = limitedBy(catalog.config.company, asked.offering, asked.bookables, customerId);
    const units = unitQueries(limited, from, to);
    return { start, candidates: asked, limited, units, ...reach(asked.offering, from, to) };
  });
}

const notPinned = (): Refused => refuse('OFFER_INVALID', { why: 'who was offered no longer does this service' });

/** What has to be read for all of them, in as few statements as is sensible. */
export function clustersOf(asked: readonly Asked[]): readonly Cluster[] {
  const ascending = [...asked].sort((left, right) => left.fromMs - right.fromMs);
  const groups: { members: Asked[]; toMs: number }[] = [];
  for (const each of ascending) {
    const last = groups.at(-1);
    if (last === undefined || each.fromMs - last.toMs > LONGEST_GAP_MS)
      groups.push({ members: [each], toMs: each.toMs });
    else {
      last.members.push(each);
      last.toMs = Math.max(last.toMs, each.toMs);
    }
  }
  return groups.flatMap(({ members, toMs }) => clusterOf(members, toMs));
}

function clusterOf(members: readonly Asked[], toMs: number): readonly Cluster[] {
  const bookables = new Map<ResourceId, Bookable>();
  const units = new Map<string, UnitQuery>();
  for (const { candidates: own, units: queries } of members) {
    for (const bookable of own.bookables) bookables.set(bookable.resource.id, bookable);
    for (const query of queries) {
      const before = units.get(query.scope) ?? query;
      const fromPeriod = Math.min(before.fromPeriod, query.fromPeriod);
      units.set(query.scope, { ...query, fromPeriod, toPeriod: Math.max(before.toPeriod, query.toPeriod) });
    }
  }
  const fromMs = members[0]?.fromMs ?? toMs;
  const all = [...units.values()];
  const [seated, ...more] = new Set(
    members.flatMap(({ candidates: { offering } }) => (offering.service.seats === 1 ? [] : [offering.service.id])),
  );
  const clusters: Cluster[] = [
    { bookables: [...bookables.values()], fromMs, toMs, units: all.slice(0, MOST_UNITS), seated },
  ];
  for (let at = MOST_UNITS; at < all.length; at += MOST_UNITS)
    clusters.push({ bookables: [], fromMs, toMs, units: all.slice(at, at + MOST_UNITS) });
  for (const service of more) clusters.push({ bookables: [], fromMs, toMs, units: [], seated: service });
  return clusters;
}
