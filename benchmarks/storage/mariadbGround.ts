import { createRequire } from 'node:module';
import { setTimeout } from 'node:timers/promises';
import type { Storage } from 'askpro/adapter';
import { mariadb, migrate } from 'askpro/adapters/sequelize';
import { fakeClock } from 'askpro/testing';
import mysql from 'mysql2';
import {
  createConnection,
  createPool,
  type Connection,
  type Pool,
  type PoolConnection,
  type RowDataPacket,
} from 'mysql2/promise';
import { durableMariadb, startMariadb, type MariadbServer } from '../../test/servers/mariadb.ts';
import type { Recorded } from '../engine/recorder.ts';
import { recordedBy, transactionsOf } from './serverRecorder.ts';
import { CONNECTIONS, type Bare, type BareAnswer, type Ground, type TownDatabase } from './ground.ts';
import { measured, NOW_MS } from './town.ts';
import { TownFiles, type TownFile } from './townFiles.ts';
import { digest, written } from './written.ts';

/** Committed means on the disk; the data of two of the largest towns fit. */
const serverOptions = [
  ...durableMariadb,
  '--innodb-buffer-pool-size=5G',
  '--innodb-log-file-size=512M',
  '--innodb-io-capacity=10000',
  '--innodb-io-capacity-max=20000',
];

/** The session in which the product runs, as it sets it up. */
const session = [
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  "SET SESSION sql_mode = 'STRICT_ALL_TABLES,STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION,ERROR_FOR_DIVISION_BY_ZERO'",
];

async function load(url: string, files: readonly TownFile[]): Promise<void> {
  const connection = await createConnection(url);
  await connection.query('SET unique_checks = 0, foreign_key_checks = 0');
  for (const { table, columns, ids, path } of files) {
    const read = columns.map((column) => (ids.includes(column) ? `@${column}` : column)).join(', ');
    const set = ids.map((column) => `${column} = UNHEX(@${column})`).join(', ');
    await connection.query(
      `LOAD DATA INFILE '${path}' INTO TABLE ${table} CHARACTER SET utf8mb4 FIELDS TERMINATED BY '\\t' (${read}) SET ${set}`,
    );
  }
  await connection.query(`ANALYZE TABLE ${files.map(({ table }) => table).join(', ')}`);
  await settled(connection);
  await connection.end();
}

/** Waits until what was filled in is on the disk, so that nothing of that is still being written while it is measured. */
async function settled(connection: Connection): Promise<void> {
  await connection.query('SET GLOBAL innodb_max_dirty_pages_pct = 0');
  for (;;) {
    const [rows] = await connection.query<RowDataPacket[]>(
      "SELECT variable_value AS dirty FROM information_schema.global_status WHERE variable_name = 'INNODB_BUFFER_POOL_PAGES_DIRTY'",
    );
    if (Number(rows[0]?.['dirty'] ?? 0) < 100) break;
    await setTimeout(100);
  }
  await connection.query('SET GLOBAL innodb_max_dirty_pages_pct = DEFAULT');
}

/** mysql2/promise as it is fastest: prepared statements, rows as arrays, no traces of who called, a pool. */
class MariadbBare implements Bare {
  readonly #pool: Pool;

  constructor(url: string) {
    const size = { connectionLimit: CONNECTIONS, maxIdle: CONNECTIONS };
    this.#pool = createPool({ uri: url, ...size, charset: 'utf8mb4', trace: false });
    this.#pool.on('connection', (connection) => {
      for (const sql of session) void connection.query(sql);
    });
  }

  script(recording: readonly Recorded[]) {
    const [only] = recording;
    if (recording.length === 1 && only !== undefined) {
      const options = { sql: only.sql, rowsAsArray: true };
      const values = [...only.values];
      return { run: async (): Promise<BareAnswer> => [(await this.#pool.execute(options, values))[0]] };
    }
    const transactions = transactionsOf(recording);
    return {
      run: async (): Promise<BareAnswer> => {
        for (const steps of transactions) await this.#transaction(steps);
        return [];
      },
    };
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  async #transaction(steps: readonly Recorded[]): Promise<void> {
    const connection: PoolConnection = await this.#pool.getConnection();
    try {
      for (const { sql, values, rows } of steps) {
        if (rows) await connection.execute({ sql, rowsAsArray: true }, values as (string | number | null | Buffer)[]);
        else await connection.query(sql);
      }
    } finally {
      connection.release();
    }
  }
}

class MariadbTown implements TownDatabase {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async storage({ oneRoundTrip = false } = {}): Promise<Storage> {
    const factory = mariadb({ url: this.#url, connections: CONNECTIONS, oneRoundTrip });
    const storage = await factory.create({ clock: fakeClock(NOW_MS) });
    await storage.start();
    return storage;
  }

  bare(): Bare {
    return new MariadbBare(this.#url);
  }

  async contents(): Promise<string> {
    const connection = await createConnection(this.#url);
    const told: string[] = [];
    for (const { table, key } of written) {
      const sql = `SELECT * FROM ${table} WHERE company_id = UNHEX(?) ORDER BY ${key}`;
      const [rows] = await connection.query<RowDataPacket[]>(sql, [measured.company.replaceAll('-', '')]);
      told.push(`${table}: ${digest(rows)}`);
    }
    await connection.end();
    return told.join('\n');
  }
}

const { version } = createRequire(import.meta.url)('mysql2/package.json') as { readonly version: string };

/** A MariaDB server of the benchmark's own, durable. */
export function mariadbGround(): Ground {
  const files = new TownFiles();
  let server: Promise<MariadbServer> | undefined;
  let serverVersion = '';
  const start = async (): Promise<MariadbServer> => {
    const started = await startMariadb(serverOptions);
    const [row] = (await started.query('SELECT VERSION() AS version')) as readonly { readonly version: string }[];
    serverVersion = row?.version ?? '';
    return started;
  };
  return {
    dialect: 'mariadb',
    peer: () => `bare mysql2/promise ${version}, prepared, rows as arrays (${serverVersion})`,
    async town(appointments) {
      const url = await (await (server ??= start())).createDatabase();
      await migrate(mariadb(url), 'up');
      await load(url, files.of(appointments));
      return new MariadbTown(url);
    },
    recorded: (work) =>
      recordedBy(
        mysql.Connection.prototype,
        [
          ['execute', ([options]) => options as { readonly sql: string; readonly values: Recorded['values'] }],
          ['query', ([sql]) => ({ sql: String(sql), values: undefined })],
        ],
        work,
      ),
    async close() {
      files.close();
      await (await server)?.stop();
    },
  };
}
