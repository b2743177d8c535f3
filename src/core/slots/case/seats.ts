import type { Keep } from '../service.ts';
import { refuse, within, type Reading } from './fields.ts';
import type { PlacedSegment, Serving } from './segments.ts';

const FIELDS = ['assign', 'skills', 'eligible'] as const;

/** Notes what a service that is held in sessions may not have. */
export function refuseSeats(
  reading: Reading,
  path: string,
  keep: Keep | undefined,
  segments: readonly PlacedSegment[],
): void {
  if (keep !== undefined && keep !== 'required') {
    refuse(reading, within(path, 'keep'), 'must be required, because the service has seats');
  }
  const [first] = segments;
  for (const { segment, serving, path: here } of segments) {
    const { minGapAfterMinutes: min = 0, maxGapAfterMinutes: max = min } = segment;
    if (min < max) refuse(reading, within(here, 'gapAfterMinutes'), 'must be a number, because the service has seats');
    for (const field of FIELDS) {
      if (first === undefined || canonical(serving, field) === canonical(first.serving, field)) continue;
      refuse(reading, within(here, field), `must be the same as in ${first.path}, because the service has seats`);
    }
  }
}

/** A text that is the same for what means the same. */
function canonical(serving: Serving, field: (typeof FIELDS)[number]): string {
  return JSON.stringify(sorted(serving[field] ?? (field === 'skills' ? [] : null)));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return [...new Set<unknown>(value)].sort();
  if (typeof value !== 'object' || value === null) return value;
  const entries: [string, unknown][] = Object.entries(value);
  return entries.sort(([left], [right]) => (left < right ? -1 : 1)).map(([name, content]) => [name, sorted(content)]);
}
