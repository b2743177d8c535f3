import { idBytes, idText } from './ids.ts';
import type { SqlValue } from './program.ts';

type Cell = SqlValue | undefined;

/** Reads a column that holds an integer. */
export const int = (cell: Cell): number => cell as number;
/** Reads a column that holds an integer or nothing. */
export const intOrNull = (cell: Cell): number | null => cell as number | null;
/** Reads a column that holds text of a known kind. */
export const text = <Kind extends string = string>(cell: Cell): Kind => cell as Kind;
/** Reads a column that holds text of a known kind or nothing. */
export const textOrNull = <Kind extends string = string>(cell: Cell): Kind | null => cell as Kind | null;
/** Reads a column that holds an id of a known kind: drivers answer either its text or its bytes. */
export const idOf = <Kind extends string>(cell: Cell): Kind =>
  typeof cell === 'string' ? (cell as Kind) : idText<Kind>(cell as Uint8Array);
/** Reads the same as its bytes. */
export const bytes = (cell: Cell): Uint8Array => (typeof cell === 'string' ? idBytes(cell) : (cell as Uint8Array));
/** Reads a column that holds a flag. */
export const flag = (cell: Cell): boolean => cell === 1;
/** Reads a column that holds JSON written by this adapter. */
export const json = <T>(cell: Cell): T => JSON.parse(cell as string) as T;
/** Reads a column that holds an id of a known kind or nothing. */
export const idOrNull = <Kind extends string>(cell: Cell): Kind | null => (cell === null ? null : idOf<Kind>(cell));

/** Whether two columns of ids hold the same one. */
export function isSameId(a: Cell, b: Cell): boolean {
  if (!(a instanceof Uint8Array && b instanceof Uint8Array)) return a === b;
  // Ids that were made one after the other differ in their last bytes.
  for (let index = 15; index >= 0; index--) if (a[index] !== b[index]) return false;
  return true;
}
