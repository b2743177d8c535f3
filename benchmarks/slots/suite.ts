import { findSlots, nextSlots, type FoundSlots } from 'askpro/slots';
import { sweep } from '../floor/sweep.ts';
import { bytesPerOp } from '../measure/allocations.ts';
import { withPlantNow } from '../measure/plant.ts';
import { alone, race } from '../measure/race.ts';
import { seeded } from '../measure/seeded.ts';
import type { Benchmark, Suite } from '../measure/suite.ts';
import {
  busyOn,
  DURATION_MS,
  resource,
  rotating,
  serviceOf,
  STEP_MS,
  VARIANTS,
  variants,
  weeksOf,
  type Variant,
} from './calendars.ts';
import { expectSweeps, sweepEach } from './floors.ts';
import { growth } from './growth.ts';
import { answerCold, answerOfPeer, expectPeer, peerName, rawCases } from './peer.ts';

/** What is compared, made when the row is measured: both sides answer another variant each time they are called. */
interface Sides {
  readonly ours: () => FoundSlots;
  readonly theirs: () => unknown;
}

function compared(name: string, vs: string, prepare: () => Sides): Benchmark {
  return {
    name,
    async measure(effort) {
      const sides = prepare();
      const run = withPlantNow(name, sides.ours);
      const { ours, theirs, ratio } = await race({ async: false, run }, { async: false, run: sides.theirs }, effort);
      return [
        { suite: 'slots', name, ...ours, vs, ratio, vsP50Ns: theirs.p50Ns, bytesPerOp: await bytesPerOp(sides.ours) },
      ];
    },
  };
}

const oneOfEach = { staff: 1, room: 1 };

function anyAgainstSweeps(hosts: number): Sides {
  const all = variants(serviceOf('any'), 4, hosts);
  for (const variant of all) expectSweeps(variant, findSlots(variant.question), ['staff']);
  const [next, nextSwept] = [rotating(all), rotating(all)];
  return { ours: () => findSlots(next().question), theirs: () => sweepEach(nextSwept()) };
}

function staffAndRoomAgainstAny(): Sides {
  const joint = variants(serviceOf(oneOfEach), 4, 50, 20);
  for (const variant of joint) expectSweeps(variant, findSlots(variant.question), ['staff', 'room']);
  const next = rotating(joint);
  const nextAny = rotating(variants(serviceOf('any'), 4, 50));
  return { ours: () => findSlots(next().question), theirs: () => findSlots(nextAny().question) };
}

function coldAgainstPeer(): Sides {
  const all = rawCases(busyOn);
  expectPeer(all);
  const [next, nextOfPeer] = [rotating(all), rotating(all)];
  return { ours: () => answerCold(next()), theirs: () => answerOfPeer(nextOfPeer()) };
}

const FULL_DAYS = 60;
const HORIZON_WEEKS = 26;

/** Half a year of one host whose first sixty days are full, and what a sweep has to see to come to the third start. */
function nextAgainstSweeps(): Sides {
  const service = serviceOf('any');
  const all = Array.from({ length: VARIANTS }, (_, variant): Variant & { swept: readonly Float64Array[] } => {
    const { range, days, open } = weeksOf(variant, HORIZON_WEEKS);
    const busy = busyOn(days, seeded(variant + 1), (days[0] ?? 0) + FULL_DAYS);
    const question = { service, range, resources: [resource('staff', 0, busy)] };
    const thirdMs = nextSlots(question, 3).startsMs[2] ?? NaN;
    const upTo = (list: Float64Array): Float64Array =>
      list.subarray(
        0,
        list.findIndex((ms, index) => index % 2 === 0 && ms > thirdMs),
      );
    return { question, open, swept: [upTo(open), upTo(busy)] };
  });
  for (const variant of all) expectSweeps(variant, nextSlots(variant.question, 3), ['staff'], 3);
  const [next, nextSwept] = [rotating(all), rotating(all)];
  return {
    ours: () => nextSlots(next().question, 3),
    theirs: () => {
      const [open = new Float64Array(0), busy = open] = nextSwept().swept;
      sweep(open, busy, DURATION_MS, STEP_MS);
      return sweep(open, busy, DURATION_MS, STEP_MS);
    },
  };
}

const segments: Benchmark = {
  name: 'segments',
  async measure(effort) {
    const parts = [
      { durationMinutes: 10, minGapAfterMinutes: 0, maxGapAfterMinutes: 20 },
      { durationMinutes: 15, minGapAfterMinutes: 5, maxGapAfterMinutes: 30 },
      { durationMinutes: 10, minGapAfterMinutes: 10, maxGapAfterMinutes: 45 },
      { durationMinutes: 15 },
    ];
    const all = variants(serviceOf('any', parts), 4, 10);
    const next = rotating(all);
    const find = (): FoundSlots => findSlots(next().question);
    const slots = all.reduce((sum, { question }) => sum + findSlots(question).count, 0) / all.length;
    const timing = await alone({ async: false, run: find }, effort);
    return [{ suite: 'slots', name: 'segments', ...timing, bytesPerOp: await bytesPerOp(find), slots }];
  },
};

/** The pure slot engine beside bare sweeps of the same calendars, beside itself, and beside a package of the same purpose. */
export function slotsSuite(): Suite {
  return {
    benchmarks: [
      compared('1x4w-floor', 'a bare sweep over sorted typed arrays', () => anyAgainstSweeps(1)),
      compared('1x4w-cold', `${peerName}, hours already expanded`, coldAgainstPeer),
      compared('50x4w-any', 'fifty bare sweeps', () => anyAgainstSweeps(50)),
      compared('50x4w-staff-room', '50x4w-any', staffAndRoomAgainstAny),
      compared('next3-full', 'two bare sweeps up to the third start', nextAgainstSweeps),
      segments,
      growth,
    ],
    close: () => Promise.resolve(),
  };
}
