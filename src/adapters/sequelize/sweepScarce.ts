import { bytes } from './cell.ts';
import { change, rows } from './program.ts';
import type { Program } from './program.ts';
import { closeLapsed } from './sessionProgram.ts';

const unitKey = 'company_id, owner_id, subject, cell, ordinal';
const whereUnit = 'WHERE company_id = ? AND owner_id = ? AND subject = ? AND cell = ? AND ordinal = ?';

/** The statements that find units and sessions that nobody needs, by when they lapse and by when they are over. */
export const scarceSweepSql = {
  lapsedUnits: `SELECT ${unitKey} FROM units WHERE expires_ms <= ? ORDER BY expires_ms LIMIT ?`,
  pastUnits: `SELECT ${unitKey} FROM units WHERE end_ms <= ? ORDER BY end_ms LIMIT ?`,
  lapsedSessions: 'SELECT company_id, id FROM sessions WHERE expires_ms <= ? ORDER BY expires_ms LIMIT ?',
  pastSessions: 'SELECT company_id, id FROM sessions WHERE end_ms <= ? ORDER BY end_ms LIMIT ?',
} as const;

/** Once more by the time that found it: a hold may have been converted, or its unit taken over, meanwhile. */
const lapsed = ' AND expires_ms <= ?';

/** Takes away units and seats that have lapsed, and those whose period was over before the cutoff. */
export function* sweepUnits(nowMs: number, cutoffMs: number, limit: number): Program<number> {
  let swept = 0;
  for (const key of yield* rows(scarceSweepSql.lapsedUnits, [nowMs, limit])) {
    yield* change(`DELETE FROM claims ${whereUnit}${lapsed}`, [...key, nowMs]);
    swept += yield* change(`DELETE FROM units ${whereUnit}${lapsed}`, [...key, nowMs]);
  }
  for (const key of yield* rows(scarceSweepSql.pastUnits, [cutoffMs, limit - swept])) {
    yield* change(`DELETE FROM claims ${whereUnit}`, key);
    swept += yield* change(`DELETE FROM units ${whereUnit}`, key);
  }
  return swept;
}

/** Takes away sessions whose participants have all lapsed, with their time, and those that were over before the cutoff. */
export function* sweepSessions(nowMs: number, cutoffMs: number, limit: number): Program<number> {
  let swept = 0;
  for (const [company, id] of yield* rows(scarceSweepSql.lapsedSessions, [nowMs, limit])) {
    if (yield* closeLapsed(bytes(company), bytes(id), nowMs)) swept++;
  }
  for (const key of yield* rows(scarceSweepSql.pastSessions, [cutoffMs, limit - swept])) {
    swept += yield* change('DELETE FROM sessions WHERE company_id = ? AND id = ?', key);
  }
  return swept;
}
