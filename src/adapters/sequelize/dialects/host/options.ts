import type { Sequelize } from 'sequelize';
import { EngineError } from '../../../../adapter.ts';

/** A Sequelize 6 of the host's own, on `mysql` (with `mysql2`), `postgres` (with `pg`) or `sqlite`. */
export interface SequelizeInstance {
  getDialect(): string;
  getDatabaseName(): string;
}

/** How a host's own Sequelize is used. */
export interface SequelizeStorageOptions {
  /** How long one operation may wait for locks and repetitions, in milliseconds. Left out: 10,000, on SQLite 5,000. */
  readonly busyLimitMs?: number;
  /** `manual` (default): the start is refused until `migrate` ran. `auto`: missing migrations run at the start. */
  readonly migrate?: 'auto' | 'manual';
  /** Statements that each connection keeps prepared; 0: none. Left out: 100. SQLite does not heed it. */
  readonly preparedStatements?: number;
}

/** What is read of an instance beside its types. */
interface Inside {
  readonly Sequelize?: { readonly version?: string };
  readonly connectionManager?: { readonly lib?: object };
  readonly options?: {
    readonly storage?: string | null;
    readonly host?: string | null;
    readonly native?: unknown;
    readonly dialectOptions?: { readonly bigNumberStrings?: unknown } | undefined;
  };
  readonly config?: { readonly pool?: { readonly max?: number } | undefined };
}

const inside = (instance: SequelizeInstance): Inside => instance as unknown as Inside;

/** Where an instance stores. */
export type HostTarget =
  | { readonly dialect: 'mysql' | 'postgres'; readonly sequelize: Sequelize; readonly connections: number }
  | { readonly dialect: 'sqlite'; readonly file: string };

const refused = (why: string): EngineError => new EngineError('OPTION_INVALID', `sequelizeStorage: ${why}.`);

/** Whether a file is one that another connection could open as well. */
const isShared = (file: string): boolean => file !== '' && !file.startsWith(':memory:') && !file.startsWith('file:');

/** Looks at a host's instance, and refuses what cannot be used. */
export function hostTarget(instance: SequelizeInstance): HostTarget {
  const { Sequelize: library, connectionManager, options = {}, config } = inside(instance);
  if (typeof instance.getDialect !== 'function' || connectionManager === undefined) {
    throw refused('instance must be a Sequelize');
  }
  const version = library?.version ?? 'unknown';
  if (!version.startsWith('6.')) throw refused(`instance must be of Sequelize 6, and is of ${version}`);
  const dialect = instance.getDialect();
  if (dialect === 'sqlite') {
    // As Sequelize itself reads it.
    const file = options.storage ?? (options.host || ':memory:');
    if (!isShared(file)) throw refused(`instance must store in a file that others can open, and not in ${file}`);
    return { dialect, file };
  }
  if (dialect === 'mariadb') {
    throw refused(
      "instance must be of the dialect mysql, with mysql2, to reach MariaDB: mariadb's driver is not used here",
    );
  }
  if (dialect !== 'mysql' && dialect !== 'postgres') {
    throw refused(`instance must be of the dialect mysql, postgres or sqlite, and is of ${dialect}`);
  }
  if (options.native === true) throw refused('instance must use pg itself, and not pg-native');
  if (options.dialectOptions?.bigNumberStrings === true) {
    throw refused('instance must read big numbers as numbers: leave dialectOptions.bigNumberStrings out');
  }
  return { dialect, sequelize: instance as unknown as Sequelize, connections: config?.pool?.max ?? 5 };
}
