import type { Need } from './need.ts';
import type { Order } from './order.ts';
import { partOf } from './part.ts';
import { qualifiedFor } from './qualified.ts';
import type { SlotResource } from './question.ts';
import type { CompiledSegment, CompiledService, Keep } from './service.ts';

/**
 * What a service asks of a list of resources. Who has to be kept is one need for all of his segments, else each
 * segment has needs of its own.
 */
export function needsOf(
  service: CompiledService,
  keep: Exclude<Keep, 'preferred'>,
  resources: readonly SlotResource[],
  order: Order,
): Need[] {
  const { segments, assign } = service;
  const all = [...segments.keys()];
  if (service.plain && typeof assign !== 'object') {
    return [
      {
        kind: undefined,
        needed: assign === 'any' ? 1 : order.length,
        members: order,
        segments: all,
        part: service,
        sized: [],
      },
    ];
  }
  const stretches =
    keep === 'required'
      ? kindsOf(segments).map((kind) => served(segments, kind))
      : all.flatMap((segment) =>
          kindsOf(segments.slice(segment, segment + 1)).map((kind) => ({ kind, segments: [segment] })),
        );
  return stretches.map(({ kind, segments: own }) => {
    const members = membersOf(
      own.flatMap((segment) => segments[segment] ?? []),
      kind,
      resources,
      order,
    );
    const needed = neededOf(segments[own[0] ?? 0], kind) ?? members.length;
    return { kind, needed, members, segments: own, part: partOf(service, own), sized: [] };
  });
}

/** The kinds that some segments need, in the order they name them; undefined stands for any and all. */
function kindsOf(segments: readonly CompiledSegment[]): (string | undefined)[] {
  const kinds = segments.flatMap(({ assign }) =>
    typeof assign === 'object' ? Object.keys(assign).filter((kind) => (assign[kind] ?? 0) > 0) : [undefined],
  );
  return [...new Set(kinds)];
}

function served(
  segments: readonly CompiledSegment[],
  kind: string | undefined,
): { readonly kind: string | undefined; readonly segments: number[] } {
  return { kind, segments: [...segments.keys()].filter((segment) => neededOf(segments[segment], kind) !== 0) };
}

/** How many of a kind a segment needs; undefined: all there are. */
function neededOf(segment: CompiledSegment | undefined, kind: string | undefined): number | undefined {
  if (segment?.assign === 'all') return undefined;
  if (typeof segment?.assign !== 'object') return 1;
  return kind !== undefined && Object.hasOwn(segment.assign, kind) ? segment.assign[kind] : 0;
}

function membersOf(
  segments: readonly CompiledSegment[],
  kind: string | undefined,
  resources: readonly SlotResource[],
  order: Order,
): number[] {
  return order.filter((index) => {
    const resource = resources[index];
    if (resource === undefined || (kind !== undefined && resource.kind !== kind)) return false;
    return segments.every((segment) => qualifiedFor(segment, resource, resources));
  });
}
