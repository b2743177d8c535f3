import type { Connection } from 'mysql2';
import type { Dialect } from '../../dialect.ts';
import { borrow, giveBack } from '../../lend.ts';
import { loadMysql, loadSequelize } from '../../libraries.ts';
import { control } from './connection.ts';
import { MariadbDatabase } from './database.ts';
import { mariadbFault } from './faults.ts';
import type { MariadbSettings } from './options.ts';

/** MariaDB (and what speaks its protocol) through mysql2, in Sequelize's own pool. */
export function mariadbDialect(settings: MariadbSettings): Dialect {
  const { name, url, busyLimitMs } = settings;
  const prepare = async (connection: Connection): Promise<void> => {
    await control(connection, 'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
    // The claims rest on strict mode: without it a refused NULL would become zeros and overwrite an owner.
    await control(
      connection,
      "SET SESSION sql_mode = 'STRICT_ALL_TABLES,STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION,ERROR_FOR_DIVISION_BY_ZERO'",
    );
    await control(connection, `SET SESSION innodb_lock_wait_timeout = ${Math.max(1, Math.ceil(busyLimitMs / 1000))}`);
  };
  return {
    name,
    migrates: settings.migrate,
    fault: (error) => mariadbFault(error, name),
    async open(nowMs) {
      const library = await loadSequelize();
      const mysql = await loadMysql();
      const sequelize = new library.Sequelize(url.replace(/^mariadb:/, 'mysql:'), {
        dialect: 'mysql',
        dialectModule: mysql,
        // Columns are integers, text and bytes alone, so nothing needs Sequelize's conversion of each value.
        dialectOptions: { typeCast: true, charset: 'utf8mb4' },
        pool: { max: settings.connections, acquire: busyLimitMs },
        hooks: { afterConnect: (connection) => prepare(connection as Connection) },
        timezone: '+00:00',
        logging: false,
        retry: { max: 1 },
      });
      try {
        giveBack(sequelize, await borrow<Connection>(sequelize, 'askpro'));
      } catch (error) {
        await sequelize.close();
        throw mariadbFault(error, name);
      }
      return new MariadbDatabase(library, sequelize, settings, nowMs);
    },
  };
}
