import { parseId } from '../../../src/adapter.ts';
import { idBytes } from '../../../src/adapters/sequelize/ids.ts';
import type { SqlValue } from '../../../src/adapters/sequelize/program.ts';

/** Marks a text that looks like an id and is none in its column. */
export const asText = (id: string): string => `text:${id}`;

/** Ids as the tables hold them; other values as they are. */
export function bytesOf(value: SqlValue): SqlValue {
  if (typeof value !== 'string') return value;
  if (value.startsWith('text:')) return value.slice(5);
  return parseId(value) === undefined ? value : idBytes(value);
}
