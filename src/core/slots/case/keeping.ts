import type { Keep } from '../service.ts';
import { refuse, within, type Reading } from './fields.ts';
import type { PlacedSegment } from './segments.ts';

/** Where all segments keep whoever serves, notes the kinds that they need in different numbers. */
export function refuseKeeping(reading: Reading, keep: Keep | undefined, segments: readonly PlacedSegment[]): void {
  if (keep !== undefined && keep !== 'required') return;
  const first = new Map<string, { readonly needed: number; readonly path: string }>();
  for (const { serving, path, assignPath } of segments) {
    if (typeof serving.assign !== 'object') continue;
    for (const [kind, needed] of Object.entries(serving.assign)) {
      const earlier = first.get(kind);
      if (earlier === undefined) first.set(kind, { needed, path });
      else if (earlier.needed !== needed) {
        const reason = 'with keep required a kind is needed in the same number wherever it is needed';
        refuse(reading, within(assignPath, kind), `must be ${earlier.needed} as in ${earlier.path}: ${reason}`);
      }
    }
  }
}
