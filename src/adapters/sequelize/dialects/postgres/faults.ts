import { EngineError } from '../../../../adapter.ts';
import type { FaultCode } from '../../../../adapter.ts';
import { withoutValues } from '../../withoutValues.ts';
import { isTlsProblem } from '../server/tls.ts';

interface DriverError {
  /** Five characters from the server (SQLSTATE), or the system's name of what went wrong. */
  readonly code: string;
  readonly message: string;
}

/** The driver's own error, wherever in a chain of wrapped errors it stands; a fault that was judged already is final. */
function driverError(error: unknown): DriverError | undefined {
  let told: DriverError | undefined;
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; depth++) {
    if (at instanceof EngineError) return undefined;
    if ('code' in at && typeof at.code === 'string') return { code: at.code, message: at.message };
    told = { code: '', message: at.message };
    at = 'original' in at && at.original instanceof Error ? at.original : at.cause;
  }
  return told;
}

const codeOf = (error: unknown): string => driverError(error)?.code ?? '';

/** Serialisation, deadlock, lock wait, and a row that a partition took over meanwhile. */
const again: ReadonlySet<string> = new Set(['40001', '40P01', '55P03']);
const lostCodes: ReadonlySet<string> = new Set([
  'ECONNRESET', 'EPIPE', 'ETIMEDOUT', '57P01', '57P02', '57P05', '25P03', '40003', '08000', '08003', '08006', '08007',
]); // prettier-ignore
const lostTexts =
  /connection terminated|connection error and is not queryable|client was closed|connection ended|timeout expired/i;

/** Whether the whole transaction is to be run again. */
export const asksForRepetition = (error: unknown): boolean => again.has(codeOf(error));

/** Whether the connection went away, and with it what was not yet committed. */
export function isConnectionLost(error: unknown): boolean {
  const found = driverError(error);
  return found !== undefined && (lostCodes.has(found.code) || (found.code === '' && lostTexts.test(found.message)));
}

/** Whether the server takes no writes. */
export const takesNoWrites = (error: unknown): boolean => codeOf(error) === '25006';

/** Whether a key refused a row, or one statement wanted the same row twice. */
export const isRefused = (error: unknown): boolean => codeOf(error) === '23505' || codeOf(error) === '21000';

/** Whether a text was given that no column can hold: one with a NUL in it. */
export const isNoText = (error: unknown): boolean => codeOf(error) === '22021';

interface Meaning {
  readonly codes: RegExp;
  readonly code: FaultCode;
  readonly says: string;
}

const meanings: readonly Meaning[] = [
  { codes: /^(40001|40P01|55P03|57014)$/, code: 'STORAGE_BUSY', says: 'kept other transactions waiting' },
  { codes: /^25006$/, code: 'STORAGE_READ_ONLY', says: 'takes no writes at the moment' },
  { codes: /^53100$/, code: 'STORAGE_FULL', says: 'has no room left' },
  { codes: /^XX00[12]$/, code: 'STORAGE_CORRUPT', says: 'has a damaged table' },
  { codes: /^(28...|3D000|53300|57P03|08001|08004)$/, code: 'STORAGE_UNREACHABLE', says: 'refuses the connection' },
];

const unreachableCodes = /^(ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN)$/;

/** What an error means for whoever runs the engine. EngineErrors come back as they are. */
export function postgresFault(error: unknown, name: string): EngineError {
  if (error instanceof EngineError) return error;
  withoutValues(error);
  const found = driverError(error);
  const told = found?.message ?? String(error);
  for (const { codes, code, says } of meanings) {
    if (codes.test(found?.code ?? '')) return new EngineError(code, `${name} ${says}: ${told}.`, error);
  }
  if (isTlsProblem(found?.code, told)) {
    return new EngineError('STORAGE_UNREACHABLE', `${name} and this process agree on no encryption: ${told}.`, error);
  }
  if (isConnectionLost(error)) return new EngineError('STORAGE_UNREACHABLE', `${name} closed the connection.`, error);
  if (unreachableCodes.test(found?.code ?? ''))
    return new EngineError('STORAGE_UNREACHABLE', `${name}: ${told}.`, error);
  if (error instanceof Error && error.name === 'SequelizeConnectionAcquireTimeoutError') {
    return new EngineError('STORAGE_BUSY', `${name}: all connections stayed in use.`, error);
  }
  return new EngineError('STORAGE_FAULT', `${name}: ${told}.`, error);
}
