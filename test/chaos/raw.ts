import { DatabaseSync } from 'node:sqlite';
import type { Place } from './place.ts';

/** A row by the names of its columns, as the driver gives it. */
export type RawRow = Readonly<Record<string, unknown>>;

/** Runs one statement after the other on a connection of its own, beside everything that is tested. */
interface Raw {
  run(sql: string): Promise<readonly RawRow[]>;
  close(): Promise<void>;
}

/** Opens a database with its bare driver. */
async function openRaw({ dialect, address }: Place): Promise<Raw> {
  if (dialect === 'sqlite') {
    const database = new DatabaseSync(address);
    database.exec('PRAGMA busy_timeout = 20000');
    return {
      run: (sql) => Promise.resolve(database.prepare(sql).all()),
      close: () => Promise.resolve(database.close()),
    };
  }
  if (dialect === 'postgres') {
    const { Client } = await import('pg');
    const client = new Client({ connectionString: address });
    client.on('error', () => undefined);
    await client.connect();
    return { run: async (sql) => (await client.query<RawRow>(sql)).rows, close: () => client.end() };
  }
  const { createConnection } = await import('mysql2/promise');
  const connection = await createConnection({ uri: address });
  // A node of a cluster answers once it has what the others had before.
  if (dialect === 'galera') await connection.query('SET SESSION wsrep_sync_wait = 15');
  return {
    async run(sql) {
      const [rows] = await connection.query(sql);
      return Array.isArray(rows) ? (rows as readonly RawRow[]) : [];
    },
    close: () => connection.end(),
  };
}

/** Works with the bare driver for a moment. */
export async function withRaw<T>(place: Place, work: (raw: Raw) => Promise<T>): Promise<T> {
  const raw = await openRaw(place);
  try {
    return await work(raw);
  } finally {
    await raw.close();
  }
}
