import type { Need } from '../need.ts';
import { needsOf } from '../needs.ts';
import type { SlotResource } from '../question.ts';
import type { CompiledService, Keep } from '../service.ts';

/** In how many ways a service can be carried out: orders of its services, times the lengths that those who may serve have. */
export function countCombinations(service: CompiledService, resources: readonly SlotResource[]): number {
  if (service.plain) return 1;
  const { keep, orders = [service] } = service;
  const ways: readonly Exclude<Keep, 'preferred'>[] = keep === 'preferred' ? ['required', 'free'] : [keep];
  const inOrder = [...resources.keys()];
  return Math.max(
    ...ways.map((way) =>
      needsOf(service, way, resources, inOrder).reduce(
        (product, need) => product * Math.max(1, countLengths(service, need, resources)),
        orders.length,
      ),
    ),
  );
}

/** How many different lengths, segment by segment, those who could serve a need have. */
function countLengths(service: CompiledService, need: Need, resources: readonly SlotResource[]): number {
  if (need.needed > 1) return 1;
  const lengths = need.members.map((member) => {
    const id = resources[member]?.id ?? '';
    return need.segments
      .map((segment) => service.segments[segment]?.ownLengthsMs.get(id) ?? service.lengthsMs[segment])
      .join();
  });
  return new Set(lengths).size;
}
