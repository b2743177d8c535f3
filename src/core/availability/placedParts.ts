import type { Appointment, BookedPart, Span } from '../model/appointment.ts';
import type { ResourceId } from '../model/ids.ts';
import type { Catalog, Offering } from './catalog.ts';

/** What of an appointment is not as its service would book it today. It can take place all the same. */
export type NoteCode = 'DURATION_DIFFERS' | 'BUFFERS_DIFFER';

/** A part that was booked, beside the service as it is now. */
export interface PlacedPart {
  readonly offering: Offering;
  /** Which segment it is; undefined where the service has none of that key any more. */
  readonly segment: number | undefined;
  readonly startMs: number;
  readonly endMs: number;
  readonly resourceIds: readonly ResourceId[];
}

/** The parts of an appointment whose services are active; of a simple service all of it is one part. */
export function partsIn(appointment: Appointment, catalog: Catalog): readonly PlacedPart[] {
  const { serviceId, startMs, endMs, resourceIds } = appointment;
  const whole: Omit<BookedPart, 'key'> = { serviceId, startMs, endMs, resourceIds };
  if (appointment.parts.length === 0) {
    const offering = catalog.offering(serviceId);
    if (offering === undefined) return [];
    // What was simple and is composite now has no part that it could be held against.
    return [{ ...whole, offering, segment: offering.service.composition.segments.length === 0 ? 0 : undefined }];
  }
  return appointment.parts.flatMap((part) => {
    const offering = catalog.offering(part.serviceId);
    return offering === undefined ? [] : [{ ...part, offering, segment: segmentOf(offering, part.key) }];
  });
}

function segmentOf({ service }: Offering, key: string): number | undefined {
  const { segments } = service.composition;
  if (segments.length === 0) return key === service.key ? 0 : undefined;
  const index = segments.findIndex((segment) => segment.key === key);
  return index < 0 ? undefined : index;
}

/** From the first moment that is occupied to the last. */
export const reachOf = (spans: readonly Span[]): { readonly fromMs: number; readonly toMs: number } => ({
  fromMs: Math.min(...spans.map(({ startMs }) => startMs)),
  toMs: Math.max(...spans.map(({ endMs }) => endMs)),
});

/** In what the services would book today's appointment otherwise. */
export function notesOf({ startMs, endMs, spans }: Appointment, parts: readonly PlacedPart[]): readonly NoteCode[] {
  const [first, last] = [parts[0], parts.at(-1)];
  if (first === undefined || last === undefined) return [];
  const notes: NoteCode[] = [];
  if (!parts.every(hasItsLength) || !hasAllSegments(parts)) notes.push('DURATION_DIFFERS');
  if (spans.length > 0) {
    const { fromMs, toMs } = reachOf(spans);
    const before = startMs - fromMs === first.offering.compiled.bufferBeforeMs;
    if (!before || toMs - endMs !== last.offering.compiled.bufferAfterMs) notes.push('BUFFERS_DIFFER');
  }
  return notes;
}

/** Whether a part is as long as with one of those who serve it. */
function hasItsLength({ offering, segment, startMs, endMs, resourceIds }: PlacedPart): boolean {
  if (segment === undefined) return false;
  const { compiled } = offering;
  const own = resourceIds.flatMap((id) => compiled.segments[segment]?.ownLengthsMs.get(id) ?? []);
  const lengths = own.length === 0 ? [compiled.lengthsMs[segment]] : own;
  return lengths.includes(endMs - startMs);
}

/** Whether the services have the parts that were booked, with gaps that they still allow between them. */
function hasAllSegments(parts: readonly PlacedPart[]): boolean {
  return parts.every(({ offering, segment = 0, endMs }, index) => {
    const { segments, minGapsMs, maxGapsMs } = offering.compiled;
    if (parts[index - 1]?.offering !== offering && segment !== 0) return false;
    const next = parts[index + 1];
    if (next?.offering !== offering) return segment === segments.length - 1;
    const gapMs = next.startMs - endMs;
    return next.segment === segment + 1 && gapMs >= (minGapsMs[segment] ?? 0) && gapMs <= (maxGapsMs[segment] ?? 0);
  });
}
