interface Fault {
  /** What happened. */
  readonly meaning: string;
  /** What whoever reads the log should do. */
  readonly fix: string;
  /** Whether the same call may succeed later without anyone acting. */
  readonly retryable: boolean;
}

/** Every fault the engine throws. Codes are stable; texts may become better. */
export const faults = {
  PLUGIN_REQUIREMENT_MISSING: {
    meaning: 'A plugin requires a token that no plugin provides.',
    fix: 'Add the plugin that provides it, before or after: the order is computed.',
    retryable: false,
  },
  PLUGIN_CYCLE: {
    meaning: 'Plugins require each other in a circle.',
    fix: 'Break the circle that the message prints, for instance by an event.',
    retryable: false,
  },
  PLUGIN_PROVIDED_TWICE: {
    meaning: 'Two plugins provide the same token.',
    fix: 'Leave one of the two out.',
    retryable: false,
  },
  PLUGIN_NOT_PROVIDED: {
    meaning: 'A plugin declares a token that its setup did not provide.',
    fix: 'Call provide() for each token in provides, or take it out of the list.',
    retryable: false,
  },
  PLUGIN_API_VERSION: {
    meaning: 'A plugin was written for another version of the plugin API.',
    fix: 'Install a version of the plugin that fits this engine.',
    retryable: false,
  },
  PLUGIN_NAME_TAKEN: {
    meaning: 'Two plugins have the same name.',
    fix: 'Pass each plugin once; give instances names of their own.',
    retryable: false,
  },
  PLUGIN_TIMEOUT: {
    meaning: 'A plugin did not finish its setup, start or stop in time.',
    fix: 'Look for a promise that never settles in the plugin named, or raise the limit.',
    retryable: false,
  },
  SETUP_FAILED: {
    meaning: 'The setup of a plugin threw.',
    fix: 'Read the cause.',
    retryable: false,
  },
  START_FAILED: {
    meaning: 'A plugin could not start; what had started was stopped again.',
    fix: 'Read the cause.',
    retryable: false,
  },
  STOP_FAILED: {
    meaning: 'At least one plugin could not stop; every other one was stopped.',
    fix: 'Read the causes.',
    retryable: false,
  },
  HANDLER_NAME_TAKEN: {
    meaning: 'Two durable handlers of one event have the same name.',
    fix: 'Name each handler once: the name is what makes it run once in effect.',
    retryable: false,
  },
  HANDLER_TIMEOUT: {
    meaning: 'A durable handler did not finish while its event was lent to it; it will run again.',
    fix: 'Look for a promise that never settles in the handler named, or raise leaseMs.',
    retryable: true,
  },
  OPTION_INVALID: {
    meaning: 'An option given to the engine, an adapter or a plugin is not usable.',
    fix: 'Correct the field that the message names.',
    retryable: false,
  },
  DEPENDENCY_MISSING: {
    meaning: 'A package that an adapter needs is not installed.',
    fix: 'Run the npm install that the message names.',
    retryable: false,
  },
  STORAGE_UNREACHABLE: {
    meaning: 'The database cannot be opened or reached.',
    fix: 'Check the address, that the server runs, and who may connect.',
    retryable: true,
  },
  STORAGE_BUSY: {
    meaning: 'The database stayed locked or kept refusing the transaction until the time limit.',
    fix: 'Look for a long transaction in another process, and try again.',
    retryable: true,
  },
  STORAGE_READ_ONLY: {
    meaning: 'The database file or its folder cannot be written.',
    fix: 'Give the process write access to the file and to its folder.',
    retryable: false,
  },
  STORAGE_FULL: {
    meaning: 'The disk or quota under the database is full. Nothing of the write was kept.',
    fix: 'Make room, then try again.',
    retryable: true,
  },
  STORAGE_CORRUPT: {
    meaning: 'The database file is damaged or is no database.',
    fix: 'Restore a backup; keep the damaged file for inspection.',
    retryable: false,
  },
  STORAGE_SCHEMA_NEWER: {
    meaning: 'The database was migrated by a newer version of askpro.',
    fix: 'Upgrade askpro, or restore a backup from before the migration.',
    retryable: false,
  },
  STORAGE_SCHEMA_OLDER: {
    meaning: 'The database lacks migrations that this version needs.',
    fix: 'Run `askpro migrate`.',
    retryable: false,
  },
  STORAGE_NOT_EMPTY: {
    meaning: 'A backup was to be restored into a database that has rows.',
    fix: 'Restore it into an empty database beside this one.',
    retryable: false,
  },
  STORAGE_INCOMPLETE: {
    meaning: 'A restore into the database did not come to its end, so a part of the rows is missing.',
    fix: 'Run `askpro restore` again, which begins anew, or delete the database.',
    retryable: false,
  },
  BACKUP_DAMAGED: {
    meaning: 'The file is no backup, is cut off, or was changed. Nothing of it was restored.',
    fix: 'Take another copy of the backup.',
    retryable: false,
  },
  BACKUP_NEWER: {
    meaning: 'The backup was made by a newer version of askpro.',
    fix: 'Upgrade askpro, then restore it.',
    retryable: false,
  },
  STORAGE_OUTCOME_UNKNOWN: {
    meaning: 'The connection was lost while committing, and the outcome could not be read back.',
    fix: 'Repeat the call with the same idempotency key.',
    retryable: true,
  },
  STORAGE_FAULT: {
    meaning: 'The database refused a statement for a reason this engine does not know.',
    fix: 'Read the cause.',
    retryable: false,
  },
  ENGINE_STOPPED: {
    meaning: 'The engine was used before it started or after it stopped.',
    fix: 'Keep the engine running for as long as it is called.',
    retryable: false,
  },
} as const satisfies Record<string, Fault>;

/** A stable code of a fault. */
export type FaultCode = keyof typeof faults;

/**
 * Something that should not happen happened. What a caller can cause is never thrown: it is answered as a refusal.
 * @example
 * ```ts
 * try { await createEngine({ storage }) } catch (error) {
 *   if (error instanceof EngineError && error.retryable) retryLater();
 * }
 * ```
 */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly code: FaultCode;
  readonly retryable: boolean;

  constructor(code: FaultCode, detail: string, cause?: unknown) {
    super(`${code}: ${detail} ${faults[code].fix}`, cause === undefined ? undefined : { cause });
    this.code = code;
    this.retryable = faults[code].retryable;
  }
}
