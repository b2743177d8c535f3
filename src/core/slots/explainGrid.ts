import { DAY_MS } from '../time/localDate.ts';
import type { Blocker } from './blocker.ts';
import { emitStarts, gridRuns, sortStarts, type StartBuffer } from './grid.ts';
import type { SlotResource } from './question.ts';
import type { CompiledService } from './service.ts';

const NEIGHBOURHOOD_MS = 7 * DAY_MS;

/** Whether a start lies on the grid of a resource, and if not, between which starts. */
export function gridBlockers(service: CompiledService, resource: SlotResource, startMs: number): Blocker[] {
  if (gridStarts(service, resource, startMs, startMs + 1).length > 0) return [];
  const previousMs = gridStarts(service, resource, startMs - NEIGHBOURHOOD_MS, startMs).at(-1);
  const [nextMs] = gridStarts(service, resource, startMs, startMs + NEIGHBOURHOOD_MS);
  return [
    {
      code: 'OFF_GRID',
      resource: resource.id,
      ...(previousMs === undefined ? {} : { previousMs }),
      ...(nextMs === undefined ? {} : { nextMs }),
    },
  ];
}

function gridStarts(service: CompiledService, resource: SlotResource, fromMs: number, toMs: number): Float64Array {
  const { zone } = resource.schedule;
  const opening = resource.schedule.openingIn(fromMs, toMs);
  const starts: StartBuffer = { data: new Float64Array(64), length: 0 };
  const runs = gridRuns(service, zone, opening, fromMs, toMs);
  emitStarts(runs, service.stepMs, Float64Array.of(fromMs, toMs), 2, starts);
  if (opening.overlapping) sortStarts(starts, 0);
  return starts.data.subarray(0, starts.length);
}
