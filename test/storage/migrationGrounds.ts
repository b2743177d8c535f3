import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { Client } from 'pg';
import { mysqlDialect } from '../../src/adapters/sequelize/dialects/mysql/dialect.ts';
import { postgresDialect } from '../../src/adapters/sequelize/dialects/postgres/dialect.ts';
import { serverSettings } from '../../src/adapters/sequelize/dialects/server/options.ts';
import { sqliteDialect } from '../../src/adapters/sequelize/dialects/sqlite/dialect.ts';
import { sqliteSettings } from '../../src/adapters/sequelize/dialects/sqlite/options.ts';
import type { Dialect } from '../../src/adapters/sequelize/dialect.ts';
import { fastMariadb, startMariadb } from '../servers/mariadb.ts';
import { startPostgres } from '../servers/postgres.ts';

/** Where migrations are tried: databases of one dialect, and a driver that knows nothing of the adapter. */
export interface MigrationGround {
  /** Makes an empty database and answers its place, as `--db` takes it. */
  fresh(): Promise<string>;
  /** Runs statements one after the other on one bare connection, and answers the rows of the last. */
  run(place: string, statements: readonly string[]): Promise<readonly Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** The dialect of a place. */
export function dialectAt(place: string): Dialect {
  if (place.startsWith('mysql:')) return mysqlDialect(serverSettings('mariadb', place));
  if (place.startsWith('postgres:')) return postgresDialect(serverSettings('postgres', place));
  return sqliteDialect(sqliteSettings(place));
}

/** SQLite files in a temporary folder. */
export function sqliteGround(): MigrationGround {
  const folder = mkdtempSync(join(tmpdir(), 'askpro-migrations-'));
  let files = 0;
  return {
    fresh: () => Promise.resolve(join(folder, `${++files}.db`)),
    run: (place, statements) => {
      const database = new DatabaseSync(place);
      try {
        let rows: Record<string, unknown>[] = [];
        for (const sql of statements) {
          if (sql.startsWith('SELECT')) rows = database.prepare(sql).all();
          else database.exec(sql);
        }
        return Promise.resolve(rows);
      } finally {
        database.close();
      }
    },
    close: () => Promise.resolve(rmSync(folder, { recursive: true, force: true })),
  };
}

/** Databases of a MariaDB server. */
export async function mariadbGround(): Promise<MigrationGround> {
  const server = await startMariadb(fastMariadb);
  return {
    fresh: () => server.createDatabase(),
    run: async (place, statements) => {
      const connection = await createConnection({ uri: place });
      try {
        let rows: unknown = [];
        for (const sql of statements) [rows] = await connection.query(sql);
        return rows as Record<string, unknown>[];
      } finally {
        await connection.end();
      }
    },
    close: () => server.stop(),
  };
}

/** Databases of a PostgreSQL server. */
export async function postgresGround(): Promise<MigrationGround> {
  const server = await startPostgres(['--fsync=off', '--synchronous_commit=off']);
  return {
    fresh: () => server.createDatabase(),
    run: async (place, statements) => {
      const client = new Client(place);
      await client.connect();
      try {
        let rows: Record<string, unknown>[] = [];
        for (const sql of statements) ({ rows } = await client.query<Record<string, unknown>>(sql));
        return rows;
      } finally {
        await client.end();
      }
    },
    close: () => server.stop(),
  };
}
