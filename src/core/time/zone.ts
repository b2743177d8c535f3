import { eraIndexOf, offsetProbe, probeEra, type Era, type OffsetPiece } from './zoneEra.ts';

/** An IANA time zone whose UTC offsets are read from a table of transitions that grows as it is asked. */
export interface Zone {
  /** The name the zone was asked for by. */
  readonly name: string;
  /** The stretch of constant offset that contains an instant; stretches may be split where the offset stays the same. */
  readonly pieceAt: (epochMs: number) => OffsetPiece;
}

/** What {@link zoneNamed} answers. */
export type ZoneLookup =
  | { readonly ok: true; readonly zone: Zone }
  | { readonly ok: false; readonly error: { readonly code: 'ZONE_UNKNOWN'; readonly name: string } };

// No zone of the tz database has ever been further from UTC than this since 1970.
const WIDEST_OFFSET_MS = 16 * 3_600_000;

const zones = new Map<string, Zone>();

/**
 * The zone of an IANA name such as `Europe/Berlin`. One zone object per name and process; making it is cheap, its
 * table is probed from `Intl` in stretches of about nine years when an instant in them is first asked for.
 */
export function zoneNamed(name: string): ZoneLookup {
  let zone = zones.get(name);
  if (zone === undefined) {
    const probe = offsetProbe(name);
    if (probe === undefined) return { ok: false, error: { code: 'ZONE_UNKNOWN', name } };
    zone = createZone(name, probe);
    zones.set(name, zone);
  }
  return { ok: true, zone };
}

/** Coordinated Universal Time, the zone of everything that names none. */
export const UTC: Zone = {
  name: 'UTC',
  pieceAt: () => ({ fromMs: -Infinity, toMs: Infinity, offsetMs: 0 }),
};
zones.set('UTC', UTC);

function createZone(name: string, probe: (epochMs: number) => number): Zone {
  const eras = new Map<number, Era>();
  // Consecutive questions are nearly always about the same stretch.
  let recent: OffsetPiece = { fromMs: 0, toMs: 0, offsetMs: 0 };
  return {
    name,
    pieceAt(epochMs) {
      if (epochMs >= recent.fromMs && epochMs < recent.toMs) return recent;
      const index = eraIndexOf(epochMs);
      let era = eras.get(index);
      if (era === undefined) {
        era = probeEra(index, probe);
        eras.set(index, era);
      }
      let low = 0;
      let high = era.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((era[middle]?.fromMs ?? Infinity) <= epochMs) low = middle;
        else high = middle - 1;
      }
      recent = era[low] ?? recent;
      return recent;
    },
  };
}

/** What to add to UTC to get the zone's local time at an instant, in milliseconds. */
export function offsetAt(zone: Zone, epochMs: number): number {
  return zone.pieceAt(epochMs).offsetMs;
}

/** The zone's wall clock at an instant, as milliseconds since 1970-01-01T00:00 of that same wall clock. */
export function localMsAt(zone: Zone, epochMs: number): number {
  return epochMs + zone.pieceAt(epochMs).offsetMs;
}

/**
 * The instant at which the zone's wall clock shows a local time (milliseconds since 1970-01-01T00:00 of that clock),
 * resolved like Temporal's `compatible`: a time that a forward change skips moves forward by the length of the change,
 * a time that occurs twice is its earlier occurrence.
 */
export function instantOf(zone: Zone, localMs: number): number {
  const latestMs = localMs + WIDEST_OFFSET_MS;
  let piece = zone.pieceAt(localMs - WIDEST_OFFSET_MS);
  for (;;) {
    const instantMs = localMs - piece.offsetMs;
    if (instantMs < piece.toMs) {
      if (instantMs >= piece.fromMs) return instantMs;
      // The change into this stretch skipped the local time: it is read with the offset before the change.
      return localMs - zone.pieceAt(piece.fromMs - 1).offsetMs;
    }
    if (piece.toMs > latestMs) return instantMs;
    piece = zone.pieceAt(piece.toMs);
  }
}
