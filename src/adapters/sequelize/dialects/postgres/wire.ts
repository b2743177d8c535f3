import type { Client } from 'pg';
import { postgresPositions } from '../server/replicas/positions.ts';
import type { Wire } from '../server/wire.ts';
import { answer, control, sever, socketOf } from './connection.ts';
import { asksForRepetition, isConnectionLost, postgresFault, takesNoWrites } from './faults.ts';
import { lockWaitMs } from './pool.ts';
import { postgresSchema } from './schema.ts';
import { postgresSql } from './sql.ts';

/** PostgreSQL's protocol through pg. */
export const postgresWire = (name: string, preparedStatements: number): Wire<Client> => ({
  sql: postgresSql,
  schema: postgresSchema,
  nowMs: 'CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)',
  beginSnapshot: ['START TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY'],
  schemaRollsBack: true,
  limits:
    "SELECT CAST(current_setting('max_connections') AS INTEGER)" +
    " - CAST(current_setting('superuser_reserved_connections') AS INTEGER), NULL",
  positions: postgresPositions,
  answer: (connection, step) => answer(connection, step, preparedStatements),
  schemaWasDone: () => false,
  limitIdle: (idleMs) => [`SET LOCAL idle_in_transaction_session_timeout = ${Math.ceil(idleMs)}`],
  control,
  lockWaitMs,
  socket: socketOf,
  sever,
  asksForRepetition,
  isConnectionLost,
  takesNoWrites,
  lacksProcedure: () => false,
  // A statement is a transaction of its own here.
  stoppedMidway: () => false,
  fault: (error) => postgresFault(error, name),
});
