import { EngineError } from '../../../../adapter.ts';

/** How a SQLite file is used. */
export interface SqliteOptions {
  /** Path of the database file; `:memory:` for one that ends with the process. */
  readonly file: string;
  /** `FULL` (default): a committed booking survives a power cut. `NORMAL`: it survives a crash of the process, twice as fast. */
  readonly synchronous?: 'FULL' | 'NORMAL';
  /** How long a write waits for other processes, in milliseconds. Left out: 5,000. */
  readonly busyLimitMs?: number;
  /** Connections for reads that take several statements, such as a configuration. Left out: 2. */
  readonly readers?: number;
  /** `auto` (default): missing migrations run at the start. `manual`: the start is refused until `askpro migrate` ran. */
  readonly migrate?: 'auto' | 'manual';
}

/** Options with nothing left out. */
export type SqliteSettings = Required<SqliteOptions>;

/** Fills in what was left out, and refuses what cannot be used. */
export function sqliteSettings(given: string | SqliteOptions): SqliteSettings {
  const options = typeof given === 'string' ? { file: given } : given;
  const { file, synchronous = 'FULL', busyLimitMs = 5000, readers = 2, migrate = 'auto' }: SqliteOptions = options;
  const refuse = (field: string, demand: string): never => {
    throw new EngineError('OPTION_INVALID', `sqlite: ${field} must be ${demand}.`);
  };
  if (typeof file !== 'string' || file === '') refuse('file', 'the path of a file');
  if (synchronous !== 'FULL' && synchronous !== 'NORMAL') refuse('synchronous', "'FULL' or 'NORMAL'");
  if (!Number.isFinite(busyLimitMs) || busyLimitMs < 0) refuse('busyLimitMs', 'a number of milliseconds');
  if (!Number.isSafeInteger(readers) || readers < 1) refuse('readers', 'a whole number from 1');
  if (migrate !== 'auto' && migrate !== 'manual') refuse('migrate', "'auto' or 'manual'");
  return { file, synchronous, busyLimitMs, readers, migrate };
}
