import { EngineError } from '../../adapter.ts';

const missing =
  (name: string, install: string) =>
  (cause: unknown): never => {
    const absent =
      typeof cause === 'object' && cause !== null && 'code' in cause && String(cause.code).endsWith('MODULE_NOT_FOUND');
    if (!absent) throw cause;
    throw new EngineError('DEPENDENCY_MISSING', `The package ${name} is not installed: npm install ${install}.`, cause);
  };

/**
 * Loads Sequelize, which only this adapter needs.
 * @throws EngineError DEPENDENCY_MISSING with the command that installs it
 */
export const loadSequelize = (): Promise<typeof import('sequelize')> =>
  import('sequelize').catch(missing('sequelize', 'sequelize umzug'));

/** Loads the runner of migrations; the same fault as {@link loadSequelize}. */
export const loadUmzug = (): Promise<typeof import('umzug')> =>
  import('umzug').catch(missing('umzug', 'sequelize umzug'));

/** Loads the driver for the MySQL protocol; the same fault as {@link loadSequelize}. */
export const loadMysql = (): Promise<typeof import('mysql2')> =>
  import('mysql2').catch(missing('mysql2', 'sequelize umzug mysql2'));

/** Loads the driver for PostgreSQL; the same fault as {@link loadSequelize}. */
export const loadPostgres = (): Promise<typeof import('pg')> => import('pg').catch(missing('pg', 'sequelize umzug pg'));
