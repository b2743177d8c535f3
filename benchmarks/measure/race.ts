import { Bench } from 'tinybench';
import { median, medianTiming, type Timing } from './summary.ts';

/** How long to measure. */
export interface Effort {
  /** Rounds in which both sides run one after the other. */
  readonly rounds: number;
  /** The time of each side in a round. */
  readonly roundMs: number;
  /** Bookings or requests before anything is timed: a service lives for days, so code is measured as the compiler leaves it. */
  readonly warmUp: number;
}

/** Something to be measured; called again and again, it rotates its own inputs. */
export interface Contender {
  readonly async: boolean;
  run(): unknown;
}

/** Two sides measured in the same run. */
export interface Race {
  readonly ours: Timing;
  readonly theirs: Timing;
  /** Time of ours divided by time of theirs: the median over the rounds, so that a busy neighbour spoils a round only. */
  readonly ratio: number;
}

async function measure(contender: Contender, roundMs: number, warm: boolean): Promise<Timing & { meanMs: number }> {
  const bench = new Bench({ time: roundMs, iterations: 8, warmup: warm, warmupTime: 4 * roundMs, throws: true });
  bench.add('it', () => contender.run(), { async: contender.async });
  const [task] = await bench.run();
  const result = task?.result;
  if (result === undefined || !('latency' in result)) throw new Error('The benchmark has measured nothing.');
  const { mean, p50, p99 } = result.latency;
  return { meanMs: mean, opsPerSec: 1000 / mean, p50Ns: p50 * 1e6, p99Ns: p99 * 1e6 };
}

/** Lets two sides run in turns, each first in every other round. */
export async function race(ours: Contender, theirs: Contender, { rounds, roundMs }: Effort): Promise<Race> {
  const timings: { readonly ours: Timing; readonly theirs: Timing; readonly ratio: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? ([ours, theirs] as const) : ([theirs, ours] as const);
    const first = await measure(order[0], roundMs, round === 0);
    const second = await measure(order[1], roundMs, round === 0);
    const [mine, other] = round % 2 === 0 ? [first, second] : [second, first];
    timings.push({ ours: mine, theirs: other, ratio: mine.meanMs / other.meanMs });
  }
  return {
    ours: medianTiming(timings.map((timing) => timing.ours)),
    theirs: medianTiming(timings.map((timing) => timing.theirs)),
    ratio: median(timings.map(({ ratio }) => ratio)),
  };
}

/** Measures one side alone. */
export async function alone(contender: Contender, { rounds, roundMs }: Effort): Promise<Timing> {
  const timings: Timing[] = [];
  for (let round = 0; round < rounds; round++) timings.push(await measure(contender, roundMs, round === 0));
  return medianTiming(timings);
}
