import { durableMariadb, startMariadb } from '../servers/mariadb.ts';
import { durablePostgres, startPostgres } from '../servers/postgres.ts';
import { randomFrom } from '../oracle/random.ts';
import { lostAmong } from './checker/history.ts';
import { judge } from './checker/judge.ts';
import { resolve } from './checker/kept.ts';
import { readTables } from './checker/readTables.ts';
import { Crew } from './crew.ts';
import { serverGround, type DatabaseServer } from './ground.ts';
import { Load } from './load.ts';
import type { ChaosLine, Scenario, ScenarioOptions } from './scenario.ts';
import { openShop } from './shop.ts';

/** A server that is killed with all its processes, and comes back on its files. */
interface MortalServer extends DatabaseServer {
  query(sql: string): Promise<unknown>;
  crash(): Promise<void>;
  restart(): Promise<void>;
}

type Server = 'mariadb' | 'postgres';

interface Durability {
  readonly start: () => Promise<MortalServer>;
  /** What is said of it in the line. */
  readonly settings: string;
  /** Run once all is set up: what is there before anybody books is not what a kill shall take. */
  readonly setUp?: string;
}

/** What a commit waits for before it is acknowledged: that it is on the disk; and, as a control, nothing. */
const durabilities: Readonly<Record<Server, Readonly<Record<'durable' | 'forgetful', Durability>>>> = {
  mariadb: {
    durable: {
      start: () => startMariadb(['--log-bin=binlog', ...durableMariadb]),
      settings: 'innodb_flush_log_at_trx_commit=1, sync_binlog=1',
    },
    // The log of the last second is in the server's own memory.
    forgetful: {
      start: () => startMariadb(['--skip-log-bin', '--innodb-flush-log-at-trx-commit=1']),
      settings: 'innodb_flush_log_at_trx_commit=0',
      setUp: 'SET GLOBAL innodb_flush_log_at_trx_commit = 0',
    },
  },
  postgres: {
    durable: { start: () => startPostgres(durablePostgres), settings: 'fsync=on, synchronous_commit=on' },
    // The log is in memory that its processes share, until one of them writes it: at most three such delays later.
    forgetful: {
      start: () =>
        startPostgres(['--synchronous_commit=off', '--wal_writer_delay=10s', '--wal_writer_flush_after=1GB']),
      settings: 'synchronous_commit=off, wal_writer_delay=10s',
      setUp: 'CHECKPOINT',
    },
  },
};

interface Effort {
  readonly kills: number;
  /** How many writes are acknowledged between two kills, at least. */
  readonly granted: number;
}

const PROCESSES = 4;
const IN_FLIGHT = 4;
const efforts: Readonly<Record<ScenarioOptions['effort'] | 'control', Effort>> = {
  full: { kills: 10, granted: 200 },
  short: { kills: 1, granted: 60 },
  control: { kills: 1, granted: 60 },
};
/** Whether something is lost without durability depends on the moment of the kill. */
const MOST_CONTROL_ROUNDS = 10;
const LOOK_MS = 20;
const PATIENCE_MS = 120_000;

/** Waits until so many writes have been acknowledged; a server that does not come back is an error. */
async function untilGranted(load: Load, count: number): Promise<void> {
  const deadlineMs = performance.now() + PATIENCE_MS;
  while (load.granted < count) {
    if (performance.now() > deadlineMs) throw new Error(`nothing was granted for ${PATIENCE_MS} ms`);
    await new Promise((go) => setTimeout(go, LOOK_MS));
  }
}

/** Kills a server under load again and again; answers how long the longest pause was until it granted something again. */
async function killAgainAndAgain(server: MortalServer, load: Load, { kills, granted }: Effort): Promise<number> {
  let longestMs = 0;
  for (let kill = 0; kill < kills; kill++) {
    await untilGranted(load, load.granted + granted);
    const killedMs = performance.now();
    await server.crash();
    const before = load.granted;
    await server.restart();
    await untilGranted(load, before + 1);
    longestMs = Math.max(longestMs, performance.now() - killedMs);
  }
  return longestMs;
}

/** Lets customers book while the server is killed, and judges what they were told. */
async function play(
  crew: Crew,
  { dialect, isDurable }: { readonly dialect: Server; readonly isDurable: boolean },
  effort: Effort,
  seed: number,
  note: ScenarioOptions['note'],
): Promise<ChaosLine> {
  const beganMs = performance.now();
  const { start, settings, setUp } = durabilities[dialect][isDurable ? 'durable' : 'forgetful'];
  const server = await start();
  try {
    const places = await serverGround(dialect, server).database();
    const shop = await openShop(places);
    if (setUp !== undefined) await server.query(setUp);
    const load = new Load(crew, shop, randomFrom(seed));
    load.start(IN_FLIGHT);
    const longestMs = await killAgainAndAgain(server, load, effort);
    await load.stop();
    const { operations } = load;
    const tables = await readTables(places[0], shop.site.company);
    const violations = judge(operations, tables, shop.scarce);
    if (isDurable) for (const { rule, what } of violations.slice(0, 10)) note(`${dialect}, ${rule}: ${what}`);
    const { committed, absent } = resolve(operations, tables);
    return {
      scenario: 'kill-db',
      dialect,
      rounds: 1,
      attempts: operations.length,
      violations: violations.length,
      lost: lostAmong(violations),
      doubles: violations.filter(({ rule }) => rule === 'double').length,
      kills: effort.kills,
      acknowledged: load.granted,
      refused: operations.filter(({ outcome }) => outcome === 'refused').length,
      retried: load.retried,
      unansweredCommitted: committed,
      unansweredAbsent: absent,
      longestPauseMs: Math.round(longestMs),
      settings,
      seconds: Math.round((performance.now() - beganMs) / 100) / 10,
      ...(isDurable ? {} : { control: true as const }),
    };
  } finally {
    server.kill();
  }
}

/** Without durable settings nothing may be lost by chance: again, until something is. */
async function control(crew: Crew, dialect: Server, note: ScenarioOptions['note']): Promise<ChaosLine> {
  for (let round = 1; ; round++) {
    const line = await play(crew, { dialect, isDurable: false }, efforts.control, round, note);
    if (line.violations > 0 || round === MOST_CONTROL_ROUNDS) return { ...line, rounds: round };
  }
}

/** The database server is killed while the application books. */
export const killDb: Scenario = {
  name: 'kill-db',
  summary: 'the database server killed under load and started again, with settings that promise durability',
  dialects: ['mariadb', 'postgres'],
  async *run({ dialects, effort, rounds = 1, control: withControl, note }) {
    const crew = await Crew.start(PROCESSES);
    try {
      for (const dialect of dialects) {
        if (dialect !== 'mariadb' && dialect !== 'postgres') continue;
        for (let round = 1; round <= rounds; round++) {
          yield await play(crew, { dialect, isDurable: true }, efforts[effort], round, note);
        }
        if (withControl) yield await control(crew, dialect, note);
      }
    } finally {
      await crew.stop();
    }
  },
};
