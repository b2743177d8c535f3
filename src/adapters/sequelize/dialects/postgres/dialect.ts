import type { Client } from 'pg';
import type { Dialect } from '../../dialect.ts';
import { borrow, giveBack } from '../../lend.ts';
import { loadPostgres, loadSequelize } from '../../libraries.ts';
import type { ServerSettings } from '../server/options.ts';
import { ServerDatabase } from '../server/serverDatabase.ts';
import { readAsStored } from './connection.ts';
import { postgresFault } from './faults.ts';
import { postgresWire } from './wire.ts';

/** What every connection needs, whatever the server is set to. */
async function prepare(connection: Client, busyLimitMs: number): Promise<void> {
  readAsStored(connection);
  await connection.query(
    'SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED;' +
      ` SET lock_timeout = ${Math.max(1, Math.ceil(busyLimitMs))}`,
  );
}

/** PostgreSQL (and what speaks its protocol) through pg, in Sequelize's own pool. */
export function postgresDialect(settings: ServerSettings): Dialect {
  const { name, url, busyLimitMs } = settings;
  return {
    name,
    migrates: settings.migrate,
    fault: (error) => postgresFault(error, name),
    async open(nowMs) {
      const library = await loadSequelize();
      const driver = await loadPostgres();
      const sequelize = new library.Sequelize(url, {
        dialect: 'postgres',
        dialectModule: driver.default,
        pool: { max: settings.connections, acquire: busyLimitMs },
        hooks: { afterConnect: (connection) => prepare(connection as Client, busyLimitMs) },
        timezone: '+00:00',
        logging: false,
        retry: { max: 1 },
      });
      try {
        giveBack(sequelize, await borrow<Client>(sequelize, 'askpro'));
      } catch (error) {
        await sequelize.close();
        throw postgresFault(error, name);
      }
      return new ServerDatabase(library, sequelize, postgresWire(name), settings, nowMs);
    },
  };
}
