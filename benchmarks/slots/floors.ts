import type { FoundSlots } from 'askpro/slots';
import { sweep } from '../floor/sweep.ts';
import { DURATION_MS, STEP_MS, type Variant } from './calendars.ts';

/** One bare sweep for each resource; the answers are not united. */
export function sweepEach({ question, open }: Variant): Float64Array | undefined {
  let last: Float64Array | undefined;
  for (const { busy } of question.resources) last = sweep(open, busy, DURATION_MS, STEP_MS);
  return last;
}

/** For each start of some kind the first resource that has it, as bare sweeps find them. */
function firstOf(kind: string, { question, open }: Variant): ReadonlyMap<number, number> {
  const first = new Map<number, number>();
  question.resources.forEach((resource, index) => {
    if (resource.kind !== kind) return;
    for (const startMs of sweep(open, resource.busy, DURATION_MS, STEP_MS)) {
      if (!first.has(startMs)) first.set(startMs, index);
    }
  });
  return first;
}

/** Throws unless these are the first `limit` starts, and the resources, that sweeps of the same calendars find for one of each kind. */
export function expectSweeps(variant: Variant, found: FoundSlots, kinds: readonly string[], limit = Infinity): void {
  const firsts = kinds.map((kind) => firstOf(kind, variant));
  const [some, ...others] = firsts;
  const starts = [...(some?.keys() ?? [])].filter((startMs) => others.every((other) => other.has(startMs)));
  const expected = starts.sort((left, right) => left - right).slice(0, limit);
  const same = expected.every(
    (startMs, index) =>
      found.startsMs[index] === startMs &&
      firsts.every((first, place) => found.picks[index * kinds.length + place] === first.get(startMs)),
  );
  if (found.count === 0 || expected.length !== found.count || !same) throw new Error('The floor finds other slots.');
}
