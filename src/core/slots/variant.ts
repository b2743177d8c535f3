import type { Need } from './need.ts';
import { needsOf } from './needs.ts';
import type { Order } from './order.ts';
import type { SlotResource } from './question.ts';
import { withLengths, type CompiledService, type Keep } from './service.ts';
import { partOf } from './part.ts';

/** One way to carry out a service: its segments in one order, each of one length, and who could serve them. */
export interface Variant {
  readonly service: CompiledService;
  readonly needs: readonly Need[];
  /** How many picks its slots have, over all needs. */
  readonly picksPerSlot: number;
  /** Where several variants have a start, those of the least rank count. */
  readonly rank: number;
  /** Whether those who serve one segment stay for the next where they can. */
  readonly stays: boolean;
}

/** How many orders and lengths of one service are tried at most. */
export const MOST_VARIANTS = 128;

/**
 * Every way to carry out a service, by order first. Whoever has a length of his own is a candidate of those variants that
 * last as long, so that within a variant all lengths are fixed.
 */
export function variantsOf(
  service: CompiledService,
  keep: Exclude<Keep, 'preferred'>,
  resources: readonly SlotResource[],
  order: Order,
): readonly Variant[] {
  if (service.plain) {
    const needs = needsOf(service, keep, resources, order);
    return [{ service, needs, picksPerSlot: picksOf(needs), rank: 0, stays: false }];
  }
  const variants = (service.orders ?? [service]).flatMap((each, rank) => {
    const needs = needsOf(each, keep, resources, order);
    return combinations(needs.map((need) => lengthClasses(each, need, resources))).map((classes) =>
      variantWith(each, needs, classes, rank),
    );
  });
  if (variants.length > MOST_VARIANTS) throw new RangeError(`More than ${MOST_VARIANTS} orders and lengths.`);
  return variants;
}

/** Members of a need who take the same time for each of its segments; none for segments in which nobody of the kind has a time of his own. */
interface LengthClass {
  readonly lengthsMs: readonly (number | undefined)[];
  readonly members: readonly number[];
}

function lengthClasses(service: CompiledService, need: Need, resources: readonly SlotResource[]): LengthClass[] {
  const { kind, members, segments, needed } = need;
  const own = segments.map((segment) => service.segments[segment]?.ownLengthsMs);
  const alike = resources.filter((resource) => kind === undefined || resource.kind === kind);
  const isOwn = own.map((lengths) => alike.some(({ id }) => lengths?.has(id)));
  const lengthsOf = (member: number): (number | undefined)[] =>
    segments.map((segment, at) =>
      isOwn[at] === true ? (own[at]?.get(resources[member]?.id ?? '') ?? service.lengthsMs[segment]) : undefined,
    );
  if (needed > 1 && isOwn.includes(true)) {
    // All of them serve: the slowest decides.
    const slowest = (at: number): number => Math.max(...members.map((member) => lengthsOf(member)[at] ?? 0));
    return [{ lengthsMs: isOwn.map((decides, at) => (decides ? slowest(at) : undefined)), members }];
  }
  if (members.length === 0) return [{ lengthsMs: [], members }];
  const classes = new Map<string, { readonly lengthsMs: (number | undefined)[]; readonly members: number[] }>();
  for (const member of members) {
    const lengthsMs = lengthsOf(member);
    const known = classes.get(lengthsMs.join());
    if (known === undefined) classes.set(lengthsMs.join(), { lengthsMs, members: [member] });
    else known.members.push(member);
  }
  return [...classes.values()];
}

function variantWith(
  service: CompiledService,
  needs: readonly Need[],
  classes: readonly LengthClass[],
  rank: number,
): Variant {
  const lengthsMs = service.lengthsMs.map((lengthMs, segment) => {
    const own = classes.flatMap((each, need) => each.lengthsMs[needs[need]?.segments.indexOf(segment) ?? -1] ?? []);
    return own.length === 0 ? lengthMs : Math.max(...own);
  });
  const resized = withLengths(service, lengthsMs);
  return {
    service: resized,
    needs: needs.map((need, index) => ({
      ...need,
      members: classes[index]?.members ?? [],
      part: resized === service ? need.part : partOf(resized, need.segments),
      sized: need.segments.filter((_, at) => classes[index]?.lengthsMs[at] !== undefined),
    })),
    picksPerSlot: picksOf(needs),
    rank,
    stays: false,
  };
}

const picksOf = (needs: readonly Need[]): number => needs.reduce((sum, { needed }) => sum + needed, 0);

/** One element of each list, in every combination; the first list varies slowest. */
function combinations<T>(lists: readonly (readonly T[])[]): T[][] {
  return lists.reduce<T[][]>((rows, list) => rows.flatMap((row) => list.map((element) => [...row, element])), [[]]);
}
