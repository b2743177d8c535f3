import { arrange, freeIn } from './arrange.ts';
import { crewsFor, type Crew } from './crew.ts';
import { emitStarts, sortStarts, type StartBuffer } from './grid.ts';
import { gridOf, phasesOf } from './host.ts';
import type { Need } from './need.ts';
import { orderlyQuestion, type AskedQuestion } from './orderly.ts';
import { NOTHING, type Picked } from './picked.ts';

/** Starts on the first resource's grid at which every need finds enough free members, where gaps have a choice. */
export function findFlexible(asked: AskedQuestion, needs: readonly Need[]): Picked {
  const question = orderlyQuestion(asked);
  const { service, resources } = question;
  const [first] = resources;
  if (first === undefined) return NOTHING;
  const { runs, overlapping } = gridOf(question, first);
  const starts: StartBuffer = { data: new Float64Array(512), length: 0 };
  const found: { readonly crew: Crew; readonly segmentStartsMs: readonly number[] }[] = [];
  for (const phaseMs of phasesOf(runs)) {
    for (const crew of crewsFor(question, needs, phaseMs)) {
      starts.length = 0;
      emitStarts(runs, service.stepMs, crew.starts, crew.starts.length, starts, phaseMs);
      if (overlapping) sortStarts(starts, 0);
      for (let at = 0; at < starts.length; at++) {
        const segmentStartsMs = arrange(service, needs, crew, starts.data[at] ?? NaN);
        if (segmentStartsMs !== undefined) found.push({ crew, segmentStartsMs });
      }
    }
  }
  const startOf = ({ segmentStartsMs: [startMs = NaN] }: (typeof found)[number]): number => startMs;
  found.sort((left, right) => startOf(left) - startOf(right));
  const picks: number[] = [];
  for (const { crew, segmentStartsMs } of found) {
    needs.forEach((need, at) => picks.push(...freeIn(need, crew.able[at] ?? [], segmentStartsMs, need.needed)));
  }
  return {
    count: found.length,
    startsMs: Float64Array.from(found, startOf),
    picks: Int32Array.from(picks),
    segmentStartsMs: Float64Array.from(found.flatMap(({ segmentStartsMs }) => segmentStartsMs)),
    freeAt: (index) => {
      const { crew, segmentStartsMs = [] } = found[index] ?? {};
      return needs.map((need, at) => freeIn(need, crew?.able[at] ?? [], segmentStartsMs));
    },
  };
}
