import type { CaseAssign, CaseSegment, CaseService } from './caseFile.ts';
import type { MinuteCalendar } from './minuteCalendar.ts';
import { mayServe } from './qualified.ts';

/** The kind under which `any` and `all` pick. */
export const ANYBODY = '*';

/** So many of those who may serve. */
export interface Place {
  readonly kind: string;
  readonly count: number;
  readonly candidates: readonly MinuteCalendar[];
}

/** One segment with a fixed length, and the gap after it. */
export interface Part {
  readonly service: CaseService;
  readonly minutes: number;
  readonly leastGap: number;
  readonly mostGap: number;
  readonly places: readonly Place[];
  /** The kind whose pick gives the length, where resources have own lengths. */
  readonly lengthKind: string | undefined;
}

/** One way to lay an appointment: its services in one order, with one choice of lengths. */
export interface Plan {
  readonly parts: readonly Part[];
  readonly bufferBefore: number;
  readonly bufferAfter: number;
  /** The first part that needs a kind, by kind. */
  readonly firstParts: ReadonlyMap<string, number>;
}

/** Whether those picked for a kind serve all segments that need it, or each segment has its own picks. */
export type Picking = 'together' | 'apart';

/** Every plan for services done in this order: one for each choice of lengths, made of those resources alone. */
export function plansOf(
  services: readonly CaseService[],
  maxWait: number,
  calendars: readonly MinuteCalendar[],
  picking: Picking,
): Plan[] {
  const segments = services.flatMap((service) => segmentsOf(service, service === services.at(-1) ? 0 : maxWait));
  const open = segments.map((segment) => ({ ...segment, places: placesOf(segment, calendars) }));
  const parts = picking === 'together' ? servingAllSegments(open) : open;
  const [first, last] = [services.at(0), services.at(-1)];
  return choices(parts.map((part) => lengthsOf(part, calendars))).map((chosen) => ({
    parts: chosen,
    bufferBefore: first?.bufferBeforeMinutes ?? 0,
    bufferAfter: last?.bufferAfterMinutes ?? 0,
    firstParts: firstPartsOf(chosen),
  }));
}

/** Later parts are written down first, so that the first one stays. */
function firstPartsOf(parts: readonly Part[]): Map<string, number> {
  return new Map(parts.flatMap(({ places }, index) => places.map(({ kind }) => [kind, index] as const)).toReversed());
}

/** What the segment asks for: its own word, else its service's. */
export function assignOf(service: CaseService, segment: Pick<CaseSegment, 'assign'>): CaseAssign {
  return segment.assign ?? service.assign ?? 'any';
}

/** The segments of a service; one without segments is one segment. */
export function bareSegments(service: CaseService): readonly CaseSegment[] {
  const { durationMinutes = 0, durationMinutesOf } = service;
  return service.segments ?? [{ durationMinutes, ...(durationMinutesOf && { durationMinutesOf }) }];
}

/** The length with such a resource. */
export function lengthWith(segment: CaseSegment, calendar: MinuteCalendar): number {
  return segment.durationMinutesOf?.[calendar.resource.id] ?? segment.durationMinutes;
}

/** The kind that has own lengths in a segment, of all the resources. */
export function lengthKindOf(
  service: CaseService,
  segment: CaseSegment,
  calendars: readonly MinuteCalendar[],
): string | undefined {
  const named = calendars.find(({ resource }) => segment.durationMinutesOf?.[resource.id] !== undefined);
  if (named === undefined) return undefined;
  return typeof assignOf(service, segment) === 'string' ? ANYBODY : named.kind;
}

interface OpenPart {
  readonly service: CaseService;
  readonly segment: CaseSegment;
  readonly leastGap: number;
  readonly mostGap: number;
}

interface PlacedPart extends OpenPart {
  readonly places: readonly Place[];
}

function segmentsOf(service: CaseService, waitAfter: number): OpenPart[] {
  const segments = bareSegments(service);
  return segments.map((segment, index) => {
    const { gapAfterMinutes: gap = 0 } = segment;
    const { min, max } = typeof gap === 'number' ? { min: gap, max: gap } : gap;
    if (index === segments.length - 1) return { service, segment, leastGap: 0, mostGap: waitAfter };
    return { service, segment, leastGap: min, mostGap: max };
  });
}

function placesOf({ service, segment }: OpenPart, calendars: readonly MinuteCalendar[]): Place[] {
  const assign = assignOf(service, segment);
  const able = calendars.filter((calendar) => mayServe(calendar, service, segment, calendars));
  if (assign === 'any') return [{ kind: ANYBODY, count: 1, candidates: able }];
  if (assign === 'all') return [{ kind: ANYBODY, count: Math.max(1, able.length), candidates: able }];
  return Object.entries(assign).map(([kind, count]) => {
    return { kind, count, candidates: able.filter((calendar) => calendar.kind === kind) };
  });
}

/** Only those who may serve each segment that needs their kind; `all` needs all of those. */
function servingAllSegments(parts: readonly PlacedPart[]): PlacedPart[] {
  const everywhere = (kind: string, calendar: MinuteCalendar): boolean =>
    parts.every(({ places }) => places.every((each) => each.kind !== kind || each.candidates.includes(calendar)));
  return parts.map((part) => ({
    ...part,
    places: part.places.map((place) => {
      const candidates = place.candidates.filter((calendar) => everywhere(place.kind, calendar));
      const isAll = assignOf(part.service, part.segment) === 'all';
      return { ...place, candidates, count: isAll ? Math.max(1, candidates.length) : place.count };
    }),
  }));
}

/** The part once for each length that those who may serve it have; each with those alone whose length it is. */
function lengthsOf(
  { service, segment, leastGap, mostGap, places }: PlacedPart,
  calendars: readonly MinuteCalendar[],
): Part[] {
  const bare = { service, leastGap, mostGap, places };
  const lengthKind = lengthKindOf(service, segment, calendars);
  const concerned = places.find(({ kind }) => kind === lengthKind)?.candidates ?? [];
  if (concerned.length === 0) return [{ ...bare, minutes: segment.durationMinutes, lengthKind }];
  const lengths = concerned.map((calendar) => lengthWith(segment, calendar));
  if (assignOf(service, segment) === 'all') return [{ ...bare, minutes: Math.max(...lengths), lengthKind }];
  return [...new Set(lengths)].map((minutes) => ({
    ...bare,
    minutes,
    lengthKind,
    places: places.map((place) => {
      if (place.kind !== lengthKind) return place;
      return { ...place, candidates: place.candidates.filter((each) => lengthWith(segment, each) === minutes) };
    }),
  }));
}

/** Every way to choose one of each. */
function choices<Item>(groups: readonly (readonly Item[])[]): Item[][] {
  const [first, ...rest] = groups;
  if (first === undefined) return [[]];
  return first.flatMap((item) => choices(rest).map((others) => [item, ...others]));
}
