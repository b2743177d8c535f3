import type { CompanyDoor, Engine } from 'askpro';
import { ReplayFloor, sqliteVersion, type Replay } from '../floor/replay.ts';
import { bytesPerOp } from '../measure/allocations.ts';
import type { Effort } from '../measure/race.ts';
import type { Row } from '../measure/row.ts';
import { seeded, shuffled } from '../measure/seeded.ts';
import { median, medianTiming, timingOf, type Timing } from '../measure/summary.ts';
import type { Benchmark } from '../measure/suite.ts';
import { recorded, type Recorded } from './recorder.ts';
import type { EngineScene } from './scene.ts';
import { DAY_MS, FREE_WEEK_MS, type Durability, type Town } from './town.ts';

/** Bookings of one side in a row. */
const BATCH = 100;

/** A place to book: the token of an offer and the company that made it. */
interface Place {
  readonly company: number;
  readonly token: string;
}

/** Offers of other companies, resources and times each, good for every copy of the town. */
async function places(engine: Engine, town: Town, count: number): Promise<readonly Place[]> {
  const found: Place[] = [];
  for (let from = FREE_WEEK_MS; found.length < count; from += DAY_MS)
    for (const [company, { id, resources, services }] of town.companies.entries()) {
      const door = await doorTo(engine, id);
      for (const resource of resources)
        for (const service of services) {
          const day = await door.find({ service, resource, from, to: from + DAY_MS });
          if (!day.ok) continue;
          for (const slot of day.slots) found.push({ company, token: door.offer(slot).token });
          break;
        }
    }
  return shuffled(found, seeded(4)).slice(0, count);
}

async function doorTo(engine: Engine, id: Town['companies'][number]['id']): Promise<CompanyDoor> {
  const door = await engine.company(id);
  if (!door.ok) throw new Error(door.refusal.code);
  return door;
}

/** An engine that books the places one after the other. */
class Booker {
  readonly engine: Engine;
  readonly #doors: readonly CompanyDoor[];
  readonly #places: readonly Place[];
  #next = 0;

  constructor(engine: Engine, doors: readonly CompanyDoor[], where: readonly Place[]) {
    this.engine = engine;
    this.#doors = doors;
    this.#places = where;
  }

  static async open(town: Town, file: string, synchronous: Durability, where: readonly Place[]): Promise<Booker> {
    const engine = await town.open(file, synchronous);
    return new Booker(engine, await Promise.all(town.companies.map(({ id }) => doorTo(engine, id))), where);
  }

  async book(): Promise<void> {
    const place = this.#places[this.#next++];
    const booked = await this.#doors[place?.company ?? -1]?.book(place?.token ?? '');
    if (booked?.ok !== true) throw new Error(`A free offer was refused: ${JSON.stringify(booked?.refusal)}`);
  }
}

/** Places to book, and what each booking of them runs. */
interface Bookings {
  readonly where: readonly Place[];
  readonly recordings: readonly (readonly Recorded[])[];
}

const prepared = new WeakMap<EngineScene, Map<number, Promise<Bookings>>>();

/** Warms the code up, then records bookings; once for all durabilities, as they run the same statements. */
function bookings(scene: EngineScene, count: number, warmUp: number): Promise<Bookings> {
  let known = prepared.get(scene);
  if (known === undefined) prepared.set(scene, (known = new Map<number, Promise<Bookings>>()));
  let made = known.get(count);
  if (made === undefined) known.set(count, (made = prepare(scene, count, warmUp)));
  return made;
}

async function prepare(scene: EngineScene, count: number, warmUp: number): Promise<Bookings> {
  const { town, engine } = await scene.reading();
  const all = await places(engine, town, warmUp + count);
  const booker = await Booker.open(town, town.copy(), 'NORMAL', all);
  for (let index = 0; index < warmUp; index++) await booker.book();
  const recordings = [];
  for (let index = 0; index < count; index++) recordings.push(await recorded(() => booker.book()));
  await booker.engine.stop();
  return { where: all.slice(warmUp), recordings };
}

async function timed(count: number, run: () => unknown): Promise<Timing> {
  const durationsMs: number[] = [];
  let beforeMs = performance.now();
  for (let index = 0; index < count; index++) {
    await run();
    const nowMs = performance.now();
    durationsMs.push(nowMs - beforeMs);
    beforeMs = nowMs;
  }
  return timingOf(durationsMs);
}

/** What a file holds once everything is booked; ids differ, places and times must not. */
function occupied(floor: ReplayFloor): string {
  const sql = 'SELECT resource_id, start_ms, end_ms FROM spans ORDER BY company_id, resource_id, start_ms';
  const counts = ['claims', 'appointments', 'outbox'].map((table) => `SELECT COUNT(*) FROM ${table}`);
  const recording = [sql, ...counts].map((text) => ({ connection: 99, sql: text, values: [], rows: true }));
  return JSON.stringify(floor.run(floor.prepare(recording)));
}

/** Booking an offer, beside the same statements on a bare connection to a copy of the same file. */
export const book = (scene: EngineScene, synchronous: Durability): Benchmark => {
  const name = `book-${synchronous.toLowerCase()}`;
  return {
    name,
    async measure({ rounds, warmUp }: Effort): Promise<readonly Row[]> {
      const town = await scene.town();
      const { where, recordings } = await bookings(scene, rounds * BATCH, warmUp);
      const [mine, theirs] = [town.copy(), town.copy()];
      const booker = await Booker.open(town, mine, synchronous, where);
      const floor = new ReplayFloor(theirs, synchronous);
      const replays: Replay[] = recordings.map((recording) => floor.prepare(recording));
      const bookOne = (): Promise<void> => booker.book();
      let replayed = 0;
      const replayOne = (): unknown => floor.run(replays[replayed++] ?? []);

      const runs: { readonly ours: Timing; readonly bare: Timing; readonly ratio: number }[] = [];
      for (let round = 0; round < rounds; round++) {
        const oursFirst = round % 2 === 0;
        const before = oursFirst ? await timed(BATCH, bookOne) : undefined;
        const bare = await timed(BATCH, replayOne);
        const ours = before ?? (await timed(BATCH, bookOne));
        runs.push({ ours, bare, ratio: ours.p50Ns / bare.p50Ns });
      }
      await booker.engine.stop();
      const same = new ReplayFloor(mine, synchronous);
      if (occupied(same) !== occupied(floor)) throw new Error('The two files do not hold the same bookings.');
      same.close();
      floor.close();
      const vs = `bare node:sqlite, the same statements, synchronous=${synchronous} (SQLite ${sqliteVersion()})`;
      const timing = medianTiming(runs.map(({ ours }) => ours));
      const ratio = median(runs.map((run) => run.ratio));
      const vsP50Ns = median(runs.map(({ bare }) => bare.p50Ns));
      return [{ suite: 'engine', name, ...timing, vs, ratio, vsP50Ns, dialect: 'sqlite', inFlight: 1 }];
    },
  };
};

/** How bookings that wait together share commits, and what one allocates. Printed only. */
export const bookMany = (scene: EngineScene, synchronous: Durability, inFlight: number): Benchmark => {
  const name = `book-${synchronous.toLowerCase()}-${inFlight}`;
  return {
    name,
    async measure({ rounds }: Effort) {
      const town = await scene.town();
      const { engine } = await scene.reading();
      const where = await places(engine, town, 1800 + rounds * BATCH);
      const booker = await Booker.open(town, town.copy(), synchronous, where);
      const bytes = await bytesPerOp(() => booker.book());
      const timings: Timing[] = [];
      for (let round = 0; round < rounds; round++) {
        const durationsMs: number[] = [];
        const startedMs = performance.now();
        const lane = async (): Promise<void> => {
          for (let index = 0; index < BATCH / inFlight; index++) {
            const beforeMs = performance.now();
            await booker.book();
            durationsMs.push(performance.now() - beforeMs);
          }
        };
        await Promise.all(Array.from({ length: inFlight }, lane));
        const totalMs = performance.now() - startedMs;
        timings.push({ ...timingOf(durationsMs), opsPerSec: (durationsMs.length / totalMs) * 1000 });
      }
      await booker.engine.stop();
      const timing = medianTiming(timings);
      return [{ suite: 'engine', name, ...timing, dialect: 'sqlite', inFlight, bytesPerOp: bytes }];
    },
  };
};
