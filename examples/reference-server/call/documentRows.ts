import { text, type Row, type Rows } from './rows.ts';

/** What a plugin has stored, with its id. */
export type DocumentRow = Readonly<Record<string, unknown>> & { readonly id: string };

const document = (row: Row): DocumentRow => ({
  ...(JSON.parse(text(row, 'content')) as Record<string, unknown>),
  id: text(row, 'id'),
});

/** The documents that plugins have stored under an id. */
export const documents = (rows: Rows, id: string): readonly DocumentRow[] =>
  rows.all('SELECT id, content FROM documents WHERE id = ?', id).map(document);

/** The documents of a collection that have a value in a field. */
export const documentsWith = (rows: Rows, collection: string, field: string, value: string): readonly DocumentRow[] =>
  rows
    .all('SELECT id, content FROM documents WHERE collection = ? AND content ->> ? = ?', collection, field, value)
    .map(document);

/** An id as documents write it: with dashes. */
export const dashed = (id: string): string => id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
