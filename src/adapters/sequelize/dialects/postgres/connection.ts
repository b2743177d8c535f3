import type { Socket } from 'node:net';
import type { Client, QueryArrayConfig, QueryArrayResult } from 'pg';
import { idBytes } from '../../ids.ts';
import type { SqlValue, Step, StepAnswer } from '../../program.ts';
import { isNoText, isRefused } from './faults.ts';

/** The types whose values are read otherwise than the driver would. */
const types = { int8: 20, uuid: 2950 } as const;

/** Makes a connection answer 64-bit integers as numbers, and models their ids as bytes; what is answered takes that back. */
export function readAsStored(connection: Client): () => void {
  const before = Object.values(types).map(
    (type) => [type, connection.getTypeParser(type) as (value: string) => unknown] as const,
  );
  connection.setTypeParser(types.int8, Number);
  connection.setTypeParser(types.uuid, idBytes);
  return () => {
    for (const [type, parse] of before) connection.setTypeParser(type, parse);
  };
}

/** A statement as the server knows it. Names are the process's own, and far shorter than the 63 bytes that count. */
interface Prepared {
  readonly name: string;
  readonly text: string;
}

const statements = new Map<string, Prepared>();
const admissions = new Map<string, Prepared>();

/** Numbers the marks of a statement; the statements of this adapter hold no `?` in a text. */
function prepared(known: Map<string, Prepared>, sql: string, tail: string): Prepared {
  let statement = known.get(sql);
  if (statement === undefined) {
    let count = 0;
    const text = sql.replaceAll('?', () => `$${++count}`) + tail;
    statement = { name: `askpro_${statements.size + admissions.size}`, text };
    known.set(sql, statement);
  }
  return statement;
}

/** A row that a key refuses would spoil the whole transaction, so it is left out instead, and the count tells. */
const admission = (sql: string): Prepared =>
  prepared(admissions, sql, sql.startsWith('INSERT') && !sql.includes('ON CONFLICT') ? ' ON CONFLICT DO NOTHING' : '');

/** Runs a statement without values, such as COMMIT. */
export const control = (connection: Client, sql: string): Promise<void> =>
  new Promise((resolve, reject) => {
    connection.query(sql, (error: Error | null, result) => {
      // A transaction that a statement has spoiled ends like this, without an error.
      const isUndone = error === null && sql === 'COMMIT' && result.command === 'ROLLBACK';
      const fault = isUndone ? new Error('the server rolled back what was to be committed') : error;
      if (fault === null) resolve();
      else reject(fault);
    });
  });

/** What a connection goes over. */
export const socketOf = (connection: Client): Socket =>
  (connection as unknown as { readonly connection: { readonly stream: Socket } }).connection.stream;

/** Cuts a connection whose answer will not be waited for any more. */
export const sever = (connection: Client): void => {
  socketOf(connection).destroy();
};

/** What a statement is sent with on one connection, beside its values. */
type Query = QueryArrayConfig;

/** What is kept of a connection as long as it lives. */
interface Kept {
  /** How its answers are read: ids stay the texts that they come as. */
  readonly types: { getTypeParser(type: number, format?: 'text' | 'binary'): (value: string) => unknown };
  /** The statements that it has prepared. */
  readonly queries: Map<Prepared, Query>;
}

const asItIs = (value: string): string => value;
const keptOf = new WeakMap<Client, Kept>();

function kept(connection: Client): Kept {
  let known = keptOf.get(connection);
  if (known === undefined) {
    const parserOf = connection.getTypeParser.bind(connection) as Kept['types']['getTypeParser'];
    const getTypeParser: typeof parserOf = (type, format) => (type === types.uuid ? asItIs : parserOf(type, format));
    keptOf.set(connection, (known = { types: { getTypeParser }, queries: new Map() }));
  }
  return known;
}

/** The driver copies what stands on a query itself, property by property; what it inherits costs nothing. */
const inherited = (query: Query): Query => Object.create(query) as Query;

/** A statement as it is sent on a connection: the first ones that it meets are prepared, up to that many. */
function queryOf(connection: Client, statement: Prepared, most: number): Query {
  const { types: read, queries } = kept(connection);
  const known = queries.get(statement);
  if (known !== undefined) return known;
  const query: Query = { text: statement.text, rowMode: 'array', types: read as NonNullable<Query['types']> };
  if (queries.size >= most) return query;
  const named = inherited({ ...query, name: statement.name });
  queries.set(statement, named);
  return named;
}

/** The driver takes a query, values and a callback as it takes a text, values and a callback; its types do not show it. */
interface Sending {
  query(
    query: Query,
    values: readonly SqlValue[],
    answered: (error: Error | null, result: QueryArrayResult) => void,
  ): void;
}

const countOf = ({ rowCount }: QueryArrayResult): number => rowCount ?? 0;

const savepoint = 'askpro';

/**
 * Answers one step of a program by a statement that the connection prepares once.
 * @param most - statements that one connection keeps prepared
 */
export function answer(connection: Client, step: Step, most = 100): Promise<StepAnswer> {
  // A single row that is refused leaves nothing anyway.
  return step.undoes === true && step.least > 1 ? guarded(connection, step, most) : sent(connection, step, most);
}

function sent(connection: Client, { sql, values, wants, least }: Step, most: number): Promise<StepAnswer> {
  const statement = wants === 'admission' ? admission(sql) : prepared(statements, sql, '');
  const query = queryOf(connection, statement, most);
  return new Promise((resolve, reject) => {
    (connection as Sending).query(query, values, (error, result) => {
      if (wants !== 'admission') {
        // No text that is stored holds a NUL, so nothing is found by one that does.
        if (error !== null) return wants === 'rows' && isNoText(error) ? resolve([]) : reject(error);
        resolve(wants === 'rows' ? (result.rows as StepAnswer) : countOf(result));
      } else if (error === null) resolve(countOf(result) >= least ? 1 : 0);
      // The program ends here, and with it the transaction, or goes back to before the statement.
      else if (isRefused(error)) resolve(0);
      else reject(error);
    });
  });
}

async function guarded(connection: Client, step: Step, most: number): Promise<StepAnswer> {
  await control(connection, `SAVEPOINT ${savepoint}`);
  const admitted = await sent(connection, step, most);
  await control(connection, `${admitted === 1 ? 'RELEASE' : 'ROLLBACK TO'} SAVEPOINT ${savepoint}`);
  return admitted;
}
