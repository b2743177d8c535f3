import type { SqlValue } from './program.ts';

/** What a list is narrowed by, with the values in the order of their marks. */
export class Conditions {
  readonly #texts: string[];
  readonly values: SqlValue[];

  constructor(text: string, ...values: readonly SqlValue[]) {
    this.#texts = [text];
    this.values = [...values];
  }

  add(text: string, ...values: readonly SqlValue[]): void {
    this.#texts.push(text);
    this.values.push(...values);
  }

  /** From one moment up to another; either may be missing. */
  between(column: string, fromMs: number | undefined, toMs: number | undefined): void {
    if (fromMs !== undefined) this.add(`${column} >= ?`, fromMs);
    if (toMs !== undefined) this.add(`${column} < ?`, toMs);
  }

  /** One of some; at least one. */
  among(column: string, texts: readonly string[]): void {
    this.add(`${column} IN (${texts.map(() => '?').join(', ')})`, ...texts);
  }

  /** What comes after a position in the order of {@link inOrder}. Its first condition is one that an index can begin at. */
  after(column: string | undefined, at: number | undefined, id: string, key: Uint8Array, isDescending: boolean): void {
    const past = isDescending ? '<' : '>';
    if (column === undefined) return this.add(`${id} ${past} ?`, key);
    if (at === undefined) throw new TypeError(`the position lacks the moment of ${column}`);
    this.add(`${column} ${past}= ?`, at);
    this.add(`(${column} ${past} ? OR ${id} ${past} ?)`, at, key);
  }

  where(): string {
    return ` WHERE ${this.#texts.join(' AND ')}`;
  }
}

/** An order by a column and the id, both in one direction, as an index has it. */
export const inOrder = (column: string | undefined, id: string, isDescending: boolean): string =>
  [...(column === undefined ? [] : [column]), id].map((each) => (isDescending ? `${each} DESC` : each)).join(', ');
