/** Durations of single operations, summed up. */
export interface Timing {
  readonly opsPerSec: number;
  readonly p50Ns: number;
  readonly p99Ns: number;
}

/** The value below which that part of the sorted values lies. */
const quantile = (sorted: ArrayLike<number>, part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;

/** The middle value; of an even number of them the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

/** One timing of several runs: the middle one in each respect. */
export const medianTiming = (timings: readonly Timing[]): Timing => ({
  opsPerSec: median(timings.map(({ opsPerSec }) => opsPerSec)),
  p50Ns: median(timings.map(({ p50Ns }) => p50Ns)),
  p99Ns: median(timings.map(({ p99Ns }) => p99Ns)),
});

/** Sums up single durations, in milliseconds, that follow each other without a pause. */
export function timingOf(durationsMs: readonly number[]): Timing {
  const sorted = Float64Array.from(durationsMs).sort();
  const totalMs = durationsMs.reduce((sum, ms) => sum + ms, 0);
  return {
    opsPerSec: (durationsMs.length / totalMs) * 1000,
    p50Ns: quantile(sorted, 0.5) * 1e6,
    p99Ns: quantile(sorted, 0.99) * 1e6,
  };
}
