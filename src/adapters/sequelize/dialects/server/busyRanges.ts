import { exceptHeld, isLive } from '../../busySql.ts';

const busyTexts = new Map<string, string>();

/** Occupied time of resources that are named by their ids, as servers find it along the key of `spans`. */
export function busy(resourceCount: number, withException: boolean): string {
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

/** Units counted by ranges of the key of `claims`. */
export function unitCounts(rangeCount: number, withException: boolean): string {
  const ranges = Array.from({ length: rangeCount }, () => '(subject = ? AND cell >= ? AND cell < ?)').join(' OR ');
  return (
    `SELECT subject, cell, COUNT(*), '' FROM claims WHERE (${ranges}) AND company_id = ? AND ${isLive('claims')}` +
    `${withException ? exceptHeld('claims') : ''} GROUP BY subject, cell`
  );
}
