import type { Intervals } from '../time/interval.ts';
import type { Blocker, Stretch } from './blocker.ts';
import { saturated } from './capacity.ts';
import type { Part } from './part.ts';
import type { SlotResource } from './question.ts';

/** When a resource can take no more. */
export function occupiedTime({ busy, capacity = 1 }: SlotResource): Intervals {
  return capacity === 1 ? busy : saturated(busy, capacity);
}

/** What occupies a resource during its part of an appointment, which serves these segments. */
export function busyBlockers(
  resource: SlotResource,
  occupied: Intervals,
  part: Part,
  segments: readonly number[],
  startMs: number,
): Blocker[] {
  const { id, capacity = 1 } = resource;
  const last = segments.length - 1;
  return segments.flatMap((segment, index) => {
    const fromMs = startMs + (part.offsetsMs[index] ?? 0);
    const toMs = fromMs + (part.lengthsMs[index] ?? 0);
    const beforeMs = index === 0 ? part.bufferBeforeMs : 0;
    const afterMs = index === last ? part.bufferAfterMs : 0;
    return meeting(occupied, fromMs - beforeMs, toMs + afterMs).map((stretch): Blocker => {
      const what = { busy: stretch, ...kindOf(resource, stretch), ...(capacity === 1 ? {} : { capacity }) };
      if (stretch.startMs < toMs && stretch.endMs > fromMs) return { code: 'BUSY', resource: id, segment, ...what };
      return { code: 'BUFFER_BUSY', resource: id, side: stretch.endMs <= fromMs ? 'before' : 'after', ...what };
    });
  });
}

/** The kind of what occupies a stretch, if all of it is of one kind. */
function kindOf({ busy, busyKinds = [], capacity = 1 }: SlotResource, { startMs, endMs }: Stretch): { kind?: string } {
  const kinds = new Set<string | undefined>();
  for (let index = 0; index < busy.length && busyKinds.length > 0; index += 2) {
    const [from = NaN, to = NaN] = [busy[index], busy[index + 1]];
    if (capacity === 1 ? from === startMs && to === endMs : from < endMs && to > startMs)
      kinds.add(busyKinds[index / 2]);
  }
  const [kind] = kinds;
  return kinds.size === 1 && kind !== undefined ? { kind } : {};
}

/** The intervals of any list that share an instant with [fromMs, toMs), ascending. */
export function meeting(list: Intervals, fromMs: number, toMs: number): Stretch[] {
  const found: Stretch[] = [];
  for (let index = 0; index < list.length; index += 2) {
    const startMs = list[index] ?? NaN;
    const endMs = list[index + 1] ?? NaN;
    if (startMs < toMs && endMs > fromMs && startMs < endMs) found.push({ startMs, endMs });
  }
  return found.sort((left, right) => left.startMs - right.startMs);
}
