import type { ServiceId } from '../../plugin.ts';
import type { EntryState, WaitlistWish } from './entry.ts';

/** A place in the line. */
export interface Place {
  readonly id: string;
  readonly serviceId: ServiceId;
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
  readonly isExact: boolean;
  /** Hashes of who it is, of which one is enough to be the same. */
  readonly who: readonly string[];
  readonly joinedMs: number;
}

/** All who wait at one company, the first in front. One document, so that its version decides who came first. */
export type Line = readonly Place[];

/** The place of an entry. */
export const placeOf = (id: string, { wish, who, joinedMs }: EntryState): Place => ({
  id,
  serviceId: wish.serviceId,
  fromMs: wish.fromMs,
  toMs: wish.toMs,
  isExact: wish.isExact,
  who,
  joinedMs,
});

/** How many may stand in line. */
export interface LineLimits {
  readonly maxPerSlot: number;
  readonly maxPerCustomer: number;
  readonly maxWaiting: number;
}

/** The limit that keeps a place out of the line; undefined when it may stand there. */
export function fullFor(line: Line, place: Place, limits: LineLimits): keyof LineLimits | undefined {
  if (line.length >= limits.maxWaiting) return 'maxWaiting';
  const own = line.filter(({ who }) => who.some((hash) => place.who.includes(hash)));
  if (own.length >= limits.maxPerCustomer) return 'maxPerCustomer';
  const rivals = line.filter((other) => other.isExact === place.isExact && meets(other, place));
  return rivals.length >= limits.maxPerSlot ? 'maxPerSlot' : undefined;
}

/** Whether two wait for the same service at times that overlap. */
const meets = (a: Pick<Place, 'serviceId' | 'fromMs' | 'toMs'>, b: typeof a): boolean =>
  a.serviceId === b.serviceId && a.fromMs < b.toMs && b.fromMs < a.toMs;

/** Counts from the front those who wait for what he waits for, himself included; null when he is not in line. */
export function positionIn(line: Line, id: string, wish: WaitlistWish): number | null {
  const index = line.findIndex((place) => place.id === id);
  return index < 0 ? null : line.slice(0, index).filter((place) => meets(place, wish)).length + 1;
}

/** Those who stand ahead of an entry; nobody of one that is not in line. */
export function ahead(line: Line, id: string): Line {
  const index = line.findIndex((place) => place.id === id);
  return index < 0 ? [] : line.slice(0, index);
}

/** The line without an entry. */
export const without = (line: Line, id: string): Line =>
  line.some((place) => place.id === id) ? line.filter((place) => place.id !== id) : line;

/** The line with an entry at its end. */
export function toEnd(line: Line, id: string): Line {
  const place = line.find((each) => each.id === id);
  return place === undefined ? line : [...without(line, id), place];
}
