import type { Composition, ServiceSegment } from '../model/composition.ts';
import type { ResourceId } from '../model/ids.ts';
import type { SegmentDefinition, ServiceDefinition } from './definition.ts';

/** Who serves a service and in which parts, as it is stored. */
export function compositionOf(service: ServiceDefinition, resourceId: (key: string) => ResourceId): Composition {
  const { segments = [] } = service;
  const byId = (minutes: Readonly<Record<string, number>> = {}): Composition['minutesOf'] =>
    Object.fromEntries(Object.entries(minutes).map(([key, each]) => [resourceId(key), each]));
  return {
    assign: service.assign ?? 'any',
    skills: service.skills ?? {},
    keep: service.keep ?? 'required',
    assignBy: service.assignBy ?? 'order',
    segments: segments.map((segment): ServiceSegment => {
      const { min, max } = gapOf(segment);
      return {
        key: segment.key,
        durationMinutes: segment.durationMinutes,
        minGapAfterMinutes: min,
        maxGapAfterMinutes: max,
        assign: segment.assign ?? null,
        skills: segment.skills ?? null,
        minutesOf: byId(segment.minutesOf),
      };
    }),
    minutesOf: byId(service.minutesOf),
  };
}

function gapOf({ gapAfterMinutes: gap = 0 }: SegmentDefinition): { readonly min: number; readonly max: number } {
  return typeof gap === 'number' ? { min: gap, max: gap } : gap;
}

/** From the first start to the last end, with the least gaps. */
export const leastMinutes = (segments: readonly SegmentDefinition[]): number =>
  segments.reduce((sum, segment) => sum + segment.durationMinutes + gapOf(segment).min, 0);

/** The longest a service can take: with the greatest gaps, and with whoever takes longest for each part. */
export function mostMinutes({ durationMinutes = 0, minutesOf = {}, segments }: ServiceDefinition): number {
  if (segments === undefined) return Math.max(durationMinutes, ...Object.values(minutesOf));
  return segments.reduce((sum, segment) => {
    const longest = Math.max(segment.durationMinutes, ...Object.values(segment.minutesOf ?? {}));
    return sum + longest + gapOf(segment).max;
  }, 0);
}

/** How much the gaps of a service differ in all. */
export const slackMinutes = (segments: readonly SegmentDefinition[]): number =>
  segments.reduce((sum, segment) => sum + gapOf(segment).max - gapOf(segment).min, 0);
