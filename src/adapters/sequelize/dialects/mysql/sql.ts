import { claimColumns, sessionColumns, unitColumns } from '../../bookingSql.ts';
import type { SqlDialect } from '../../dialect.ts';
import { bookAtOnce } from './bookAtOnce.ts';
import { insertSql, textPerCount } from '../../insertSql.ts';
import { busy, unitCounts } from '../server/busyRanges.ts';

/**
 * A held cell gives its owner NULL, which the column refuses: the whole statement fails, and that says "taken". In a mode
 * that is not strict the server would write zeros instead, so every connection is made strict. The owner comes first,
 * because assignments see those before them.
 */
const takeOver =
  ' ON DUPLICATE KEY UPDATE owner_id = IF(expires_ms <= ?, VALUES(owner_id), NULL), expires_ms = VALUES(expires_ms)';

/** Whether a statement says by a refused NULL that a claim is held. */
export const saysTakenByNull = (sql: string): boolean => sql.endsWith(takeOver);

/** How MariaDB and MySQL say what has no common form. */
export const mysqlSql: SqlDialect = {
  forUpdate: ' FOR UPDATE',
  forShare: ' LOCK IN SHARE MODE',
  claim: textPerCount((count) => insertSql('claims', claimColumns, count, takeOver)),
  refusalUndoes: true,
  openSession: insertSql('sessions', sessionColumns, 1, ' ON DUPLICATE KEY UPDATE changes = changes + 1'),
  storeUnits: textPerCount((count) => insertSql('units', unitColumns, count).replace('INSERT', 'REPLACE')),
  busy,
  unitCounts,
  bookAtOnce,
  dueOrder: 'due_ms',
  busyByPosition: false,
};
