import type { Client } from 'pg';
import type { Sequelize } from 'sequelize';
import type { ServerAddress } from '../server/address.ts';
import type { ServerSettings } from '../server/options.ts';
import { sequelizePool } from '../server/pool.ts';
import { copyPatienceMs } from '../server/replicas/serverCopy.ts';
import { postgresTls } from '../server/tls.ts';
import { readAsStored } from './connection.ts';

/** What every connection needs, whatever the server is set to. */
async function prepare(connection: Client, busyLimitMs: number, forCopy: boolean): Promise<void> {
  readAsStored(connection);
  await connection.query(
    `SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED${forCopy ? ', READ ONLY' : ''};` +
      ` SET lock_timeout = ${Math.max(1, Math.ceil(busyLimitMs))}`,
  );
}

/** A pool of connections to a PostgreSQL server, of which none is opened yet. */
export function postgresPool(
  library: typeof import('sequelize'),
  driver: object,
  { url }: ServerAddress,
  { connections, busyLimitMs, tls }: ServerSettings,
  forCopy: boolean,
): Sequelize {
  const acquireMs = forCopy ? Math.min(copyPatienceMs, connections.acquireMs) : connections.acquireMs;
  return new library.Sequelize(url, {
    dialect: 'postgres',
    dialectModule: driver,
    dialectOptions: {
      connectionTimeoutMillis: acquireMs,
      keepAlive: true,
      ...(tls !== undefined && { ssl: postgresTls(tls) }),
    },
    pool: sequelizePool({ ...connections, acquireMs, min: forCopy ? 0 : connections.min }),
    hooks: { afterConnect: (connection) => prepare(connection as Client, busyLimitMs, forCopy) },
    timezone: '+00:00',
    logging: false,
    retry: { max: 1 },
  });
}
