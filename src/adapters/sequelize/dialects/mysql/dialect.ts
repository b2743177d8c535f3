import type { Connection, RowDataPacket } from 'mysql2';
import type { Dialect } from '../../dialect.ts';
import { loadMysql, loadSequelize } from '../../libraries.ts';
import { openServer } from '../server/openServer.ts';
import type { ServerSettings } from '../server/options.ts';
import { calmDriver } from './calmDriver.ts';
import { socketOf } from './connection.ts';
import { mysqlFault } from './faults.ts';
import { flavourOf } from './flavour.ts';
import { mysqlPool } from './pool.ts';
import { mysqlWire } from './wire.ts';

/** What the server tells as its version. */
export const versionOf = (connection: Connection): Promise<string> =>
  new Promise((resolve, reject) => {
    connection.query<RowDataPacket[]>('SELECT VERSION() AS version', (error, rows) =>
      error === null ? resolve(String(rows[0]?.['version'])) : reject(error),
    );
  });

/** MySQL and MariaDB (and what speaks their protocol) through mysql2, in Sequelize's own pool. */
export function mysqlDialect(settings: ServerSettings): Dialect {
  const { name } = settings;
  return {
    name,
    migrates: settings.migrate,
    fault: (error) => mysqlFault(error, name),
    async open(nowMs) {
      const library = await loadSequelize();
      const driver = calmDriver(await loadMysql());
      const prepares = settings.connections.preparedStatements > 0;
      try {
        return await openServer<Connection>(
          library,
          {
            pool: (address, forCopy) => mysqlPool(library, driver, address, settings, forCopy),
            socket: socketOf,
            wire: async (connection) => mysqlWire(name, flavourOf(await versionOf(connection)), prepares),
          },
          settings,
          nowMs,
        );
      } catch (error) {
        throw mysqlFault(error, name);
      }
    },
  };
}
