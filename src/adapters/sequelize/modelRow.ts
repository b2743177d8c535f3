import { idBytes, idText } from './ids.ts';
import type { StoredRow } from './models.ts';

/** Reads the columns of a row that came from a model. */
export interface RowReader {
  id<Kind extends string>(column: string): Kind;
  idOrNull<Kind extends string>(column: string): Kind | null;
  text<Kind extends string = string>(column: string): Kind;
  textOrNull<Kind extends string = string>(column: string): Kind | null;
  int(column: string): number;
  intOrNull(column: string): number | null;
  flag(column: string): boolean;
  json<T>(column: string): T;
}

const orNull = <T>(value: unknown, read: (value: unknown) => T): T | null =>
  value === null || value === undefined ? null : read(value);
// Servers answer 64-bit integers as text where Sequelize asks for it.
const asInt = (value: unknown): number => Number(value);
const asId = <Kind extends string>(value: unknown): Kind => idText<Kind>(value as Uint8Array);

/** Wraps a row, so that each mapping reads like the entity it makes. */
export const reading = (row: StoredRow): RowReader => ({
  id: (column) => asId(row[column]),
  idOrNull: <Kind extends string>(column: string) => orNull<Kind>(row[column], asId),
  text: <Kind extends string>(column: string) => row[column] as Kind,
  textOrNull: <Kind extends string>(column: string) => (row[column] ?? null) as Kind | null,
  int: (column) => asInt(row[column]),
  intOrNull: (column) => orNull(row[column], asInt),
  flag: (column) => asInt(row[column]) === 1,
  json: <T>(column: string) => JSON.parse(row[column] as string) as T,
});

/** An id as a model stores it. */
export const storedId = (id: string | null): Buffer | null => (id === null ? null : idBytes(id));

/** A flag as every dialect stores it. */
export const storedFlag = (value: boolean): number => (value ? 1 : 0);
