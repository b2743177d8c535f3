import { claimColumns, sessionColumns, unitColumns } from '../../bookingSql.ts';
import { exceptHeld, isLive } from '../../busySql.ts';
import type { SqlDialect } from '../../dialect.ts';
import { bookAtOnce } from './bookAtOnce.ts';
import { insertSql, textPerCount } from '../../insertSql.ts';

/**
 * A held cell gives its owner NULL, which the column refuses: the whole statement fails, and that says "taken". In a mode
 * that is not strict the server would write zeros instead, so every connection is made strict. The owner comes first,
 * because assignments see those before them.
 */
const takeOver =
  ' ON DUPLICATE KEY UPDATE owner_id = IF(expires_ms <= ?, VALUES(owner_id), NULL), expires_ms = VALUES(expires_ms)';

/** Whether a statement says by a refused NULL that a claim is held. */
export const saysTakenByNull = (sql: string): boolean => sql.endsWith(takeOver);

const busyTexts = new Map<string, string>();

function busy(resourceCount: number, withException: boolean): string {
  const key = `${resourceCount}${withException ? 'x' : ''}`;
  let sql = busyTexts.get(key);
  if (sql === undefined) {
    const revision = 'SELECT NULL, revision, 0 FROM companies WHERE company_id = ?';
    const wanted = Array.from({ length: resourceCount }, () => '?').join(', ');
    const spans =
      ` UNION ALL SELECT resource_id, start_ms, end_ms FROM spans WHERE resource_id IN (${wanted}) AND company_id = ?` +
      ' AND start_ms > ? AND start_ms < ? AND end_ms > ? AND (expires_ms IS NULL OR expires_ms > ?)' +
      (withException ? exceptHeld('spans') : '');
    sql = resourceCount === 0 ? revision : revision + spans;
    busyTexts.set(key, sql);
  }
  return sql;
}

function unitCounts(rangeCount: number, withException: boolean): string {
  const ranges = Array.from({ length: rangeCount }, () => '(subject = ? AND cell >= ? AND cell < ?)').join(' OR ');
  return (
    `SELECT subject, cell, COUNT(*), '' FROM claims WHERE (${ranges}) AND company_id = ? AND ${isLive('claims')}` +
    `${withException ? exceptHeld('claims') : ''} GROUP BY subject, cell`
  );
}

/** How MariaDB and MySQL say what has no common form. */
export const mysqlSql: SqlDialect = {
  forUpdate: ' FOR UPDATE',
  claim: textPerCount((count) => insertSql('claims', claimColumns, count, takeOver)),
  refusalUndoes: true,
  openSession: insertSql('sessions', sessionColumns, 1, ' ON DUPLICATE KEY UPDATE changes = changes + 1'),
  storeUnits: textPerCount((count) => insertSql('units', unitColumns, count).replace('INSERT', 'REPLACE')),
  joinInOrder: 'CROSS JOIN',
  busy,
  unitCounts,
  bookAtOnce,
  busyByPosition: false,
};
