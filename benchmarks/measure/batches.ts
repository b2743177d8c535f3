import type { Race } from './race.ts';
import { median, medianTiming, timingOf, type Timing } from './summary.ts';

/** How operations that cannot be repeated are measured: so many in a round, so many of them at the same time. */
export interface BatchEffort {
  readonly rounds: number;
  readonly count: number;
  readonly inFlight: number;
}

/** Runs that many operations, always so many at the same time. */
export async function runBatch(
  run: () => unknown,
  { count, inFlight }: Pick<BatchEffort, 'count' | 'inFlight'>,
): Promise<Timing & { readonly totalMs: number }> {
  const durationsMs: number[] = [];
  let left = count;
  const lane = async (): Promise<void> => {
    while (left-- > 0) {
      const beforeMs = performance.now();
      await run();
      durationsMs.push(performance.now() - beforeMs);
    }
  };
  const startedMs = performance.now();
  await Promise.all(Array.from({ length: inFlight }, lane));
  const totalMs = performance.now() - startedMs;
  return { ...timingOf(durationsMs), opsPerSec: (count / totalMs) * 1000, totalMs };
}

/**
 * Lets two sides run batches in turns, each first in every other round. One at a time the ratio is that of middle
 * durations, as a stall of the disk would drown all else; of several at a time it is that of the whole round.
 */
export async function raceBatches(ours: () => unknown, theirs: () => unknown, effort: BatchEffort): Promise<Race> {
  const rounds: { readonly ours: Timing; readonly theirs: Timing; readonly ratio: number }[] = [];
  for (let round = 0; round < effort.rounds; round++) {
    const before = round % 2 === 0 ? await runBatch(ours, effort) : undefined;
    const other = await runBatch(theirs, effort);
    const mine = before ?? (await runBatch(ours, effort));
    const ratio = effort.inFlight === 1 ? mine.p50Ns / other.p50Ns : mine.totalMs / other.totalMs;
    rounds.push({ ours: mine, theirs: other, ratio });
  }
  return {
    ours: medianTiming(rounds.map((round) => round.ours)),
    theirs: medianTiming(rounds.map((round) => round.theirs)),
    ratio: median(rounds.map(({ ratio }) => ratio)),
  };
}
