import { text, type Rows } from './rows.ts';

/** The documents that plugins have stored under an id. */
export const documents = (rows: Rows, id: string): readonly Readonly<Record<string, unknown>>[] =>
  rows
    .all('SELECT content FROM documents WHERE id = ?', id)
    .map((row) => JSON.parse(text(row, 'content')) as Record<string, unknown>);

/** The documents of a collection that have a value in a field. */
export const documentsWith = (
  rows: Rows,
  collection: string,
  field: string,
  value: string,
): readonly Readonly<Record<string, unknown>>[] =>
  rows
    .all('SELECT content FROM documents WHERE collection = ? AND content ->> ? = ?', collection, field, value)
    .map((row) => JSON.parse(text(row, 'content')) as Record<string, unknown>);
