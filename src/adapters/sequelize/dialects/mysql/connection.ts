import type { Socket } from 'node:net';
import type { Connection, ResultSetHeader } from 'mysql2';
import type { SqlValue, Step, StepAnswer } from '../../program.ts';
import { isDuplicate, isNullRefused, isOutOfStatements } from './faults.ts';
import { saysTakenByNull } from './sql.ts';

/** Runs a statement without values, such as COMMIT. */
export const control = (connection: Connection, sql: string): Promise<void> =>
  new Promise((resolve, reject) => {
    connection.query(sql, (error) => (error === null ? resolve() : reject(error)));
  });

/** What a connection goes over. */
export const socketOf = (connection: Connection): Socket =>
  (connection as unknown as { readonly stream: Socket }).stream;

/** Cuts a connection whose answer will not be waited for any more. The driver's own way would leave who waits waiting. */
export const sever = (connection: Connection): void => {
  socketOf(connection).destroy(new Error('no answer came'));
};

/** Sends a statement to be prepared; where the server holds no more of those, as a text, which changes nothing but speed. */
const execute = (
  connection: Connection,
  sql: string,
  values: readonly SqlValue[],
  prepares: boolean,
): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const statement = { sql, values: values as SqlValue[], rowsAsArray: true };
    const asText = (): void => {
      connection.query(statement, (error, result) => (error === null ? resolve(result) : reject(error)));
    };
    if (!prepares) return asText();
    connection.execute(statement, (error, result) => {
      if (error === null) resolve(result);
      else if (isOutOfStatements(error)) asText();
      else reject(error);
    });
  });

/** Answers one step of a program by a statement that the connection prepares once, or never. */
export async function answer(
  connection: Connection,
  { sql, values, wants, chooses }: Step,
  prepares = true,
): Promise<StepAnswer> {
  if (wants === 'rows') return (await execute(connection, sql, values, prepares)) as StepAnswer;
  if (wants === 'changes') return ((await execute(connection, sql, values, prepares)) as ResultSetHeader).affectedRows;
  try {
    const { affectedRows } = (await execute(connection, sql, values, prepares)) as ResultSetHeader;
    // Here every row was written, or the statement failed: a count could tell nothing more.
    return chooses === true && affectedRows === 0 ? 0 : 1;
  } catch (error) {
    if (isDuplicate(error) || (isNullRefused(error) && saysTakenByNull(sql))) return 0;
    throw error;
  }
}
