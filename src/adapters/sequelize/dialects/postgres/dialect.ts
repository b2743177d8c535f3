import type { Client } from 'pg';
import type { Dialect } from '../../dialect.ts';
import { loadPostgres, loadSequelize } from '../../libraries.ts';
import { openServer } from '../server/openServer.ts';
import type { ServerSettings } from '../server/options.ts';
import { calmDriver } from './calmDriver.ts';
import type { PostgresDriver } from './calmDriver.ts';
import { socketOf } from './connection.ts';
import { postgresFault } from './faults.ts';
import { postgresPool } from './pool.ts';
import { postgresWire } from './wire.ts';

/** PostgreSQL (and what speaks its protocol) through pg, in Sequelize's own pool. */
export function postgresDialect(settings: ServerSettings): Dialect {
  const { name } = settings;
  return {
    name,
    migrates: settings.migrate,
    fault: (error) => postgresFault(error, name),
    async open(nowMs) {
      const library = await loadSequelize();
      const driver = calmDriver((await loadPostgres()).default as PostgresDriver);
      const wire = postgresWire(name, settings.connections.preparedStatements);
      try {
        return await openServer<Client>(
          library,
          {
            pool: (address, forCopy) => postgresPool(library, driver, address, settings, forCopy),
            socket: socketOf,
            wire: () => wire,
          },
          settings,
          nowMs,
        );
      } catch (error) {
        throw postgresFault(error, name);
      }
    },
  };
}
