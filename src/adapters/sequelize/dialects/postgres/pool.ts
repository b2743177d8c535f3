import type { Client } from 'pg';
import type { Sequelize } from 'sequelize';
import type { ServerAddress } from '../server/address.ts';
import { noteOpened } from '../server/openedMs.ts';
import type { ServerSettings } from '../server/options.ts';
import { sequelizePool, timeZoneIsSet } from '../server/pool.ts';
import { answered, silentShare } from '../server/silence.ts';
import { copyPatienceMs } from '../server/replicas/serverCopy.ts';
import { postgresTls } from '../server/tls.ts';
import { readAsStored, socketOf } from './connection.ts';

/** How long a statement waits for a lock, before its transaction is run again. */
export const lockWaitMs = (busyLimitMs: number): number => Math.max(1, Math.ceil(busyLimitMs / 2));

/**
 * Every prepared statement finds its rows along an index whatever its values are, and planning the one that books would take
 * longer than running it. Servers that only speak the protocol may not know the setting.
 */
const planOnce =
  "SELECT set_config('plan_cache_mode', 'force_generic_plan', false) FROM pg_settings WHERE name = 'plan_cache_mode'";

/** What every connection needs, whatever the server is set to. */
async function prepare(connection: Client, busyLimitMs: number, forCopy: boolean): Promise<void> {
  readAsStored(connection);
  await connection.query(
    `SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED${forCopy ? ', READ ONLY' : ''};` +
      ` SET client_min_messages TO warning; SET TIME ZONE 'UTC'; SET lock_timeout = ${lockWaitMs(busyLimitMs)}; ${planOnce}`,
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
  const silentMs = Math.ceil(silentShare * acquireMs);
  return new library.Sequelize(url, {
    dialect: 'postgres',
    dialectModule: driver,
    dialectOptions: {
      connectionTimeoutMillis: silentMs,
      // Both are set below, where a server that falls silent is given up.
      clientMinMessages: 'ignore',
      keepAlive: true,
      ...(tls !== undefined && { ssl: postgresTls(tls) }),
    },
    pool: sequelizePool({ ...connections, acquireMs, min: forCopy ? 0 : connections.min }),
    hooks: {
      afterConnect: (connection: unknown) => {
        const opened = connection as Client;
        noteOpened(opened);
        return answered(socketOf(opened), silentMs, () => prepare(opened, busyLimitMs, forCopy));
      },
    },
    timezone: '+00:00',
    ...timeZoneIsSet,
    logging: false,
    retry: { max: 1 },
  });
}
