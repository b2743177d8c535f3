import type { ResourceId } from '../model/ids.ts';
import type { Service } from '../model/service.ts';
import type { CompiledSegment, CompiledService } from '../slots/service.ts';
import type { Bookable, Offering } from './catalog.ts';

/** Some of those who could serve a visit. */
interface Visitors {
  readonly service: CompiledService;
  readonly bookables: readonly Bookable[];
}

/** Whether each part of a visit finds somebody of each kind that it needs among those who may serve it. */
export const isServed = ({ service, bookables }: Visitors): boolean =>
  service.segments.every((segment) => isPartServed(segment, bookables));

function isPartServed({ assign, eligible }: CompiledSegment, bookables: readonly Bookable[]): boolean {
  const able = bookables.filter(({ resource }) => eligible === undefined || eligible.has(resource.id));
  if (typeof assign !== 'object') return able.length > 0;
  return Object.keys(assign).every((kind) => able.some(({ resource }) => resource.kind === kind));
}

/**
 * The same group where of their kinds only these serve. Each part keeps its own doers: who is named for a visit does not
 * come to do what he cannot.
 */
export function narrowedVisit<G extends Visitors>(
  group: G,
  ids: readonly ResourceId[],
): G & { readonly only: readonly ResourceId[] } {
  return { ...group, service: narrowedTo(group.service, ids, group.bookables), only: ids };
}

function narrowedTo(
  service: CompiledService,
  ids: readonly ResourceId[],
  bookables: readonly Bookable[],
): CompiledService {
  const kinds = new Map<string, string>(bookables.map(({ resource }) => [resource.id, resource.kind]));
  const named = new Set(ids.map((id) => kinds.get(id)));
  const narrow = (segments: readonly CompiledSegment[]): readonly CompiledSegment[] =>
    segments.map((segment) => ({
      ...segment,
      eligible: new Set(
        [...(segment.eligible ?? kinds.keys())].filter(
          (id) => ids.some((each) => each === id) || (typeof segment.assign === 'object' && !named.has(kinds.get(id))),
        ),
      ),
    }));
  return {
    ...service,
    segments: narrow(service.segments),
    orders: service.orders?.map((order) => ({ ...order, segments: narrow(order.segments) })),
  };
}

/** The first service of a visit of which nobody there may serve a part. */
export function unserved(
  { compiled, visit }: Offering,
  bookables: readonly Bookable[],
  only: readonly Bookable[],
): Service | undefined {
  const ids = only.map(({ resource }) => resource.id);
  const { segments } = ids.length === 0 ? compiled : narrowedTo(compiled, ids, bookables);
  const lacking = segments.find((segment) => !isPartServed(segment, bookables));
  return visit?.services.find(({ id }) => id === lacking?.serviceId);
}
