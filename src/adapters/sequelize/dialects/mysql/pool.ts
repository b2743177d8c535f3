import type { Connection } from 'mysql2';
import type { Sequelize } from 'sequelize';
import type { ServerAddress } from '../server/address.ts';
import { noteOpened } from '../server/openedMs.ts';
import type { ServerSettings } from '../server/options.ts';
import { sequelizePool, timeZoneIsSet } from '../server/pool.ts';
import { answered, silentShare } from '../server/silence.ts';
import { copyPatienceMs } from '../server/replicas/serverCopy.ts';
import { mysqlTls } from '../server/tls.ts';
import { control, socketOf } from './connection.ts';

/** How long a statement waits for a lock, before its transaction is run again; the server counts whole seconds. */
export const lockWaitMs = (busyLimitMs: number): number => 1000 * Math.max(1, Math.floor(busyLimitMs / 2000));

/** The claims rest on strict mode: without it a refused NULL would become zeros and overwrite an owner. */
export const strictMode = 'STRICT_ALL_TABLES,STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION,ERROR_FOR_DIVISION_BY_ZERO';

/** What every connection needs, whatever the server is set to. */
async function prepare(connection: Connection, busyLimitMs: number, forCopy: boolean): Promise<void> {
  await control(connection, 'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
  const lockSeconds = lockWaitMs(busyLimitMs) / 1000;
  await control(
    connection,
    `SET SESSION time_zone = '+00:00', sql_mode = '${strictMode}', innodb_lock_wait_timeout = ${lockSeconds}`,
  );
  // Not every account that a replica lets in is kept from writing there.
  if (forCopy) await control(connection, 'SET SESSION TRANSACTION READ ONLY');
}

/** A pool of connections to a MySQL or MariaDB server, of which none is opened yet. */
export function mysqlPool(
  library: typeof import('sequelize'),
  mysql: typeof import('mysql2'),
  { url, host, port }: ServerAddress,
  { connections, busyLimitMs, tls }: ServerSettings,
  forCopy: boolean,
): Sequelize {
  const acquireMs = forCopy ? Math.min(copyPatienceMs, connections.acquireMs) : connections.acquireMs;
  const silentMs = Math.ceil(silentShare * acquireMs);
  return new library.Sequelize(url.replace(/^mariadb:/, 'mysql:'), {
    dialect: 'mysql',
    dialectModule: mysql,
    dialectOptions: {
      // Columns are integers, text and bytes alone, so nothing needs Sequelize's conversion of each value.
      typeCast: true,
      charset: 'utf8mb4',
      connectTimeout: silentMs,
      maxPreparedStatements: Math.max(1, connections.preparedStatements),
      ...(tls !== undefined && mysqlTls(tls, host, port)),
    },
    pool: sequelizePool({ ...connections, acquireMs, min: forCopy ? 0 : connections.min }),
    hooks: {
      afterConnect: (connection: unknown) => {
        const opened = connection as Connection;
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
