import mysql from 'mysql2';
import { createConnection } from 'mysql2/promise';
import pg from 'pg';
import { vi } from 'vitest';
import { mariadb, postgres } from '../../src/adapters/sequelize/index.ts';
import { canHaveMariadb, fastMariadb, startMariadb } from '../servers/mariadb.ts';
import { canHavePostgres, startPostgres } from '../servers/postgres.ts';

type Rows = readonly Readonly<Record<string, unknown>>[];

/** A connection of the test's own. */
export interface Raw {
  query(sql: string): Promise<Rows>;
  end(): Promise<unknown>;
}

export const onMariadb = {
  dialect: 'mariadb',
  protocol: 'mysql',
  isHere: canHaveMariadb,
  start: () => startMariadb(fastMariadb),
  factory: mariadb,
  async connect(url: string): Promise<Raw> {
    const connection = await createConnection({ uri: url, multipleStatements: true });
    return { query: async (sql) => (await connection.query(sql))[0] as Rows, end: () => connection.end() };
  },
  tables: 'SELECT DISTINCT TABLE_NAME AS name FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE()',
  /** Who waits for somebody else's row. */
  waiting: "SELECT trx_id AS who FROM information_schema.INNODB_TRX WHERE trx_state = 'LOCK WAIT'",
  /** How many wait, which the table above tells only to those who do not ask often. */
  waits:
    "SELECT CAST(VARIABLE_VALUE AS INTEGER) AS n FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = 'INNODB_ROW_LOCK_CURRENT_WAITS'",
  /** Nothing is to be done: it looks at every wait. */
  soonSeesDeadlocks: (_: string): readonly string[] => [],
  deadlock: { errno: 1213 },
  /** An id as a literal. */
  id: (id: string): string => `UNHEX('${id.replaceAll('-', '')}')`,
  unguard: ['ALTER TABLE claims DROP PRIMARY KEY, ADD INDEX unguarded (company_id, subject, cell, ordinal)'],
  guardAgain: [
    'DELETE FROM claims',
    'ALTER TABLE claims DROP INDEX unguarded, ADD PRIMARY KEY (company_id, subject, cell, ordinal)',
  ],
  /** What it sends. */
  sent: (): (() => readonly string[]) => {
    const spies = (['execute', 'query'] as const).map((method) => vi.spyOn(mysql.Connection.prototype, method));
    return () => spies.flatMap(({ mock }) => mock.calls.map(([first]) => textOf(first)));
  },
} as const;

export const onPostgres = {
  dialect: 'postgres',
  protocol: 'postgres',
  isHere: canHavePostgres,
  start: () => startPostgres(),
  factory: postgres,
  async connect(url: string): Promise<Raw> {
    const client = new pg.Client(url);
    // A server that is killed meanwhile must not end this process.
    client.on('error', () => undefined);
    await client.connect();
    return { query: async (sql) => (await client.query<Rows[number]>(sql)).rows, end: () => client.end() };
  },
  tables: "SELECT DISTINCT table_name AS name FROM information_schema.columns WHERE table_schema = 'public'",
  waits: "SELECT COUNT(*) AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock'",
  soonSeesDeadlocks: (database: string): readonly string[] => [
    `ALTER DATABASE ${database} SET deadlock_timeout = '20ms'`,
  ],
  deadlock: { code: '40P01' },
  id: (id: string): string => `'${id}'`,
  // It names the key in its statements, so the table forgets at once whatever is claimed instead.
  unguard: [
    `CREATE FUNCTION forget() RETURNS trigger LANGUAGE plpgsql AS
      'BEGIN DELETE FROM claims c USING mine m WHERE c.owner_id = m.owner_id; RETURN NULL; END'`,
    'CREATE TRIGGER forget AFTER INSERT ON claims REFERENCING NEW TABLE AS mine FOR EACH STATEMENT EXECUTE FUNCTION forget()',
  ],
  guardAgain: ['DROP TRIGGER forget ON claims', 'DROP FUNCTION forget()'],
  waiting: "SELECT pid AS who FROM pg_stat_activity WHERE wait_event_type = 'Lock'",
  sent: (): (() => readonly string[]) => {
    const spy = vi.spyOn(pg.Client.prototype, 'query');
    return () => spy.mock.calls.map(([first]) => textOf(first));
  },
} as const;

/** The text of a statement, however it is given to a driver. */
function textOf(given: unknown): string {
  if (typeof given === 'string') return given;
  const { sql, text } = given as { readonly sql?: string; readonly text?: string };
  return sql ?? text ?? '';
}
