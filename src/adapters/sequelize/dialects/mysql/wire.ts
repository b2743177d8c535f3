import type { Connection } from 'mysql2';
import type { Wire } from '../server/wire.ts';
import { answer, control, sever, socketOf } from './connection.ts';
import {
  asksForRepetition,
  isConnectionLost,
  lacksProcedure,
  mysqlFault,
  schemaWasDone,
  stoppedMidway,
  takesNoWrites,
} from './faults.ts';
import type { Flavour } from './flavour.ts';
import { lockWaitMs } from './pool.ts';
import { mysqlSchema } from './schema.ts';
import { mysqlSql } from './sql.ts';

/** The MySQL protocol through mysql2. */
export const mysqlWire = (name: string, flavour: Flavour, prepares = true): Wire<Connection> => ({
  sql: mysqlSql,
  schema: mysqlSchema(flavour),
  nowMs: 'CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED)',
  beginSnapshot: [
    'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ',
    'START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY',
  ],
  schemaRollsBack: false,
  limits: 'SELECT @@max_connections, @@max_prepared_stmt_count',
  positions: flavour.positions,
  answer: prepares ? answer : (connection, step) => answer(connection, step, false),
  schemaWasDone,
  control,
  lockWaitMs,
  socket: socketOf,
  sever,
  asksForRepetition,
  isConnectionLost,
  takesNoWrites,
  lacksProcedure,
  stoppedMidway,
  fault: (error) => mysqlFault(error, name),
});
