import { refuse, within, type Reading } from './fields.ts';
import { MOST_SLACK, NUMBERS } from './maxima.ts';
import type { PlacedSegment } from './segments.ts';
import { readWhole } from './values.ts';

/** Notes what is wrong with the length of a service's segments together. */
export function refuseLengths(
  reading: Reading,
  fields: ReadonlyMap<string, unknown>,
  path: string,
  segments: readonly PlacedSegment[],
): void {
  const segmentsPath = within(path, 'segments');
  const slack = slackOf(segments);
  if (slack > MOST_SLACK) {
    refuse(reading, segmentsPath, `have gaps that differ by ${slack} minutes in all; at most ${MOST_SLACK}`);
  }
  const longest = longestOf(segments);
  if (longest > NUMBERS.duration.most) {
    refuse(reading, segmentsPath, `last ${longest} minutes in all; at most ${NUMBERS.duration.most} are allowed`);
  }
  const sum = segments.reduce(
    (total, { segment }) => total + segment.durationMinutes + (segment.minGapAfterMinutes ?? 0),
    0,
  );
  const durationPath = within(path, 'durationMinutes');
  const bounds = { ...NUMBERS.duration, fallback: sum };
  const durationMinutes = readWhole(reading, fields.get('durationMinutes'), durationPath, bounds);
  if (durationMinutes !== undefined && durationMinutes !== sum) {
    refuse(reading, durationPath, `must be the segments' sum with the least gaps, ${sum}, or be left out`);
  }
}

/** By how many minutes the gaps of segments differ in all. */
export function slackOf(segments: readonly PlacedSegment[]): number {
  return segments.reduce(
    (sum, { segment: { minGapAfterMinutes: min = 0, maxGapAfterMinutes: max = min } }) => sum + max - min,
    0,
  );
}

/** How many minutes segments last with the least gaps and whoever takes longest. */
export function longestOf(segments: readonly PlacedSegment[]): number {
  return segments.reduce((sum, { segment }) => {
    const own = Object.values(segment.durationMinutesOf ?? {});
    return sum + Math.max(segment.durationMinutes, ...own) + (segment.minGapAfterMinutes ?? 0);
  }, 0);
}
