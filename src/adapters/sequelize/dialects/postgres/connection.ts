import type { Socket } from 'node:net';
import type { Client, QueryArrayResult } from 'pg';
import { idBytes } from '../../ids.ts';
import type { SqlValue, Step, StepAnswer } from '../../program.ts';
import { isRefused } from './faults.ts';

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

/** Answers ids as the texts that they come as; each connection has one of these for all its statements. */
interface TypesOfRows {
  getTypeParser(type: number, format?: 'text' | 'binary'): (value: string) => unknown;
}

const asItIs = (value: string): string => value;
const typesOf = new WeakMap<Client, TypesOfRows>();

function typesOfRows(connection: Client): TypesOfRows {
  let rows = typesOf.get(connection);
  if (rows === undefined) {
    const parserOf = connection.getTypeParser.bind(connection) as TypesOfRows['getTypeParser'];
    rows = { getTypeParser: (type, format) => (type === types.uuid ? asItIs : parserOf(type, format)) };
    typesOf.set(connection, rows);
  }
  return rows;
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
export async function control(connection: Client, sql: string): Promise<void> {
  const { command } = await connection.query(sql);
  // A transaction that a statement has spoiled ends like this, without an error.
  if (sql === 'COMMIT' && command === 'ROLLBACK') throw new Error('the server rolled back what was to be committed');
}

/** What a connection goes over. */
export const socketOf = (connection: Client): Socket =>
  (connection as unknown as { readonly connection: { readonly stream: Socket } }).connection.stream;

/** Cuts a connection whose answer will not be waited for any more. */
export const sever = (connection: Client): void => {
  socketOf(connection).destroy();
};

/** The statements that each connection has prepared. */
const preparedOn = new WeakMap<Client, Set<string>>();

/** Whether a statement is, or may be, prepared on a connection: the first ones that it meets are, up to that many. */
function isPrepared(connection: Client, name: string, most: number): boolean {
  let names = preparedOn.get(connection);
  if (names === undefined) preparedOn.set(connection, (names = new Set()));
  if (names.has(name)) return true;
  if (names.size >= most) return false;
  names.add(name);
  return true;
}

const execute = (
  connection: Client,
  { name, text }: Prepared,
  values: readonly SqlValue[],
  most: number,
): Promise<QueryArrayResult> => {
  const named = isPrepared(connection, name, most) ? { name } : {};
  return connection.query({
    ...named,
    text,
    values: values as SqlValue[],
    rowMode: 'array',
    types: typesOfRows(connection),
  });
};

const savepoint = 'askpro';

/**
 * Answers one step of a program by a statement that the connection prepares once.
 * @param most - statements that one connection keeps prepared
 */
export async function answer(
  connection: Client,
  { sql, values, wants, least, undoes }: Step,
  most = 100,
): Promise<StepAnswer> {
  if (wants !== 'admission') {
    const { rows, rowCount } = await execute(connection, prepared(statements, sql, ''), values, most);
    return wants === 'rows' ? (rows as StepAnswer) : (rowCount ?? 0);
  }
  // A single row that is refused leaves nothing anyway.
  const guarded = undoes === true && least > 1;
  if (guarded) await connection.query(`SAVEPOINT ${savepoint}`);
  const admitted = await admit(connection, admission(sql), values, least, most);
  if (guarded) await connection.query(`${admitted ? 'RELEASE' : 'ROLLBACK TO'} SAVEPOINT ${savepoint}`);
  return admitted ? 1 : 0;
}

async function admit(
  connection: Client,
  statement: Prepared,
  values: readonly SqlValue[],
  least: number,
  most: number,
): Promise<boolean> {
  try {
    return ((await execute(connection, statement, values, most)).rowCount ?? 0) >= least;
  } catch (error) {
    // The program ends here, and with it the transaction, or goes back to before the statement.
    if (isRefused(error)) return false;
    throw error;
  }
}
