import type { IndexSpec } from '../../schema.ts';

/** An index that carries the columns it covers beside its order. */
export const postgresIndexSql = (table: string, { name, columns, covers = [], unique = false }: IndexSpec): string =>
  `CREATE ${unique ? 'UNIQUE ' : ''}INDEX ${name} ON ${table} (${columns.join(', ')})` +
  (covers.length === 0 ? '' : ` INCLUDE (${covers.join(', ')})`);
