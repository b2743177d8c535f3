import type { ByKind, RankingOfKind } from './byKind.ts';
import type { MinuteCalendar } from './minuteCalendar.ts';
import type { Part } from './parts.ts';

/**
 * Picks segment by segment: whoever served the one before of the kind and can serve stays; the other places go to those who
 * can go on for the most segments in a row, the first in order among equals.
 */
export function stayingPicks(rankingOf: RankingOfKind, parts: readonly Part[], able: readonly ByKind[]): ByKind[] {
  const before = new Map<string, readonly MinuteCalendar[]>();
  return parts.map((part, index) => {
    const picks = new Map<string, readonly MinuteCalendar[]>();
    for (const { kind, count } of part.places) {
      const can = rankingOf(kind).filter((calendar) => able[index]?.get(kind)?.includes(calendar));
      const staying = can.filter((calendar) => before.get(kind)?.includes(calendar));
      const longest = can
        .filter((calendar) => !staying.includes(calendar))
        .toSorted((one, other) => goesOn(able, kind, index, other) - goesOn(able, kind, index, one));
      const chosen = [...staying, ...longest].slice(0, count);
      picks.set(kind, chosen);
      before.set(kind, chosen);
    }
    return picks;
  });
}

/** How many of the kind's segments after this one, in a row, the resource can serve. */
function goesOn(able: readonly ByKind[], kind: string, index: number, calendar: MinuteCalendar): number {
  let count = 0;
  for (const byKind of able.slice(index + 1)) {
    const those = byKind.get(kind);
    if (those === undefined) continue;
    if (!those.includes(calendar)) break;
    count++;
  }
  return count;
}
