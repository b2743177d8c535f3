import mysql from 'mysql2';
import { createConnection } from 'mysql2/promise';
import pg from 'pg';
import { vi } from 'vitest';
import { mariadb, mysql as mysqlStorage, postgres } from '../../src/adapters/sequelize/index.ts';
import { canHaveMariadb, fastMariadb, startMariadb } from '../servers/mariadb.ts';
import { startMysql } from '../servers/mysql.ts';
import { canHavePostgres, startPostgres } from '../servers/postgres.ts';

type Rows = readonly Readonly<Record<string, unknown>>[];

/** A connection of the test's own. */
export interface Raw {
  query(sql: string): Promise<Rows>;
  end(): Promise<unknown>;
}

/** What MySQL and MariaDB have in common. */
const byMysqlProtocol = {
  protocol: 'mysql',
  async connect(url: string): Promise<Raw> {
    const connection = await createConnection({ uri: url, multipleStatements: true });
    return { query: async (sql) => (await connection.query(sql))[0] as Rows, end: () => connection.end() };
  },
  tables: 'SELECT DISTINCT TABLE_NAME AS name FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE()',
  /** Who waits for somebody else's row. */
  waiting: "SELECT trx_id AS who FROM information_schema.INNODB_TRX WHERE trx_state = 'LOCK WAIT'",
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
  refuses: (sql: string): void => refuses(mysql.Connection.prototype, sql),
  /** What it sends. */
  sent: (): (() => readonly string[]) => {
    const spies = (['execute', 'query'] as const).map((method) => vi.spyOn(mysql.Connection.prototype, method));
    return () => spies.flatMap(({ mock }) => mock.calls.map(([first]) => textOf(first)));
  },
} as const;

export const onMariadb = {
  ...byMysqlProtocol,
  dialect: 'mariadb',
  isHere: canHaveMariadb,
  start: () => startMariadb(fastMariadb),
  factory: mariadb,
  /** How many wait, which the table of transactions tells only to those who do not ask often. */
  waits:
    "SELECT CAST(VARIABLE_VALUE AS INTEGER) AS n FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = 'INNODB_ROW_LOCK_CURRENT_WAITS'",
  /** Who executes something for a tenth of a second. */
  executing:
    "SELECT ID AS id FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND COMMAND = 'Execute' AND TIME_MS > 100",
} as const;

/** MySQL's own server, where one is given. */
export const onMysql = {
  ...byMysqlProtocol,
  dialect: 'mysql',
  isHere: () => true,
  start: startMysql,
  factory: mysqlStorage,
  waits:
    "SELECT CAST(VARIABLE_VALUE AS SIGNED) AS n FROM performance_schema.global_status WHERE VARIABLE_NAME = 'Innodb_row_lock_current_waits'",
  executing:
    'SELECT t.PROCESSLIST_ID AS id FROM performance_schema.threads t JOIN performance_schema.events_statements_current e USING (THREAD_ID)' +
    " WHERE t.PROCESSLIST_DB = DATABASE() AND t.PROCESSLIST_COMMAND = 'Execute' AND e.TIMER_WAIT > 100000000000 AND t.PROCESSLIST_ID <> CONNECTION_ID()",
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
  executing: '',
  refuses: (sql: string): void => refuses(pg.Client.prototype, sql),
  sent: (): (() => readonly string[]) => {
    const spy = vi.spyOn(pg.Client.prototype, 'query');
    return () => spy.mock.calls.map(([first]) => textOf(first));
  },
} as const;

/** Lets a driver refuse that statement, and send it never. */
function refuses(driver: { query: unknown }, refused: string): void {
  const real = driver.query as (...args: readonly unknown[]) => unknown;
  vi.spyOn(driver as { query: typeof real }, 'query').mockImplementation(function (this: unknown, ...args) {
    const told = args.at(-1);
    if (textOf(args[0]) !== refused || typeof told !== 'function') return real.apply(this, args);
    return process.nextTick(told, new Error(`${refused} is refused`));
  });
}

/** The text of a statement, however it is given to a driver. */
function textOf(given: unknown): string {
  if (typeof given === 'string') return given;
  const { sql, text } = given as { readonly sql?: string; readonly text?: string };
  return sql ?? text ?? '';
}

/** A kind of server on which tests run. */
export type Served = typeof onMariadb | typeof onMysql | typeof onPostgres;
