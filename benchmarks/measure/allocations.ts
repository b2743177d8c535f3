import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { median } from './summary.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes that one call allocates on the heap: the median of short runs between which all garbage is collected. */
export async function bytesPerOp(run: () => unknown, calls = 200): Promise<number> {
  const runs: number[] = [];
  for (let index = 0; index < 9; index++) {
    collect();
    const before = process.memoryUsage().heapUsed;
    for (let call = 0; call < calls; call++) await run();
    runs.push((process.memoryUsage().heapUsed - before) / calls);
  }
  return Math.max(0, median(runs));
}
