import type { Dialect } from '../../dialect.ts';
import { EngineError } from '../../../../adapter.ts';
import { poolSettings } from '../server/pool.ts';
import { sqliteSettings } from '../sqlite/options.ts';
import type { HostTarget, SequelizeStorageOptions } from './options.ts';

const refuse = (field: string, demand: string): never => {
  throw new EngineError('OPTION_INVALID', `sequelizeStorage: ${field.replace('connections.', '')} must be ${demand}.`);
};

/** A host's own Sequelize as a dialect, its options checked: a server through its pool, a file by a connection of ours. */
export function hostStorage(
  target: HostTarget,
  options: SequelizeStorageOptions,
): { readonly name: string; readonly dialect: () => Promise<Dialect> } {
  const { migrate = 'manual', preparedStatements = 100 } = options;
  if (target.dialect === 'sqlite') {
    const { busyLimitMs } = options;
    const settings = sqliteSettings({ file: target.file, migrate, ...(busyLimitMs !== undefined && { busyLimitMs }) });
    const name = `sequelize(${target.file})`;
    return {
      name,
      async dialect() {
        const { sqliteDialect } = await import('../sqlite/dialect.ts');
        const { refuseOthersTables } = await import('./dialect.ts');
        const dialect = sqliteDialect(settings);
        return {
          ...dialect,
          name,
          async open(nowMs) {
            const database = await dialect.open(nowMs);
            try {
              await refuseOthersTables(database, name);
              return database;
            } catch (error) {
              await database.close();
              throw error;
            }
          },
        };
      },
    };
  }
  const { busyLimitMs = 10_000 } = options;
  if (!Number.isFinite(busyLimitMs) || busyLimitMs < 0) refuse('busyLimitMs', 'a number of milliseconds');
  if (migrate !== 'auto' && migrate !== 'manual') refuse('migrate', "'auto' or 'manual'");
  const { sequelize, dialect, connections: max } = target;
  const name = `sequelize(${dialect}, ${sequelize.getDatabaseName()})`;
  const settings = {
    name,
    address: { url: '', host: '', port: 0, asked: new URLSearchParams(), name },
    connections: poolSettings({ max, preparedStatements }, Math.max(1, busyLimitMs), refuse),
    busyLimitMs,
    migrate,
    // What is set on the host's connections is set for a transaction of several statements.
    oneRoundTrip: false,
    tls: undefined,
    replicas: [],
    maxLagMs: 1000,
  } as const;
  return {
    name,
    dialect: async () => (await import('./dialect.ts')).hostDialect(dialect, sequelize, settings),
  };
}
