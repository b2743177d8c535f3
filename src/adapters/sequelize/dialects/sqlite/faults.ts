import { EngineError } from '../../../../adapter.ts';
import type { FaultCode } from '../../../../adapter.ts';
import { withoutValues } from '../../withoutValues.ts';

/** SQLite's result code with its extension, wherever in a chain of wrapped errors it stands; undefined when there is none. */
export function sqliteCode(error: unknown): number | undefined {
  for (let at: unknown = error, depth = 0; typeof at === 'object' && at !== null && depth < 5; depth++) {
    if ('errcode' in at && typeof at.errcode === 'number') return at.errcode;
    at = 'original' in at && at.original !== undefined ? at.original : 'cause' in at ? at.cause : undefined;
  }
  return undefined;
}

/** Whether another connection holds a lock that this one waits for. */
export function isBusy(error: unknown): boolean {
  const code = sqliteCode(error);
  return code !== undefined && ((code & 255) === 5 || (code & 255) === 6);
}

/** Whether a unique or primary key refused a row. */
export function isUniqueViolation(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === 2067 || code === 1555 || code === 2579;
}

interface Meaning {
  readonly code: FaultCode;
  readonly says: (file: string) => string;
}

const meanings: Readonly<Record<number, Meaning>> = {
  5: { code: 'STORAGE_BUSY', says: (file) => `${file} is locked by another process.` },
  6: { code: 'STORAGE_BUSY', says: (file) => `${file} is locked by another connection.` },
  8: { code: 'STORAGE_READ_ONLY', says: (file) => `${file} cannot be written.` },
  11: { code: 'STORAGE_CORRUPT', says: (file) => `${file} is damaged.` },
  13: { code: 'STORAGE_FULL', says: (file) => `There is no room left for ${file}.` },
  14: { code: 'STORAGE_UNREACHABLE', says: (file) => `${file} cannot be opened.` },
  26: { code: 'STORAGE_CORRUPT', says: (file) => `${file} is not a SQLite database.` },
};

/** SQLITE_IOERR_SHMSIZE and SQLITE_IOERR_WRITE: the shared index or the log could not grow, which is how a quota shows. */
const roomCodes: ReadonlySet<number> = new Set([4874, 778]);

/** What an error means for whoever runs the engine, with the file's name. EngineErrors come back as they are. */
export function sqliteFault(error: unknown, file: string): EngineError {
  if (error instanceof EngineError) return error;
  withoutValues(error);
  const code = sqliteCode(error);
  const meaning = code === undefined ? undefined : meanings[roomCodes.has(code) ? 13 : code & 255];
  if (meaning !== undefined) return new EngineError(meaning.code, meaning.says(file), error);
  const told = error instanceof Error ? error.message : String(error);
  return new EngineError('STORAGE_FAULT', `${file}: ${told}.`, error);
}
