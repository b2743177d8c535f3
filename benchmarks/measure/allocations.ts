import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { median } from './summary.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** What is on the heap, and the contents of typed arrays, which lie beside it. */
function bytesInUse(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Bytes that one call allocates, contents of typed arrays included: the median of short runs between which all garbage is collected. */
export async function bytesPerOp(run: () => unknown, calls = 200): Promise<number> {
  const runs: number[] = [];
  for (let index = 0; index < 9; index++) {
    collect();
    const before = bytesInUse();
    for (let call = 0; call < calls; call++) await run();
    runs.push((bytesInUse() - before) / calls);
  }
  return Math.max(0, median(runs));
}
