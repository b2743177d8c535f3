import type { ClaimOwner, CustomerId, ResourceId } from '../model/ids.ts';
import { refuse, type Refused } from '../refusals.ts';
import type { SlotQuestion } from '../slots/question.ts';
import type { Bookable, Catalog, Offering } from './catalog.ts';

/** Who and what is asked for, by keys or ids. */
export interface Wish {
  readonly service: string;
  readonly branch?: string | undefined;
  readonly resource?: string | undefined;
}

/** A wish as the catalog understands it. */
export interface Candidates {
  readonly ok: true;
  readonly offering: Offering;
  /** At least one, in order of preference. */
  readonly bookables: readonly Bookable[];
}

/** On whose behalf times are judged. */
export interface Asker {
  /** Whose claims are ignored. */
  readonly except: ClaimOwner | undefined;
  readonly customerId: CustomerId | null;
}

/** Finds who could serve a wish; refuses what the company does not have or nobody may do. */
export function candidates(
  catalog: Catalog,
  wish: Wish,
): Candidates | Refused<'SERVICE_UNKNOWN' | 'BRANCH_UNKNOWN' | 'RESOURCE_UNKNOWN' | 'RESOURCE_NOT_QUALIFIED'> {
  const offering = catalog.offering(wish.service);
  if (offering === undefined) return refuse('SERVICE_UNKNOWN', { service: wish.service });
  let { bookables } = offering;
  if (wish.branch !== undefined) {
    const branch = catalog.branch(wish.branch);
    if (branch === undefined) return refuse('BRANCH_UNKNOWN', { branch: wish.branch });
    bookables = bookables.filter(({ branchId }) => branchId === branch.id);
  }
  if (wish.resource !== undefined) {
    const resource = catalog.resource(wish.resource);
    if (resource === undefined) return refuse('RESOURCE_UNKNOWN', { resource: wish.resource });
    bookables = bookables.filter((bookable) => bookable.resource.id === resource.id);
  }
  if (bookables.length === 0)
    return refuse('RESOURCE_NOT_QUALIFIED', { resource: wish.resource ?? 'anyone', service: offering.service.key });
  return { ok: true, offering, bookables };
}

/** The question that the slot engine is asked. `busy` is in the order of the candidates. */
export function question(
  { offering, bookables }: Candidates,
  busy: readonly Float64Array[],
  nowMs: number,
): SlotQuestion {
  return {
    service: offering.compiled,
    resources: bookables.map(({ resource, schedule }, index) => ({
      id: resource.id,
      kind: resource.kind,
      schedule,
      busy: busy[index] ?? NO_BUSY,
    })),
    nowMs,
  };
}

const NO_BUSY = new Float64Array(0);

/** How far around a range occupied time can matter to starts in it. */
export function reach({ compiled }: Offering, fromMs: number, toMs: number): { fromMs: number; toMs: number } {
  return {
    fromMs: fromMs - compiled.bufferBeforeMs,
    toMs: toMs + compiled.maxSpanMs + compiled.bufferAfterMs,
  };
}

/** The ids of the candidates, in their order. */
export const idsOf = (bookables: readonly Bookable[]): readonly ResourceId[] =>
  bookables.map(({ resource }) => resource.id);
