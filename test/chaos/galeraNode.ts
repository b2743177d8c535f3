import { mariadb } from 'askpro/adapters/sequelize';
import type { Appointment, Storage } from '../../src/adapter.ts';
import { startGalera, type GaleraCluster } from '../servers/galera.ts';
import { until } from '../servers/poll.ts';
import { Arena } from '../storage/contests.ts';
import { minutes, mondayMs, sampleCompany } from '../storage/sample.ts';
import { lostAmong, type Operation, type Violation } from './checker/history.ts';
import { judge, judgeUnguarded } from './checker/judge.ts';
import { readTables } from './checker/readTables.ts';
import { scarceOf, writeOperation } from './checker/writes.ts';
import { grainMs } from './contests.ts';
import { clusterGround } from './ground.ts';
import type { Place } from './place.ts';
import type { ChaosLine, Scenario, ScenarioOptions } from './scenario.ts';
import { unguard } from './unguard.ts';
import { bookingAt, cancellationOf, tellWrite, Wish } from './wish.ts';

/** How many are acknowledged before the node is killed, and after. */
const efforts = { full: { rounds: 5, before: 600, after: 600 }, short: { rounds: 1, before: 60, after: 40 } } as const;
/** Who books at each node at a time. */
const WRITERS = 3;
/** Half hours that all of them want, and how many of them stay booked; the others are cancelled again. */
const TIMES = 24;
const KEPT = 12;

/** Clients of a cluster, who book and cancel on all nodes until they are told to stop. */
class Load {
  readonly operations: Operation[] = [];
  /** When a write was committed, by this process's steady clock. */
  readonly committedMs: number[] = [];
  readonly faults: string[] = [];
  readonly #arena: Arena;
  readonly #storages: readonly Storage[];
  readonly #writers: readonly Promise<void>[];
  readonly #kept: Appointment[] = [];
  #goesOn = true;
  #wishes = 0;

  constructor(arena: Arena, storages: readonly Storage[]) {
    this.#arena = arena;
    this.#storages = storages;
    this.#writers = storages.flatMap((_, node) =>
      Array.from({ length: WRITERS }, (__, writer) => this.#write(node, node * WRITERS + writer)),
    );
  }

  /** Waits until that many more writes were committed. */
  async more(count: number): Promise<void> {
    const target = this.committedMs.length + count;
    await until(
      () => this.committedMs.length >= target,
      () => `only ${this.committedMs.length} of ${target} writes were committed`,
      120_000,
    );
  }

  async stop(): Promise<void> {
    this.#goesOn = false;
    await Promise.all(this.#writers);
  }

  /** The longest time between two commits of anybody. */
  get stallMs(): number {
    return this.committedMs.reduce(
      (longest, at, index) => Math.max(longest, at - (this.committedMs[index - 1] ?? at)),
      0,
    );
  }

  async #write(node: number, writer: number): Promise<void> {
    const { company } = this.#arena.config;
    while (this.#goesOn) {
      const number = this.#wishes++;
      const startMs = mondayMs + minutes(30 * ((number * 7 + writer) % TIMES));
      const wish = new Wish(writer, company.id, () => bookingAt(this.#arena, startMs, `wish-${number}`));
      // A client whose node does not answer turns to the next one.
      const write = await wish.askOn((attempt) => this.#at(node + attempt));
      this.#note(wish);
      const row = write === undefined || write === 'refused' ? undefined : write.appointments?.[0]?.row;
      if (row === undefined) continue;
      this.committedMs.push(performance.now());
      this.#kept.push(row);
      const oldest = this.#kept.length > KEPT ? this.#kept.shift() : undefined;
      if (oldest === undefined) continue;
      const cancellation = cancellationOf(oldest);
      for (let attempt = 1, isDone = false; !isDone && attempt < 20; attempt++) {
        const { answer } = await tellWrite(this.#at(node + attempt), company.id, cancellation);
        this.operations.push(writeOperation(writer, cancellation, answer));
        if (answer.kind === 'fault') this.faults.push(answer.code);
        else isDone = true;
        if (answer.kind === 'ok') this.committedMs.push(performance.now());
      }
    }
  }

  #note({ operations, faults }: Wish): void {
    this.operations.push(...operations);
    this.faults.push(...faults);
  }

  #at(node: number): Storage {
    const storage = this.#storages[node % this.#storages.length];
    if (storage === undefined) throw new RangeError('a cluster has nodes');
    return storage;
  }
}

const open = async ({ address }: Place): Promise<Storage> => {
  const storage = await mariadb({ url: address, connections: WRITERS + 2, busyLimitMs: 10_000 }).create({});
  await storage.start();
  return storage;
};

/** What every node holds is judged, and that they hold the same. */
async function judgeNodes(
  places: readonly Place[],
  arena: Arena,
  operations: readonly Operation[],
  isGuarded: boolean,
): Promise<readonly Violation[]> {
  const scarce = scarceOf([bookingAt(arena, mondayMs, null)], grainMs);
  const found: Violation[] = [];
  for (const place of places) {
    const tables = await readTables(place, arena.config.company.id);
    found.push(...(isGuarded ? judge : judgeUnguarded)(operations, tables, scarce));
  }
  return found;
}

interface Effort {
  readonly before: number;
  readonly after: number;
}

/** One node is killed under load; at the end it is back and has what all have. */
async function killOne(
  cluster: GaleraCluster,
  places: readonly Place[],
  victim: number,
  { before, after }: Effort,
  isGuarded: boolean,
) {
  const arena = new Arena(sampleCompany(1));
  const storages = await Promise.all(places.map(open));
  const load = new Load(arena, storages);
  try {
    await load.more(before);
    if (isGuarded) {
      await cluster.crashNode(victim);
      await load.more(after);
    }
  } finally {
    await load.stop();
    await Promise.all(storages.map((storage) => storage.stop()));
  }
  const survivors = isGuarded ? places.filter((_, node) => node !== victim) : places;
  const violations = [...(await judgeNodes(survivors, arena, load.operations, isGuarded))];
  if (isGuarded) {
    await cluster.restartNode(victim);
    violations.push(...(await judgeNodes(places, arena, load.operations, isGuarded)));
  }
  return { load, violations };
}

async function* runOn(
  cluster: GaleraCluster,
  { effort, rounds, control, note }: ScenarioOptions,
): AsyncGenerator<ChaosLine> {
  const ground = clusterGround(cluster);
  for (const isGuarded of control ? [true, false] : [true]) {
    const beganMs = performance.now();
    const places = await ground.database();
    if (!isGuarded) await unguard(places[0]);
    await cluster.settle();
    const loads: Load[] = [];
    const violations: Violation[] = [];
    const most = isGuarded ? (rounds ?? efforts[effort].rounds) : 1;
    for (let round = 0; round < most; round++) {
      const victim = round % cluster.nodes.length;
      const told = await killOne(cluster, places, victim, efforts[effort], isGuarded);
      loads.push(told.load);
      violations.push(...told.violations);
      if (isGuarded) note(`round ${round + 1}: node ${victim} was killed, writes stalled ${Math.round(told.load.stallMs)} ms`); // prettier-ignore
    }
    if (isGuarded) for (const { rule, what } of violations.slice(0, 10)) note(`${rule}: ${what}`);
    const sum = (count: (load: Load) => number): number => loads.reduce((total, load) => total + count(load), 0);
    yield {
      scenario: 'galera-node',
      dialect: 'galera',
      rounds: loads.length,
      attempts: sum(({ operations }) => operations.length),
      violations: violations.length,
      lost: lostAmong(violations),
      committed: sum(({ committedMs }) => committedMs.length),
      unknown: sum(({ faults }) => faults.length),
      kills: isGuarded ? loads.length : 0,
      stallMs: Math.round(Math.max(...loads.map(({ stallMs }) => stallMs))),
      seconds: Math.round((performance.now() - beganMs) / 100) / 10,
      ...(isGuarded ? {} : { control: true as const }),
    };
  }
}

/** A node of a cluster that is killed while all nodes are written on. */
export const galeraNode: Scenario = {
  name: 'galera-node',
  summary: 'a node of a cluster is killed while all nodes are written on',
  dialects: ['galera'],
  async *run(options) {
    if (!options.dialects.includes('galera')) return;
    // What was booked on one node is cancelled on another, perhaps before that one has it: this makes it wait.
    const cluster = await startGalera(3, ['--wsrep-sync-wait=1']);
    try {
      yield* runOn(cluster, options);
    } finally {
      await cluster.stop();
    }
  },
};
