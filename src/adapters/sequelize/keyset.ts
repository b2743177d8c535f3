import type { RunProgram } from './dialect.ts';
import { rows } from './program.ts';
import type { Row, SqlValue } from './program.ts';

/** Rows that are read in the order of a key, some at a time. */
export interface KeyedRead {
  /** `SELECT … FROM …`, without conditions. */
  readonly select: string;
  /** A condition that holds for all of them, such as `company_id = ?`; empty for none. */
  readonly where: string;
  readonly values: readonly SqlValue[];
  /** Expressions that together tell one row from another, in order, and which an index is sorted by. */
  readonly key: readonly string[];
  /** Where in a row the key's values stand; as long as `key`. */
  readonly at: readonly number[];
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** `depth` values of the key are known: all but the last of them are equal, and the last one is passed. */
function statement({ select, where, key }: KeyedRead, depth: number, size: number): string {
  const known = key.slice(0, depth).map((each, index) => `${each} ${index === depth - 1 ? '>' : '='} ?`);
  const conditions = [...(where === '' ? [] : [where]), ...known];
  const condition = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  return `${select}${condition} ORDER BY ${key.slice(Math.max(0, depth - 1)).join(', ')} LIMIT ${size}`;
}

/**
 * Reads them in pieces of at most `size`. Each piece goes on behind the last row by ranges of the key that every planner
 * finds: first those that agree in all but its last column, then in all but the last two, and so on.
 */
export async function* inPieces(run: RunProgram, read: KeyedRead, size: number): AsyncGenerator<readonly Row[]> {
  let piece = await run(rows(statement(read, 0, size), read.values));
  let last = piece.at(-1);
  if (last !== undefined) yield piece;
  if (piece.length < size) return;
  for (let depth = read.key.length; depth > 0 && last !== undefined;) {
    // SQLite answers at once: others shall have their turn in between.
    await nextTurn();
    const known = read.at.slice(0, depth).map((place) => last?.[place] ?? null);
    piece = await run(rows(statement(read, depth, size), [...read.values, ...known]));
    if (piece.length > 0) {
      yield piece;
      last = piece.at(-1);
    }
    depth = piece.length === size ? read.key.length : depth - 1;
  }
}

/** Stands on one row of a reading; several of them walk side by side. */
export class Cursor {
  /** Where it stands; undefined behind the last row. */
  row: Row | undefined;
  readonly #pieces: AsyncGenerator<readonly Row[]>;
  #piece: readonly Row[] = [];
  #index = 0;

  private constructor(pieces: AsyncGenerator<readonly Row[]>) {
    this.#pieces = pieces;
  }

  /** Stands on the first row. */
  static async on(run: RunProgram, read: KeyedRead, size = 1000): Promise<Cursor> {
    const cursor = new Cursor(inPieces(run, read, size));
    await cursor.next();
    return cursor;
  }

  /** Goes on; there is something to wait for only now and then. */
  next(): Promise<void> | undefined {
    this.row = this.#piece[this.#index++];
    return this.row === undefined ? this.#refill() : undefined;
  }

  async #refill(): Promise<void> {
    const next = await this.#pieces.next();
    this.#piece = next.done === true ? [] : next.value;
    this.#index = 1;
    this.row = this.#piece[0];
  }
}
