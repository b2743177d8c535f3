import { createRequire } from 'node:module';
import type { Storage } from 'askpro/adapter';
import { migrate, postgres } from 'askpro/adapters/sequelize';
import { fakeClock } from 'askpro/testing';
import pg from 'pg';
import { durablePostgres, startPostgres, type PostgresServer } from '../../test/servers/postgres.ts';
import type { Recorded } from '../engine/recorder.ts';
import { CONNECTIONS, type Bare, type BareAnswer, type Ground, type TownDatabase } from './ground.ts';
import { recordedBy, transactionsOf } from './serverRecorder.ts';
import { measured, NOW_MS } from './town.ts';
import { TownFiles, type TownFile } from './townFiles.ts';
import { digest, written } from './written.ts';

/** Committed means on the disk; the data of the largest town fit. */
const serverOptions = [...durablePostgres, '--shared_buffers=2GB', '--max_wal_size=8GB'];

const INT8 = 20;

async function query(url: string, texts: readonly string[]): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  for (const text of texts) await client.query(text);
  await client.end();
}

const load = (url: string, files: readonly TownFile[]): Promise<void> =>
  query(url, [
    ...files.map(({ table, columns, path }) => `COPY ${table} (${columns.join(', ')}) FROM '${path}'`),
    // Index-only scans need what VACUUM notes.
    'VACUUM ANALYZE',
    // So that nothing of the filling is still being written while it is measured.
    'CHECKPOINT',
  ]);

interface Named {
  readonly name: string;
  readonly text: string;
  readonly values: unknown[];
  readonly rowMode: 'array';
}

/** pg as it is fastest: named prepared statements, rows as arrays, a pool. */
class PostgresBare implements Bare {
  readonly #pool: pg.Pool;
  readonly #names = new Map<string, string>();

  constructor(url: string) {
    // The setting is the product's own: the bare driver is faster so, too.
    const options = '-c plan_cache_mode=force_generic_plan';
    this.#pool = new pg.Pool({ connectionString: url, options, max: CONNECTIONS, idleTimeoutMillis: 0 });
    // The server may be gone before the last of them has said goodbye.
    this.#pool.on('error', () => undefined);
    // Numbers, as the product needs them too.
    this.#pool.on('connect', (client) => client.setTypeParser(INT8, Number));
  }

  script(recording: readonly Recorded[]) {
    const transactions = transactionsOf(recording).map((steps) =>
      steps.map(({ sql, values, rows }) => (rows ? this.#named(sql, values) : sql)),
    );
    const only = transactions.length === 1 && transactions[0]?.length === 1 ? transactions[0][0] : undefined;
    if (only !== undefined && typeof only !== 'string') {
      return { run: async (): Promise<BareAnswer> => [(await this.#pool.query<unknown[]>(only)).rows] };
    }
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

  async #transaction(steps: readonly (Named | string)[]): Promise<void> {
    const client = await this.#pool.connect();
    try {
      for (const step of steps) await client.query(step);
    } finally {
      client.release();
    }
  }

  #named(text: string, values: Recorded['values']): Named {
    const name = this.#names.get(text) ?? `bare_${this.#names.size}`;
    this.#names.set(text, name);
    return { name, text, values: [...values], rowMode: 'array' };
  }
}

class PostgresTown implements TownDatabase {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async storage({ oneRoundTrip = false } = {}): Promise<Storage> {
    const factory = postgres({ url: this.#url, connections: CONNECTIONS, oneRoundTrip });
    const storage = await factory.create({ clock: fakeClock(NOW_MS) });
    await storage.start();
    return storage;
  }

  bare(): Bare {
    return new PostgresBare(this.#url);
  }

  async contents(): Promise<string> {
    const client = new pg.Client(this.#url);
    await client.connect();
    const told: string[] = [];
    for (const { table, key } of written) {
      const sql = `SELECT * FROM ${table} WHERE company_id = $1 ORDER BY ${key}`;
      told.push(`${table}: ${digest((await client.query(sql, [measured.company])).rows)}`);
    }
    await client.end();
    return told.join('\n');
  }
}

const { version } = createRequire(import.meta.url)('pg/package.json') as { readonly version: string };

/** A PostgreSQL server of the benchmark's own, durable. */
export function postgresGround(): Ground {
  const files = new TownFiles();
  let server: Promise<PostgresServer> | undefined;
  let serverVersion = '';
  const start = async (): Promise<PostgresServer> => {
    const started = await startPostgres(serverOptions);
    const [row] = await started.query('SHOW server_version');
    serverVersion = String(row?.['server_version']);
    return started;
  };
  return {
    dialect: 'postgres',
    peer: () => `bare pg ${version}, named statements, rows as arrays (PostgreSQL ${serverVersion})`,
    async town(appointments) {
      const url = await (await (server ??= start())).createDatabase();
      await migrate(postgres(url), 'up');
      await load(url, files.of(appointments));
      return new PostgresTown(url);
    },
    recorded: (work) =>
      recordedBy(
        pg.Client.prototype,
        [
          [
            'query',
            ([query, values]) => {
              if (typeof query === 'string') return { sql: query, values: undefined };
              return { sql: (query as { readonly text: string }).text, values: values as Recorded['values'] };
            },
          ],
        ],
        work,
      ),
    async close() {
      files.close();
      await (await server)?.stop();
    },
  };
}
