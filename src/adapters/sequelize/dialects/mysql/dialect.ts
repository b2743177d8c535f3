import type { Connection, RowDataPacket } from 'mysql2';
import type { Dialect } from '../../dialect.ts';
import { borrow, giveBack } from '../../lend.ts';
import { loadMysql, loadSequelize } from '../../libraries.ts';
import type { ServerSettings } from '../server/options.ts';
import { ServerDatabase } from '../server/serverDatabase.ts';
import { control } from './connection.ts';
import { mysqlFault } from './faults.ts';
import { flavourOf } from './flavour.ts';
import { mysqlWire } from './wire.ts';

/** What every connection needs, whatever the server is set to. */
async function prepare(connection: Connection, busyLimitMs: number): Promise<void> {
  await control(connection, 'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
  // The claims rest on strict mode: without it a refused NULL would become zeros and overwrite an owner.
  await control(
    connection,
    "SET SESSION sql_mode = 'STRICT_ALL_TABLES,STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION,ERROR_FOR_DIVISION_BY_ZERO'",
  );
  await control(connection, `SET SESSION innodb_lock_wait_timeout = ${Math.max(1, Math.ceil(busyLimitMs / 1000))}`);
}

const versionOf = (connection: Connection): Promise<string> =>
  new Promise((resolve, reject) => {
    connection.query<RowDataPacket[]>('SELECT VERSION() AS version', (error, rows) =>
      error === null ? resolve(String(rows[0]?.['version'])) : reject(error),
    );
  });

/** MySQL and MariaDB (and what speaks their protocol) through mysql2, in Sequelize's own pool. */
export function mysqlDialect(settings: ServerSettings): Dialect {
  const { name, url, busyLimitMs } = settings;
  return {
    name,
    migrates: settings.migrate,
    fault: (error) => mysqlFault(error, name),
    async open(nowMs) {
      const library = await loadSequelize();
      const mysql = await loadMysql();
      const sequelize = new library.Sequelize(url.replace(/^mariadb:/, 'mysql:'), {
        dialect: 'mysql',
        dialectModule: mysql,
        // Columns are integers, text and bytes alone, so nothing needs Sequelize's conversion of each value.
        dialectOptions: { typeCast: true, charset: 'utf8mb4' },
        pool: { max: settings.connections, acquire: busyLimitMs },
        hooks: { afterConnect: (connection) => prepare(connection as Connection, busyLimitMs) },
        timezone: '+00:00',
        logging: false,
        retry: { max: 1 },
      });
      try {
        const connection = await borrow<Connection>(sequelize, 'askpro');
        const version = await versionOf(connection);
        giveBack(sequelize, connection);
        return new ServerDatabase(library, sequelize, mysqlWire(name, flavourOf(version)), settings, nowMs);
      } catch (error) {
        await sequelize.close();
        throw mysqlFault(error, name);
      }
    },
  };
}
