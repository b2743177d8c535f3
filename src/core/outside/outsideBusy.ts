import type { BusySource, OutsideBusy, OutsideQuery, OutsideResource } from '../contracts/busySource.ts';
import type { Clock } from '../contracts/clock.ts';
import type { CompanyId, ResourceId } from '../model/ids.ts';

/** An outside time that did not keep to the company's grain, and what it was widened to. */
export interface RoundedTime {
  readonly source: string;
  readonly resourceId: ResourceId;
  readonly startMs: number;
  readonly endMs: number;
  readonly roundedStartMs: number;
  readonly roundedEndMs: number;
}

/** What occupies one resource outside. */
export interface OutsideTime {
  /** Start, end … by source and ascending within each; multiples of the grain. */
  readonly intervals: Float64Array;
  /** A word for each pair. */
  readonly kinds: readonly string[];
  /** Names of the sources that must be reached before the resource can be booked; its whole range is occupied. */
  readonly unreachable: readonly string[];
}

/** What sources say, one entry for each resource asked about, in order. */
export interface Outside {
  readonly times: readonly OutsideTime[];
  readonly rounded: readonly RoundedTime[];
}

/** What outside times are read with. */
export interface OutsidePlace {
  readonly sources: readonly BusySource[];
  readonly clock: Clock;
  /** Told of what a source rejects with: it is read on as unknown. */
  readonly onError: (error: unknown, source: string) => void;
}

/** A caller waits: a source that has not answered by then counts as unreachable. */
const READ_LIMIT_MS = 1_000;

/** The kind of time of which nothing is known. */
export const UNREACHABLE = 'unreachable';

const NOTHING: OutsideTime = { intervals: new Float64Array(0), kinds: [], unreachable: [] };

/** Asks every source at once. Whatever a source cannot tell occupies its resource: nothing unknown reads as free. */
export async function readOutside(
  place: OutsidePlace,
  company: CompanyId,
  query: OutsideQuery,
  grainMs: number,
): Promise<Outside> {
  if (place.sources.length === 0) return { times: query.resources.map(() => NOTHING), rounded: [] };
  const answers = await Promise.all(place.sources.map((source) => answerOf(place, source, company, query)));
  const rounded: RoundedTime[] = [];
  const times = query.resources.map((resource, index): OutsideTime => {
    const pairs: number[] = [];
    const kinds: string[] = [];
    const unreachable: string[] = [];
    for (const [at, { name }] of place.sources.entries()) {
      const answer = answers[at]?.[index];
      if (answer === undefined) continue;
      if (answer.state === 'unknown') {
        unreachable.push(name);
        pairs.push(query.fromMs, query.toMs);
        kinds.push(UNREACHABLE);
        continue;
      }
      appendRounded(pairs, answer.intervals, grainMs, (time) =>
        rounded.push({ source: name, resourceId: resource.id, ...time }),
      );
      while (kinds.length * 2 < pairs.length) kinds.push(answer.kind);
    }
    return pairs.length === 0 ? NOTHING : { intervals: Float64Array.from(pairs), kinds, unreachable };
  });
  return { times, rounded };
}

async function answerOf(
  { clock, onError }: OutsidePlace,
  source: BusySource,
  company: CompanyId,
  query: OutsideQuery,
): Promise<readonly (OutsideBusy | undefined)[]> {
  let cancel = (): void => {};
  const late = new Promise<never>((_, reject) => {
    cancel = clock.after(READ_LIMIT_MS, () => reject(new Error(`no answer within ${READ_LIMIT_MS} ms`)));
  });
  try {
    const answers = await Promise.race([source.read(company, query), late]);
    if (answers.length === query.resources.length) return answers;
    throw new Error(`one answer is needed for each of ${query.resources.length} resources, not ${answers.length}`);
  } catch (error) {
    onError(error, source.name);
    return query.resources.map(unknown);
  } finally {
    cancel();
  }
}

const unknown = (_: OutsideResource): OutsideBusy => ({
  kind: UNREACHABLE,
  intervals: NOTHING.intervals,
  state: 'unknown',
  asOfMs: null,
});

/** Widens each interval to the grain; those that then overlap or touch become one. */
function appendRounded(
  pairs: number[],
  intervals: Float64Array,
  grainMs: number,
  note: (time: Omit<RoundedTime, 'source' | 'resourceId'>) => void,
): void {
  const first = pairs.length;
  for (let index = 0; index + 1 < intervals.length; index += 2) {
    const startMs = intervals[index] ?? NaN;
    const endMs = intervals[index + 1] ?? NaN;
    const roundedStartMs = Math.floor(startMs / grainMs) * grainMs;
    const roundedEndMs = Math.ceil(endMs / grainMs) * grainMs;
    if (roundedStartMs !== startMs || roundedEndMs !== endMs) note({ startMs, endMs, roundedStartMs, roundedEndMs });
    const last = pairs.length - 1;
    if (last > first && roundedStartMs <= (pairs[last] ?? NaN))
      pairs[last] = Math.max(pairs[last] ?? NaN, roundedEndMs);
    else pairs.push(roundedStartMs, roundedEndMs);
  }
}
