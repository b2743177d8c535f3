import type { Client } from 'pg';
import type { Wire } from '../server/wire.ts';
import { answer, control } from './connection.ts';
import { asksForRepetition, isConnectionLost, postgresFault } from './faults.ts';
import { postgresSchema } from './schema.ts';
import { postgresSql } from './sql.ts';

/** PostgreSQL's protocol through pg. */
export const postgresWire = (name: string): Wire<Client> => ({
  sql: postgresSql,
  schema: postgresSchema,
  nowMs: 'CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)',
  beginSnapshot: ['START TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY'],
  schemaRollsBack: true,
  answer,
  control,
  asksForRepetition,
  isConnectionLost,
  fault: (error) => postgresFault(error, name),
});
