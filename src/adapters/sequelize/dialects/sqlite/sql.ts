import { insertSql, textPerCount } from '../../insertSql.ts';
import { claimColumns, sessionColumns, unitColumns } from '../../bookingSql.ts';
import { exceptHeld, isLive } from '../../busySql.ts';
import type { SqlDialect } from '../../dialect.ts';

const busyTexts = new Map<string, string>();

function busy(resourceCount: number, withException: boolean): string {
  const key = `${resourceCount}${withException ? 'x' : ''}`;
  let sql = busyTexts.get(key);
  if (sql === undefined) {
    const wanted = Array.from({ length: resourceCount }, (_, position) => `(${position}, ?)`).join(', ');
    // CROSS JOIN fixes the order of the loops: for each wanted resource one range of the key.
    const spans =
      `SELECT wanted.column1, spans.start_ms, spans.end_ms FROM (VALUES ${wanted}) AS wanted CROSS JOIN spans` +
      ' WHERE spans.company_id = ? AND spans.resource_id = wanted.column2 AND spans.start_ms > ? AND spans.start_ms < ?' +
      ' AND spans.end_ms > ? AND (spans.expires_ms IS NULL OR spans.expires_ms > ?)' +
      (withException ? exceptHeld('spans') : '');
    sql = `SELECT NULL, revision, 0 FROM companies WHERE company_id = ? UNION ALL ${spans}`;
    if (resourceCount === 0) sql = 'SELECT NULL, revision, 0 FROM companies WHERE company_id = ?';
    busyTexts.set(key, sql);
  }
  return sql;
}

function unitCounts(rangeCount: number, withException: boolean): string {
  const ranges = Array.from({ length: rangeCount }, (_, position) => `(${position}, ?, ?, ?)`).join(', ');
  return (
    `SELECT claims.subject, claims.cell, COUNT(*), '' FROM (VALUES ${ranges}) AS wanted CROSS JOIN claims` +
    ' WHERE claims.subject = wanted.column2 AND claims.cell >= wanted.column3 AND claims.cell < wanted.column4' +
    ` AND claims.company_id = ? AND ${isLive('claims')}${withException ? exceptHeld('claims') : ''}` +
    ' GROUP BY wanted.column1, claims.cell'
  );
}

const takeOver =
  ' ON CONFLICT DO UPDATE SET owner_id = excluded.owner_id, expires_ms = excluded.expires_ms WHERE claims.expires_ms <= ?';

/** How SQLite says what has no common form. One writer at a time makes row locks needless. */
export const sqliteSql: SqlDialect = {
  forUpdate: '',
  forShare: '',
  // Without a conflict target any unique key counts, so a table whose key was taken away still takes the same statement.
  claim: textPerCount((count) => insertSql('claims', claimColumns, count, takeOver)),
  // One writer at a time: who has looked loses no race, so a refusal is final.
  refusalUndoes: false,
  openSession: insertSql('sessions', sessionColumns, 1, ' ON CONFLICT DO UPDATE SET changes = sessions.changes + 1'),
  storeUnits: textPerCount((count) => insertSql('units', unitColumns, count).replace('INSERT', 'REPLACE')),
  busy,
  unitCounts,
  dueOrder: 'due_ms',
  busyByPosition: true,
};
