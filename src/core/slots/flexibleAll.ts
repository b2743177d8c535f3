import { bufferedIntervals, intersect, intervalBuffer, union, type Intervals } from '../time/interval.ts';
import { placeSegments } from './flexible.ts';
import type { FoundSlots } from './found.ts';
import { minutePhase, type StartBuffer } from './grid.ts';
import { allowedFor, collectStarts, gridOf, hostOf, type Host } from './host.ts';
import { orderlyQuestion, type AskedQuestion } from './orderly.ts';

/**
 * Starts on the first resource's grid at which every resource is free, where gaps have a choice. All of them serve every
 * segment, so together they are one host: open while all are, busy while any is.
 */
export function findFlexibleAll(asked: AskedQuestion): FoundSlots {
  const question = orderlyQuestion(asked);
  const { service, resources } = question;
  const [first, ...others] = resources;
  const starts: StartBuffer = { data: new Float64Array(512), length: 0 };
  const segmentStartsMs: number[] = [];
  if (first !== undefined) {
    let host = hostOf(question, first);
    let allowed: Intervals = bufferedIntervals(allowedFor(question, first));
    for (const resource of others) {
      host = together(host, hostOf(question, resource));
      allowed = intersect(allowed, bufferedIntervals(allowedFor(question, resource)));
    }
    const allowedIn = intervalBuffer(2);
    allowedIn.data = allowed;
    allowedIn.length = allowed.length;
    const plans = collectStarts(service, host, gridOf(question, first), allowedIn, starts);
    for (let index = 0; plans !== undefined && index < starts.length; index++) {
      const startMs = starts.data[index] ?? NaN;
      const plan = plans.get(minutePhase(startMs));
      if (plan !== undefined) placeSegments(service, plan, startMs, segmentStartsMs);
    }
  }
  const startsMs = starts.data.slice(0, starts.length);
  const everyone = resources.map((_, index) => index);
  const picks = new Int32Array(startsMs.length * everyone.length);
  for (let index = 0; index < startsMs.length; index++) picks.set(everyone, index * everyone.length);
  return {
    count: startsMs.length,
    startsMs,
    picks,
    picksPerSlot: everyone.length,
    segmentStartsMs: Float64Array.from(segmentStartsMs),
    freeAt: () => everyone,
    service,
    resources: asked.resources,
  };
}

function together(left: Host, right: Host): Host {
  return { open: intersect(left.open, right.open), busy: union(left.busy, right.busy) };
}
