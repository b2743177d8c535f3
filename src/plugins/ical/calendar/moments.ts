import { DAY_MS, instantOf, parseInstant, parseLocalDate, zoneNamed, type Zone } from '../../../plugin.ts';
import { UnreadableCalendar, type Property } from './jcal.ts';
import type { Zones } from './zones.ts';

/** A time as a calendar writes it. */
export interface Moment {
  /** Milliseconds of the wall clock of its zone. */
  readonly local: number;
  readonly zone: Zone;
  /** A date without a time. */
  readonly isDate: boolean;
}

/** How times of a calendar are read. */
export interface MomentPlace {
  readonly zones: Zones;
  /** The zone of dates and of times that name none. */
  readonly ownZone: Zone;
  /** Told of names of zones that nobody knows; their times are read in the own zone. */
  readonly onUnknownZone: () => void;
}

const utc = (): Zone => {
  const lookup = zoneNamed('UTC');
  if (!lookup.ok) throw new UnreadableCalendar('there is no UTC');
  return lookup.zone;
};

/** Reads one value of a property: `2026-11-24`, `2026-11-24T09:00:00` or `2026-11-24T08:00:00Z`. */
export function readMoment(value: unknown, { parameters }: Property, place: MomentPlace): Moment {
  const text = String(value);
  const day = parseLocalDate(text);
  if (day !== undefined) return { local: day * DAY_MS, zone: place.ownZone, isDate: true };
  const isUtc = text.endsWith('Z');
  const local = parseInstant(isUtc ? text : `${text}Z`);
  if (local === undefined) throw new UnreadableCalendar('a time cannot be read');
  const { tzid } = parameters;
  if (isUtc) return { local, zone: utc(), isDate: false };
  if (tzid === undefined) return { local, zone: place.ownZone, isDate: false };
  const zone = place.zones(tzid);
  if (zone === undefined) place.onUnknownZone();
  return { local, zone: zone ?? place.ownZone, isDate: false };
}

/** The instant of a time. */
export const instant = ({ local, zone }: Moment): number => instantOf(zone, local);

/** How long something lasts: days of the wall clock, and time. */
export interface Length {
  readonly days: number;
  readonly ms: number;
}

/** Reads `P1DT2H`, `PT90M` or `P2W`. */
export function readLength(value: unknown): Length {
  const match = /^([+-])?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(String(value));
  if (match === null) throw new UnreadableCalendar('a duration cannot be read');
  const [weeks, days, hours, minutes, seconds] = match.slice(2).map((part) => Number(part ?? 0));
  const sign = match[1] === '-' ? -1 : 1;
  return {
    days: sign * ((weeks ?? 0) * 7 + (days ?? 0)),
    ms: sign * ((hours ?? 0) * 3_600_000 + (minutes ?? 0) * 60_000 + (seconds ?? 0) * 1_000),
  };
}

/** When something that begins at a time ends. */
export const endOf = ({ local, zone }: Moment, { days, ms }: Length): number =>
  (days === 0 ? instantOf(zone, local) : instantOf(zone, local + days * DAY_MS)) + ms;
