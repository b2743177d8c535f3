import type { Socket } from 'node:net';
import type { EngineError } from '../../../../adapter.ts';
import type { SqlDialect } from '../../dialect.ts';
import type { Step, StepAnswer } from '../../program.ts';
import type { SchemaDialect } from '../../schema.ts';
import type { Positions } from './replicas/positions.ts';

/** What a server's driver does on one connection, and what its errors mean. */
export interface Wire<Connection> {
  readonly sql: SqlDialect;
  readonly schema: SchemaDialect;
  /** An expression: the server's clock in epoch milliseconds. */
  readonly nowMs: string;
  /** Statements that begin a transaction in which all reads see one moment. */
  readonly beginSnapshot: readonly string[];
  /** Whether changes of a schema can be rolled back. */
  readonly schemaRollsBack: boolean;
  /** Asks for the connections that anybody may have, and for the prepared statements of all of them, or null. */
  readonly limits: string;
  /** How far it and its replicas are, where that is known. */
  readonly positions: Positions | undefined;
  /** Whether an error says that a change of the schema was made already. */
  schemaWasDone(error: unknown): boolean;
  /** Statements that let the server end a transaction in which nothing happens for so long, where it can. */
  limitIdle?(idleMs: number): readonly string[];
  /** How long a statement waits for a lock before the server says that it was not to be had. */
  lockWaitMs(busyLimitMs: number): number;
  /** Answers one step of a program by a statement that the connection prepares once. */
  answer(connection: Connection, step: Step): Promise<StepAnswer>;
  /** Runs a statement without values, such as COMMIT. */
  control(connection: Connection, sql: string): Promise<void>;
  /** What a connection goes over. */
  socket(connection: Connection): Socket;
  /** Cuts a connection whose answer will not be waited for any more. */
  sever(connection: Connection): void;
  /** Whether the whole transaction is to be run again. */
  asksForRepetition(error: unknown): boolean;
  /** Whether the connection went away, and with it what was not yet committed. */
  isConnectionLost(error: unknown): boolean;
  /** Whether the server takes no writes: it may be one that was the primary. */
  takesNoWrites(error: unknown): boolean;
  /** Whether a procedure is not there, or not for this user. */
  lacksProcedure(error: unknown): boolean;
  /** Whether a procedure was stopped where it takes nothing back by itself: it may stand open, or have committed before. */
  stoppedMidway(error: unknown): boolean;
  /** What an error means for whoever runs the engine. EngineErrors come back as they are. */
  fault(error: unknown): EngineError;
}
