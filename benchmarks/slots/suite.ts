import { findSlots } from 'askpro/slots';
import { sweep } from '../floor/sweep.ts';
import { bytesPerOp } from '../measure/allocations.ts';
import { withPlantNow } from '../measure/plant.ts';
import { race } from '../measure/race.ts';
import type { Benchmark, Suite } from '../measure/suite.ts';
import { DURATION_MS, STEP_MS, variants, type Variant } from './calendars.ts';

const NOBODY = -1;
const out = new Float64Array(4096);
const owners = new Int32Array(4096);

/** What any of the hosts can serve: each one swept, the first who is free kept for each start. */
function sweepAny({ question, open }: Variant): number {
  const { resources, range } = question;
  owners.fill(NOBODY);
  let count = 0;
  for (let host = 0; host < resources.length; host++) {
    const found = sweep(open, resources[host]?.busy ?? open, DURATION_MS, STEP_MS, out);
    for (let index = 0; index < found; index++) {
      const cell = ((out[index] ?? 0) - range.fromMs) / STEP_MS;
      if (owners[cell] !== NOBODY) continue;
      owners[cell] = host;
      count++;
    }
  }
  return count;
}

const sweepOne = ({ question, open }: Variant): number =>
  sweep(open, question.resources[0]?.busy ?? open, DURATION_MS, STEP_MS, out);

function sameAsFloor(variant: Variant, floor: (variant: Variant) => number): void {
  const found = findSlots(variant.question);
  const count = floor(variant);
  const single = variant.question.resources.length === 1;
  const same = found.startsMs.every((startMs, index) =>
    single
      ? out[index] === startMs
      : owners[(startMs - variant.question.range.fromMs) / STEP_MS] === found.picks[index],
  );
  if (found.count !== count || count === 0 || !same) throw new Error('The floor finds other slots.');
}

function benchmark(name: string, hosts: number, vs: string, floor: (variant: Variant) => number): Benchmark {
  return {
    name,
    async measure(effort) {
      const all = variants(64, hosts);
      for (const variant of all) sameAsFloor(variant, floor);
      let mine = 0;
      let theirs = 0;
      const find = withPlantNow(name, () => findSlots((all[mine++ & 63] ?? (all[0] as Variant)).question));
      const sweepNext = (): number => floor(all[theirs++ & 63] ?? (all[0] as Variant));
      const {
        ours,
        theirs: bare,
        ratio,
      } = await race({ async: false, run: find }, { async: false, run: sweepNext }, effort);
      const bytes = await bytesPerOp(find);
      return [{ suite: 'slots', name, ...ours, vs, ratio, vsP50Ns: bare.p50Ns, bytesPerOp: bytes }];
    },
  };
}

/** The pure slot engine beside a bare sweep of the same calendars. */
export function slotsSuite(): Suite {
  return {
    benchmarks: [
      benchmark('1x4w-floor', 1, 'bare sweep over sorted typed arrays', sweepOne),
      benchmark('50x4w-any', 50, 'fifty bare sweeps, the first free host kept', sweepAny),
    ],
    close: () => Promise.resolve(),
  };
}
