import { claimColumns, sessionColumns, unitColumns } from '../../bookingSql.ts';
import { exceptHeld, isLive } from '../../busySql.ts';
import type { SqlDialect } from '../../dialect.ts';
import { bookAtOnce } from './bookAtOnce.ts';
import { insertSql, textPerCount } from '../../insertSql.ts';

const takeOver =
  ' ON CONFLICT (company_id, subject, cell, ordinal) DO UPDATE SET owner_id = excluded.owner_id,' +
  ' expires_ms = excluded.expires_ms WHERE claims.expires_ms <= ?';

const rewrite =
  ' ON CONFLICT (company_id, owner_id, subject, cell, ordinal) DO UPDATE SET seat = excluded.seat,' +
  ' expires_ms = excluded.expires_ms, end_ms = excluded.end_ms';

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

/** How PostgreSQL says what has no common form. */
export const postgresSql: SqlDialect = {
  forUpdate: ' FOR UPDATE',
  claim: textPerCount((count) => insertSql('claims', claimColumns, count, takeOver)),
  refusalUndoes: true,
  openSession: insertSql(
    'sessions',
    sessionColumns,
    1,
    ' ON CONFLICT (company_id, id) DO UPDATE SET changes = sessions.changes + 1',
  ),
  storeUnits: textPerCount((count) => insertSql('units', unitColumns, count, rewrite)),
  joinInOrder: 'JOIN',
  busy,
  unitCounts,
  bookAtOnce: (company, booking, nowMs) => bookAtOnce(takeOver, company, booking, nowMs),
  busyByPosition: false,
};
