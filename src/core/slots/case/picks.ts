import type { FindQuestion } from '../question.ts';
import type { CompiledSegment } from '../service.ts';

/** The most picks that an answer may have room for: more would take hundreds of megabytes. */
export const MOST_PICKS = 20_000_000;

/** How many picks an answer has room for: one for each step of its range and everybody who serves it. */
export function countPicks({
  service,
  resources,
  range,
}: Pick<FindQuestion, 'service' | 'resources' | 'range'>): number {
  const steps = Math.ceil((range.toMs - range.fromMs) / service.stepMs);
  const served = service.keep === 'required' ? service.segments.slice(0, 1) : service.segments;
  return steps * served.reduce((sum, segment) => sum + serving(segment, resources.length), 0);
}

function serving({ assign }: CompiledSegment, all: number): number {
  if (assign === 'all') return all;
  return assign === 'any' ? 1 : Object.values(assign).reduce((sum, count) => sum + count, 0);
}
