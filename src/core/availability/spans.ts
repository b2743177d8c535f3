import type { Span } from '../model/appointment.ts';
import type { ResourceId } from '../model/ids.ts';
import type { Slot } from '../slots/found.ts';
import type { CompiledService } from '../slots/service.ts';

/**
 * What a slot occupies: each resource during the segments it serves, with the buffer before the first segment of all and the
 * one after the last. Segments that follow one another without a gap are one span.
 */
export function spansOf(
  { bufferBeforeMs, bufferAfterMs }: Pick<CompiledService, 'bufferBeforeMs' | 'bufferAfterMs'>,
  { resources, segments }: Slot,
): readonly Span[] {
  const last = segments.length - 1;
  return resources.flatMap((resource) => {
    const spans: Span[] = [];
    segments.forEach((segment, index) => {
      if (!segment.resources.includes(resource)) return;
      const startMs = index === 0 ? segment.startMs - bufferBeforeMs : segment.startMs;
      const endMs = index === last ? segment.endMs + bufferAfterMs : segment.endMs;
      const before = spans.at(-1);
      if (before?.endMs === startMs) spans[spans.length - 1] = { ...before, endMs };
      else spans.push({ resourceId: resource as ResourceId, startMs, endMs });
    });
    return spans;
  });
}
