import type { BusyQuery, LiveSession, UnitQuery } from '../contracts/storage.ts';
import type { Booked } from '../model/appointment.ts';
import type { ClaimOwner, CustomerId, ResourceId } from '../model/ids.ts';
import type { Resource } from '../model/resource.ts';
import type { VisitTerms } from '../model/visit.ts';
import { refuse, type Refused } from '../refusals.ts';
import type { Session, SlotQuestion } from '../slots/question.ts';
import { DAY_MS } from '../time/localDate.ts';
import type { Limits } from '../slots/limits.ts';
import { restrictedTo, withLimits, type CompiledService } from '../slots/service.ts';
import type { Bookable, Catalog, Offering } from './catalog.ts';
import type { Counted } from './limits.ts';
import type { Snapshot } from './catalogs.ts';
import { bookedVisit, visitOf } from './visit.ts';
import { isServed, narrowedVisit, unserved } from './visitors.ts';

/** Who and what is asked for, by keys or ids. */
export interface Wish {
  /** Of a visit: the one named first. */
  readonly service: string;
  /** Several services in one visit. */
  readonly visit?: VisitTerms | undefined;
  readonly branch?: string | undefined;
  readonly resource?: string | undefined;
  /** How many people it is for; left out: one. */
  readonly partySize?: number | undefined;
  /** Who shall serve if possible. */
  readonly prefer?: readonly string[] | undefined;
}

/** A wish as the catalog understands it. */
export interface Candidates {
  readonly ok: true;
  readonly offering: Offering;
  /** At least one, in order of preference. */
  readonly bookables: readonly Bookable[];
  /** Those of one branch can serve together; whoever serves alone need not be told apart. At least one. */
  readonly groups: readonly Group[];
  readonly partySize: number;
  /** In the order of preference; they may be others than the candidates. */
  readonly prefer: readonly ResourceId[];
}

/** Some of the candidates, who can serve an appointment together. */
export interface Group {
  readonly service: CompiledService;
  readonly bookables: readonly Bookable[];
  /** The place of each of them among the candidates; left out: the group is all of them. */
  readonly places?: readonly number[];
  /** Those who have to serve. */
  readonly only?: readonly ResourceId[];
}

/** On whose behalf times are judged. */
export interface Asker {
  /** Whose claims are ignored. */
  readonly except: ClaimOwner | undefined;
  readonly customerId: CustomerId | null;
}

/** Why a wish cannot be understood. */
export type WishRefusal =
  'SERVICE_UNKNOWN' | 'BRANCH_UNKNOWN' | 'RESOURCE_UNKNOWN' | 'RESOURCE_NOT_QUALIFIED' | 'INPUT_INVALID';

/** Finds who could serve a wish; refuses what the company does not have or nobody may do. */
export function candidates(catalog: Catalog, wish: Wish): Candidates | Refused<WishRefusal> {
  const offering = wish.visit === undefined ? catalog.offering(wish.service) : visitOf(catalog, wish.visit);
  if (offering === undefined) return refuse('SERVICE_UNKNOWN', { service: wish.service });
  if ('ok' in offering) return offering;
  let { bookables } = offering;
  let only: readonly Bookable[] = [];
  if (wish.branch !== undefined) {
    const branch = catalog.branch(wish.branch);
    if (branch === undefined) return refuse('BRANCH_UNKNOWN', { branch: wish.branch });
    bookables = bookables.filter(({ branchId }) => branchId === branch.id);
  }
  if (wish.resource !== undefined) {
    const resource = catalog.resource(wish.resource);
    if (resource === undefined) return refuse('RESOURCE_UNKNOWN', { resource: wish.resource });
    only = bookables.filter((bookable) => bookable.resource.id === resource.id);
    bookables = only.length === 0 ? [] : offering.compiled.ownGrid ? only : bookables;
  }
  if (bookables.length === 0)
    return refuse('RESOURCE_NOT_QUALIFIED', { resource: wish.resource ?? 'anyone', service: offering.service.key });
  const { partySize = 1 } = wish;
  const prefer: ResourceId[] = [];
  for (const key of wish.prefer ?? []) {
    const preferred = catalog.resource(key);
    if (preferred === undefined) return refuse('RESOURCE_UNKNOWN', { resource: key });
    prefer.push(preferred.id);
  }
  const groups = groupsOf(offering, bookables);
  const asked = narrowed({ ok: true, offering, bookables, groups, partySize, prefer }, only);
  if (asked.groups.length > 0) return asked;
  // In no branch there is somebody for each of the services, or whoever shall serve does not do all of them.
  const lacking = unserved(offering, bookables, only) ?? offering.service;
  return refuse('RESOURCE_NOT_QUALIFIED', { resource: wish.resource ?? 'anyone', service: lacking.key });
}

function groupsOf({ compiled: service, visit }: Offering, bookables: readonly Bookable[]): readonly Group[] {
  if (service.ownGrid) return [{ service, bookables }];
  const groups = [...new Set(bookables.map(({ branchId }) => branchId))].map((branchId) => {
    const places = [...bookables.keys()].filter((place) => bookables[place]?.branchId === branchId);
    return { service, bookables: places.flatMap((place) => bookables[place] ?? []), places };
  });
  return visit === undefined ? groups : groups.filter(isServed);
}

/**
 * The same candidates where these have to serve, or nobody else of their kinds. The others stay in the list: the first in it
 * has the grid of appointments that several serve, whoever they are.
 */
function narrowed(asked: Candidates, only: readonly Bookable[]): Candidates {
  if (only.length === 0 || asked.offering.compiled.ownGrid) return asked;
  const ids = only.map(({ resource }) => resource.id);
  const groups = asked.groups.filter(({ bookables }) => only.every((bookable) => bookables.includes(bookable)));
  if (asked.offering.visit === undefined)
    return {
      ...asked,
      groups: groups.map((group) => ({ ...group, service: restrictedTo(group.service, ids), only: ids })),
    };
  return { ...asked, groups: groups.map((group) => narrowedVisit(group, ids)).filter(isServed) };
}

/** The candidates where exactly these serve, as an offer has pinned them; undefined when one of them no longer can. */
export function pinnedTo(asked: Candidates, resourceIds: readonly ResourceId[]): Candidates | undefined {
  const pinned = resourceIds.flatMap((id) => asked.bookables.filter(({ resource }) => resource.id === id));
  if (pinned.length < resourceIds.length) return undefined;
  if (!asked.offering.compiled.ownGrid) {
    const chosen = narrowed(asked, pinned);
    return chosen.groups.length === 0 ? undefined : chosen;
  }
  return { ...asked, bookables: pinned, groups: groupsOf(asked.offering, pinned) };
}

/** The question about a group that the slot engine is asked. What is occupied is in the order of the candidates. */
export function question(
  { partySize, prefer }: Pick<Candidates, 'partySize' | 'prefer'>,
  group: Group,
  { busy, busyKinds, counted, sessions }: Pick<Snapshot, 'busy' | 'busyKinds' | 'counted' | 'sessions'>,
  nowMs: number,
): SlotQuestion {
  const { service, bookables, places } = group;
  const limitsOf = (of: Counted['of'], place?: number): Limits | undefined =>
    counted?.find((each) => each.of === of && each.place === place)?.limits;
  const ofServices = counted?.flatMap((each) => (each.of === 'service' ? [each.limits] : [])) ?? [];
  const ofCustomer = limitsOf('customer');
  return {
    service: ofServices.length === 0 ? service : withLimits(service, ofServices),
    resources: bookables.map(({ resource, schedule, terms }, index) => {
      const place = places?.[index] ?? index;
      const limits = limitsOf('resource', place);
      const plain = { id: resource.id, kind: resource.kind, schedule, busy: busy[place] ?? NO_BUSY };
      // By far the most are plain, and nothing is made for what they do not have.
      if (busyKinds === undefined && limits === undefined && terms === undefined && isPlain(resource)) return plain;
      return {
        ...plain,
        ...terms,
        ...(busyKinds === undefined ? {} : { busyKinds: busyKinds[place] ?? [] }),
        ...(limits === undefined ? {} : { limits }),
        capacity: resource.capacity,
        skills: resource.skills,
        priority: resource.priority,
      };
    }),
    ...(ofCustomer === undefined ? {} : { customer: { limits: ofCustomer } }),
    ...(partySize === 1 ? {} : { partySize }),
    ...(prefer.length === 0 ? {} : { prefer }),
    ...(sessions === undefined ? {} : { sessions: sessionsOf(group, sessions) }),
    nowMs,
  };
}

/** The sessions that these hold, and none else. */
export function sessionsOf({ bookables, only = [] }: Group, sessions: readonly LiveSession[]): readonly Session[] {
  const own = new Set<ResourceId>(bookables.map(({ resource }) => resource.id));
  return sessions
    .filter(({ resourceIds }) => resourceIds.every((id) => own.has(id)) && only.every((id) => resourceIds.includes(id)))
    .map(({ startMs, resourceIds: resources, taken }) => ({ startMs, resources, taken }));
}

const isPlain = ({ capacity, skills, priority }: Resource): boolean =>
  capacity === 1 && skills.length === 0 && priority === 0;

const NO_BUSY = new Float64Array(0);

/** How far around a range occupied time can matter to starts in it. */
export function reach(
  { compiled, longestMs, beforeMs, afterMs }: Offering,
  fromMs: number,
  toMs: number,
): { fromMs: number; toMs: number } {
  // Some strategies look at the whole date of a start.
  const aroundMs = compiled.assignBy === 'mostFree' || compiled.assignBy === 'fewestChanges' ? 2 * DAY_MS : 0;
  return {
    fromMs: fromMs - Math.max(beforeMs, aroundMs),
    toMs: toMs + Math.max(longestMs + afterMs, aroundMs),
  };
}

/** The ids of the candidates, in their order. */
export const idsOf = (bookables: readonly Bookable[]): readonly ResourceId[] =>
  bookables.map(({ resource }) => resource.id);

/** What is read to judge starts in a range by these candidates: all of it in one statement, and nothing that is not needed. */
export function busyQuery(
  { offering, bookables }: Candidates,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  except: ClaimOwner | undefined,
  units: readonly UnitQuery[],
  mayLag: boolean,
): BusyQuery {
  const busy = { resourceIds: idsOf(bookables), ...reach(offering, fromMs, toMs), except, mayLag };
  if (units.length === 0 && offering.service.seats === 1) return busy;
  return {
    ...busy,
    ...(units.length === 0 ? {} : { units }),
    ...(offering.service.seats === 1 ? {} : { sessions: { serviceId: offering.service.id } }),
  };
}

/** What has been booked, wished for again. */
export const wishOf = ({ serviceId, branchId, partySize, parts }: Booked): Wish => ({
  service: serviceId,
  visit: bookedVisit(parts),
  branch: branchId,
  partySize,
});
