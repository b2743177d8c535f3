import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { EngineError } from '../../../../adapter.ts';
import type { Dialect } from '../../dialect.ts';
import { loadSequelize } from '../../libraries.ts';
import { SqliteDatabase } from './database.ts';
import { sqliteCode, sqliteFault } from './faults.ts';
import { isInMemory, openConnection, probe } from './open.ts';
import type { SqliteSettings } from './options.ts';
import { patiently } from './patience.ts';
import { sqliteModule } from './sqliteModule.ts';

/** SQLITE_CANTOPEN. */
const CANNOT_OPEN = 14;

/** SQLite on Node's own driver. */
export function sqliteDialect(settings: SqliteSettings): Dialect {
  const { file } = settings;
  return {
    name: `sqlite(${file})`,
    migrates: settings.migrate,
    fault: (error) => sqliteFault(error, file),
    async open(nowMs = Date.now) {
      const library = await loadSequelize();
      const native = await import('node:sqlite');
      refuseMissingFolder(file);
      try {
        await patiently(() => probe(native, settings), settings.busyLimitMs);
        const sequelize = new library.Sequelize({
          dialect: 'sqlite',
          storage: file,
          dialectModule: sqliteModule(() => openConnection(native, settings)),
          // Only the SQLite dialect reads this, and the types do not list it.
          ...{ foreignKeys: false },
          logging: false,
          // Transactions wait in the adapter's own queue; a retry in between would hide that they do.
          retry: { max: 1 },
        });
        return await SqliteDatabase.open(library, sequelize, settings, nowMs);
      } catch (error) {
        throw cannotMakeFile(error, file) ?? sqliteFault(error, file);
      }
    },
  };
}

function refuseMissingFolder(file: string): void {
  if (isInMemory(file)) return;
  const folder = dirname(resolve(file));
  if (existsSync(folder) && statSync(folder).isDirectory()) return;
  throw new EngineError('STORAGE_UNREACHABLE', `${file} cannot be made, because the folder ${folder} does not exist.`);
}

/** SQLite says that it cannot open a file, also where it cannot make one. */
function cannotMakeFile(error: unknown, file: string): EngineError | undefined {
  if (((sqliteCode(error) ?? 0) & 255) !== CANNOT_OPEN) return undefined;
  const folder = dirname(resolve(file));
  try {
    accessSync(folder, constants.W_OK);
    return undefined;
  } catch {
    return new EngineError('STORAGE_READ_ONLY', `${file} cannot be made, because ${folder} cannot be written.`, error);
  }
}
