import { epochDayOf, DAY_MS } from './localDate.ts';

/** A stretch [fromMs, toMs) of UTC time during which a zone keeps one offset: local = UTC + offsetMs. */
export interface OffsetPiece {
  readonly fromMs: number;
  readonly toMs: number;
  readonly offsetMs: number;
}

/** The stretches of constant offset that make up one era, in order and without holes. */
export type Era = readonly OffsetPiece[];

/** Eras are about 8.7 years long: long enough to be asked for rarely, short enough to be probed in under a millisecond. */
const ERA_MS = 2 ** 38;

// Shorter than the shortest time between two changes of any zone since 1970 (6 days and 23 hours: Recife in October
// 2000, Gaza in October 2040), so that two changes which cancel each other cannot hide between two probes.
const PROBE_STEP_MS = 6 * DAY_MS;

/** The number of the era that contains an instant. */
export function eraIndexOf(epochMs: number): number {
  return Math.floor(epochMs / ERA_MS);
}

/** Finds every offset change within an era by probing in steps and halving between two probes that differ. */
export function probeEra(index: number, probe: (epochMs: number) => number): Era {
  const fromMs = index * ERA_MS;
  const toMs = fromMs + ERA_MS;
  const pieces: OffsetPiece[] = [];
  let pieceFromMs = fromMs;
  let offsetMs = probe(fromMs);
  for (let probedMs = fromMs; probedMs < toMs;) {
    const nextMs = Math.min(probedMs + PROBE_STEP_MS, toMs);
    while (probe(nextMs) !== offsetMs) {
      const changeMs = firstChange(Math.max(pieceFromMs, probedMs), nextMs, offsetMs, probe);
      if (changeMs >= toMs) break;
      pieces.push({ fromMs: pieceFromMs, toMs: changeMs, offsetMs });
      pieceFromMs = changeMs;
      offsetMs = probe(changeMs);
    }
    probedMs = nextMs;
  }
  pieces.push({ fromMs: pieceFromMs, toMs, offsetMs });
  return pieces;
}

/** The first instant in (sameMs, otherMs] whose offset is not `offsetMs`, in whole seconds as the tz database has it. */
function firstChange(sameMs: number, otherMs: number, offsetMs: number, probe: (epochMs: number) => number): number {
  let low = Math.floor(sameMs / 1_000);
  let high = Math.ceil(otherMs / 1_000);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (probe(middle * 1_000) === offsetMs) low = middle;
    else high = middle;
  }
  return high * 1_000;
}

// In the year 5. `Intl` counts the years before the year 1 backwards, and no zone has changed its offset there.
const FIRST_PROBED_MS = -62e12;

/** A function from an instant to the zone's UTC offset in milliseconds, or undefined for a zone `Intl` does not know. */
export function offsetProbe(name: string): ((epochMs: number) => number) | undefined {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  } catch {
    return undefined;
  }
  return (epochMs) => {
    const secondMs = Math.max(FIRST_PROBED_MS, Math.floor(epochMs / 1_000) * 1_000);
    // `10/25/2026, 02:30:00`: parsing the text costs a third of formatToParts.
    const text = format.format(secondMs);
    const comma = text.indexOf(',', 7);
    const date = epochDayOf(Number(text.slice(6, comma)), twoDigits(text, 0), twoDigits(text, 3));
    const seconds = twoDigits(text, comma + 2) * 3_600 + twoDigits(text, comma + 5) * 60 + twoDigits(text, comma + 8);
    return date * DAY_MS + seconds * 1_000 - secondMs;
  };
}

function twoDigits(text: string, at: number): number {
  return (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;
}
