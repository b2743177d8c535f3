import { EngineError } from '../../../../adapter.ts';
import type { FaultCode } from '../../../../adapter.ts';
import { withoutValues } from '../../withoutValues.ts';
import { isTlsProblem } from '../server/tls.ts';

interface DriverError {
  readonly errno: number | undefined;
  readonly code: string | undefined;
  readonly message: string;
}

/** The driver's own error, wherever in a chain of wrapped errors it stands; a fault that was judged already is final. */
function driverError(error: unknown): DriverError | undefined {
  let told: DriverError | undefined;
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; depth++) {
    const errno = 'errno' in at && typeof at.errno === 'number' ? at.errno : undefined;
    const code = 'code' in at && typeof at.code === 'string' ? at.code : undefined;
    if (at instanceof EngineError) return undefined;
    if (errno !== undefined || code !== undefined) return { errno, code, message: at.message };
    told = { errno: undefined, code: undefined, message: at.message };
    at = 'original' in at && at.original instanceof Error ? at.original : at.cause;
  }
  return told;
}

/** Lock wait, deadlock, a row changed under a snapshot, and whatever else asks for the transaction to be run again. */
const again: ReadonlySet<number> = new Set([1020, 1205, 1213]);
/** The last two are told by a node of a cluster that has lost the others; at a commit they leave open what became of it. */
const lostNumbers: ReadonlySet<number> = new Set([
  1053, 1077, 1152, 1153, 1158, 1159, 1160, 1161, 1927, 2006, 2013, 4031, 1047, 1180,
]);
const lostCodes: ReadonlySet<string> = new Set([
  'PROTOCOL_CONNECTION_LOST', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ESOCKET', 'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
]); // prettier-ignore

/** Whether the whole transaction is to be run again. */
export const asksForRepetition = (error: unknown): boolean => again.has(driverError(error)?.errno ?? 0);

/** Whether the connection went away, and with it what was not yet committed. */
export function isConnectionLost(error: unknown): boolean {
  const found = driverError(error);
  if (found === undefined) return false;
  return (
    lostNumbers.has(found.errno ?? 0) ||
    lostCodes.has(found.code ?? '') ||
    // The driver names no code for a connection that was lost between two statements.
    (found.code === undefined && /closed state|connection is closed/i.test(found.message))
  );
}

const readOnly: ReadonlySet<number> = new Set([1290, 1792, 1836]);

/** Whether the server takes no writes. */
export const takesNoWrites = (error: unknown): boolean => readOnly.has(driverError(error)?.errno ?? 0);

/** Whether a unique or primary key refused a row. */
export const isDuplicate = (error: unknown): boolean => driverError(error)?.errno === 1062;

/** Whether NULL was refused, by which the claim statement says that a cell is held. */
export const isNullRefused = (error: unknown): boolean => driverError(error)?.errno === 1048;

/** Whether the server holds as many prepared statements as it may. */
export const isOutOfStatements = (error: unknown): boolean => driverError(error)?.errno === 1461;

/** A table, column, index, key, partition or procedure that is there already, or is not there any more, and a row noted. */
const schemaDone: ReadonlySet<number> = new Set([
  1050, 1051, 1060, 1061, 1062, 1068, 1091, 1304, 1305, 1505, 1507, 1508, 1517,
]);

/** Whether a change of the schema was made already, by a migration that was interrupted. */
export const schemaWasDone = (error: unknown): boolean => schemaDone.has(driverError(error)?.errno ?? 0);

const withoutProcedure: ReadonlySet<number> = new Set([1044, 1142, 1227, 1305, 1318, 1370, 1382, 1418, 1419]);

/** Whether a procedure is not there in the form that is known here, or may not be made or called by this user. */
export const lacksProcedure = (error: unknown): boolean => withoutProcedure.has(driverError(error)?.errno ?? 0);

/** An interruption by somebody or by a limit on time, and a lack of memory or stack: none of them is handled in a procedure. */
const unhandled: ReadonlySet<number> = new Set([1028, 1037, 1038, 1041, 1317, 1436, 1969, 3024]);

/** Whether an error ended a procedure without its handler, so that its transaction stands open, or was committed before. */
export const stoppedMidway = (error: unknown): boolean => unhandled.has(driverError(error)?.errno ?? 0);

interface Meaning {
  readonly code: FaultCode;
  readonly says: string;
}

const meanings: readonly { readonly numbers: ReadonlySet<number>; readonly meaning: Meaning }[] = [
  { numbers: again, meaning: { code: 'STORAGE_BUSY', says: 'kept other transactions waiting' } },
  { numbers: readOnly, meaning: { code: 'STORAGE_READ_ONLY', says: 'takes no writes at the moment' } },
  { numbers: new Set([1021, 1114]), meaning: { code: 'STORAGE_FULL', says: 'has no room left' } },
  { numbers: new Set([1034, 1035, 1194, 1195]), meaning: { code: 'STORAGE_CORRUPT', says: 'has a damaged table' } },
  {
    numbers: new Set([1040, 1044, 1045, 1047, 1049, 1129, 1130, 1203, 1698]),
    meaning: { code: 'STORAGE_UNREACHABLE', says: 'refuses the connection' },
  },
];

const unreachableCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
]);

/** What an error means for whoever runs the engine. EngineErrors come back as they are. */
export function mysqlFault(error: unknown, name: string): EngineError {
  if (error instanceof EngineError) return error;
  withoutValues(error);
  const found = driverError(error);
  const told = found?.message ?? (error instanceof Error ? error.message : String(error));
  for (const { numbers, meaning } of meanings) {
    if (numbers.has(found?.errno ?? 0))
      return new EngineError(meaning.code, `${name} ${meaning.says}: ${told}.`, error);
  }
  if (isTlsProblem(found?.code, told)) {
    return new EngineError('STORAGE_UNREACHABLE', `${name} and this process agree on no encryption: ${told}.`, error);
  }
  if (isConnectionLost(error)) return new EngineError('STORAGE_UNREACHABLE', `${name} closed the connection.`, error);
  if (unreachableCodes.has(found?.code ?? ''))
    return new EngineError('STORAGE_UNREACHABLE', `${name}: ${told}.`, error);
  if (error instanceof Error && error.name === 'SequelizeConnectionAcquireTimeoutError') {
    return new EngineError('STORAGE_BUSY', `${name}: all connections stayed in use.`, error);
  }
  return new EngineError('STORAGE_FAULT', `${name}: ${told}.`, error);
}
