import type { Database } from './dialect.ts';
import type { Models } from './models.ts';

/** An opened database with its models. */
export interface Opened {
  readonly database: Database;
  readonly models: Models;
  /** Sequelize's comparisons. */
  readonly op: typeof import('sequelize').Op;
}
