import type { Connection } from 'mysql2';
import type { Client } from 'pg';
import type { Sequelize } from 'sequelize';
import { EngineError } from '../../../../adapter.ts';
import type { Database, Dialect } from '../../dialect.ts';
import { libraryOf } from '../../lend.ts';
import { notedSchema, tableNames } from '../../schemaVersion.ts';
import { tablesAfter } from '../../tables.ts';
import { versionOf } from '../mysql/dialect.ts';
import { socketOf as mysqlSocket } from '../mysql/connection.ts';
import { mysqlFault } from '../mysql/faults.ts';
import { flavourOf } from '../mysql/flavour.ts';
import { mysqlWire } from '../mysql/wire.ts';
import { socketOf as postgresSocket } from '../postgres/connection.ts';
import { postgresFault } from '../postgres/faults.ts';
import { postgresWire } from '../postgres/wire.ts';
import { openServer } from '../server/openServer.ts';
import type { ServerSettings } from '../server/options.ts';
import { borrowingFrom } from './borrowed.ts';
import { mysqlLending, postgresLending } from './sessions.ts';

/** A server of the host's, through connections of his own pool. */
export function hostDialect(dialect: 'mysql' | 'postgres', host: Sequelize, settings: ServerSettings): Dialect {
  const { name, busyLimitMs, connections } = settings;
  const fault = (error: unknown) => (dialect === 'mysql' ? mysqlFault : postgresFault)(error, name);
  const { preparedStatements } = connections;
  const open = (nowMs: (() => number) | undefined): Promise<Database> =>
    dialect === 'mysql'
      ? openServer<Connection>(
          libraryOf(host),
          {
            pool: () => borrowingFrom(host, mysqlLending(busyLimitMs)),
            socket: mysqlSocket,
            wire: async (lent) => mysqlWire(name, flavourOf(await versionOf(lent)), preparedStatements > 0),
          },
          settings,
          nowMs,
        )
      : openServer<Client>(
          libraryOf(host),
          {
            pool: () => borrowingFrom(host, postgresLending(busyLimitMs)),
            socket: postgresSocket,
            wire: () => postgresWire(name, preparedStatements),
          },
          settings,
          nowMs,
        );
  return {
    name,
    migrates: settings.migrate,
    fault,
    async open(nowMs) {
      try {
        const database = await open(nowMs);
        await refuseOthersTables(database, name);
        return database;
      } catch (error) {
        throw fault(error);
      }
    },
  };
}

/** Refuses a database in which tables of somebody else have the names of the engine's own. */
export async function refuseOthersTables(database: Database, name: string): Promise<void> {
  const refused = (names: readonly string[]): EngineError =>
    new EngineError(
      'OPTION_INVALID',
      `${name} has tables of somebody else by the names of the engine's own (${names.join(', ')}):` +
        ' instance must be of a database, or on PostgreSQL of a search path, without them.',
    );
  const { sequelize } = database;
  const present = new Set(await database.snapshot((transaction) => tableNames(sequelize, transaction)));
  if (present.has('schema_migrations')) {
    await database
      .snapshot((transaction) => notedSchema(sequelize, transaction))
      .catch((error: unknown) => {
        // A server that is away or busy tells nothing of its tables.
        throw error instanceof EngineError && error.code !== 'STORAGE_FAULT' ? error : refused(['schema_migrations']);
      });
    return;
  }
  const taken = (await tablesAfter()).map((table) => table.name).filter((table) => present.has(table));
  if (taken.length > 0) throw refused(taken);
}
