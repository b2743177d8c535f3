import type { Connection, ResultSetHeader } from 'mysql2';
import type { SqlValue, Step, StepAnswer } from '../../program.ts';
import { isDuplicate, isNullRefused } from './faults.ts';
import { saysTakenByNull } from './sql.ts';

/** Runs a statement without values, such as COMMIT. */
export const control = (connection: Connection, sql: string): Promise<void> =>
  new Promise((resolve, reject) => {
    connection.query(sql, (error) => (error === null ? resolve() : reject(error)));
  });

const execute = (connection: Connection, sql: string, values: readonly SqlValue[]): Promise<unknown> =>
  new Promise((resolve, reject) => {
    connection.execute({ sql, values: [...values], rowsAsArray: true }, (error, result) =>
      error === null ? resolve(result) : reject(error),
    );
  });

/** Answers one step of a program by a statement that the connection prepares once. */
export async function answer(connection: Connection, { sql, values, wants }: Step): Promise<StepAnswer> {
  if (wants === 'rows') return (await execute(connection, sql, values)) as StepAnswer;
  if (wants === 'changes') return ((await execute(connection, sql, values)) as ResultSetHeader).affectedRows;
  try {
    // Here every row was written, or the statement failed: a count could tell nothing more.
    await execute(connection, sql, values);
    return 1;
  } catch (error) {
    if (isDuplicate(error) || (isNullRefused(error) && saysTakenByNull(sql))) return 0;
    throw error;
  }
}
