import { readSpoken } from 'askpro/plugins/spoken';
import { bytesPerOp } from '../measure/allocations.ts';
import { alone, type Contender, type Effort } from '../measure/race.ts';
import { below, seeded } from '../measure/seeded.ts';
import { median } from '../measure/summary.ts';
import type { Row } from '../measure/row.ts';
import type { Benchmark, Suite } from '../measure/suite.ts';
import { BUSY_WEEKS, DAY_MS, FIRST_MS, openSalons, type Salons } from './salons.ts';

const VARIANTS = 64;
const STEP_MS = 15 * 60_000;

/** Salons that are opened when the first row needs them. */
class Scene {
  #salons: Promise<Salons> | undefined;

  salons(): Promise<Salons> {
    return (this.#salons ??= openSalons());
  }

  async close(): Promise<void> {
    await (await this.#salons)?.close();
  }
}

async function row(name: string, run: Contender['run'], isAsync: boolean, effort: Effort): Promise<Row> {
  const timing = await alone({ async: isAsync, run }, effort);
  return { suite: 'booking', name, ...timing, bytesPerOp: await bytesPerOp(run as () => Promise<void>, 50) };
}

/** Every slot of four weeks of any of fifty staff: read in one statement, computed and formatted. */
const findFifty = (scene: Scene): Benchmark => ({
  name: 'find-50x4w',
  async measure(effort) {
    const { doors } = await scene.salons();
    let at = 0;
    const find = async (): Promise<void> => {
      const variant = at++ % VARIANTS;
      const from = FIRST_MS + Math.floor(variant / doors.length) * DAY_MS;
      const found = await doors[variant % doors.length]?.find({ service: 'cut', from, to: from + 28 * DAY_MS });
      if (found?.ok !== true) throw new Error(JSON.stringify(found?.refusal));
    };
    return [{ ...(await row('find-50x4w', find, true, effort)), dialect: 'sqlite', inFlight: 1 }];
  },
});

/** A service of four segments, two of which need a room as well, each at another time and salon. */
const bookFourSegments = (scene: Scene): Benchmark => ({
  name: 'book-4-segments',
  async measure(effort) {
    const { doors } = await scene.salons();
    let at = 0;
    const book = async (): Promise<void> => {
      const nth = at++;
      const day = Math.floor(nth / (doors.length * 20));
      const date = FIRST_MS + (BUSY_WEEKS * 7 + Math.floor(day / 5) * 7 + (day % 5)) * DAY_MS;
      const start = date + 9 * 4 * STEP_MS + (Math.floor(nth / doors.length) % 20) * STEP_MS;
      const booked = await doors[nth % doors.length]?.book({ service: 'perm', start });
      if (booked?.ok !== true) throw new Error(JSON.stringify(booked?.refusal));
    };
    // Free days are used up, so it is not warmed up and measured for as long as the others.
    const short = { ...effort, rounds: Math.min(effort.rounds, 5) };
    return [{ ...(await row('book-4-segments', book, true, short)), dialect: 'sqlite', inFlight: 1 }];
  },
});

/** So many appointments are one batch. */
const BATCH = 1_000;
/** Weeks that no other row uses. */
const FAR_WEEKS = BUSY_WEEKS + 60;

/**
 * A thousand appointments of any of fifty staff in one batch, a time for each of them; beside it as many booked one by one.
 * Each batch has its own seeded starts in a free week, and so has what stands beside it.
 */
const bookMany = (scene: Scene): Benchmark => ({
  name: 'book-many',
  async measure({ rounds }) {
    const { doors } = await scene.salons();
    let week = 0;
    const nextStarts = (): readonly number[] => {
      const random = seeded(++week);
      const monday = FIRST_MS + (FAR_WEEKS + Math.floor(week / doors.length)) * 7 * DAY_MS;
      return Array.from({ length: BATCH }, (_, nth) => {
        // Every hour has as many, so that fifty staff can do all of it; none is late, because clocks change in spring.
        const hour = nth % 35;
        return monday + (hour % 5) * DAY_MS + (9 + Math.floor(hour / 5)) * 4 * STEP_MS + below(random, 2) * 2 * STEP_MS;
      });
    };
    const doorNow = (): (typeof doors)[number] | undefined => doors[week % doors.length];
    const many = async (): Promise<number> => {
      const items = nextStarts().map((start) => ({ service: 'cut', start }));
      const from = process.hrtime.bigint();
      const booked = await doorNow()?.bookMany(items, { mode: 'all' });
      if (booked?.ok !== true) throw new Error(JSON.stringify(booked?.refusal).slice(0, 500));
      return Number(process.hrtime.bigint() - from) / BATCH;
    };
    const single = async (): Promise<number> => {
      const starts = nextStarts();
      const from = process.hrtime.bigint();
      for (const start of starts) {
        const booked = await doorNow()?.book({ service: 'cut', start });
        if (booked?.ok !== true) throw new Error(JSON.stringify(booked?.refusal).slice(0, 500));
      }
      return Number(process.hrtime.bigint() - from) / BATCH;
    };
    const ours: number[] = [];
    const theirs: number[] = [];
    const ratios: number[] = [];
    await many();
    await single();
    for (let round = 0; round < Math.min(rounds, 5); round++) {
      const order = round % 2 === 0 ? ([many, single] as const) : ([single, many] as const);
      const [first, second] = [await order[0](), await order[1]()];
      const [mine, other] = round % 2 === 0 ? [first, second] : [second, first];
      ours.push(mine);
      theirs.push(other);
      ratios.push(mine / other);
    }
    const p50Ns = median(ours);
    return [
      {
        suite: 'booking',
        name: 'book-many',
        opsPerSec: 1e9 / p50Ns,
        p50Ns,
        p99Ns: Math.max(...ours),
        vs: 'as many single bookings',
        ratio: median(ratios),
        vsP50Ns: median(theirs),
        bytesPerOp: (await bytesPerOp(many, 1)) / BATCH,
        dialect: 'sqlite',
        inFlight: 1,
      },
    ];
  },
});

const DAYS = [
  'morgen',
  'übermorgen',
  'am Dienstag',
  'nächste Woche Mittwoch',
  'in zwei Wochen',
  'am 3.',
  'heute',
  'Freitag',
];
const TIMES = [
  'um drei',
  'halb vier',
  'vormittags',
  'nachmittags',
  'um viertel nach neun',
  'gegen elf',
  'nach sechs',
  'um 10 Uhr',
];

/** Dates as people say them. */
const dates: Benchmark = {
  name: 'dates',
  async measure(effort) {
    const phrases = DAYS.flatMap((day) => TIMES.map((time) => `${day} ${time}`));
    const now = FIRST_MS + 8 * 3_600_000;
    let at = 0;
    const read = (): unknown =>
      readSpoken(phrases[at++ % phrases.length] ?? '', { now, timeZone: 'Europe/Berlin', language: 'de' });
    return [await row('dates', read, false, effort)];
  },
};

/** What callers wait for beyond the simplest appointment; all rows are printed, none is compared. */
export function bookingSuite(): Suite {
  const scene = new Scene();
  return {
    benchmarks: [findFifty(scene), bookFourSegments(scene), bookMany(scene), dates],
    close: () => scene.close(),
  };
}
