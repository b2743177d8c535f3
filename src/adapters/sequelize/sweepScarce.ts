import { bytes } from './cell.ts';
import { changeMany, changesOf, isKey } from './forMany.ts';
import { rows } from './program.ts';
import type { Program, Row } from './program.ts';
import { closeLapsed } from './sessionProgram.ts';

const unitKey = ['company_id', 'owner_id', 'subject', 'cell', 'ordinal'] as const;
/** The same in the order in which the key of the claims has them. */
const unitClaimKey = ['company_id', 'subject', 'cell', 'ordinal', 'owner_id'] as const;
/** Once more by the time that found it: a hold may have been converted, or its unit taken over, meanwhile. */
const lapsed = ' AND expires_ms <= ?';

/** The statements that find units and sessions that nobody needs, by when they lapse and by when they are over. */
export const scarceSweepSql = {
  lapsedUnits: `SELECT ${unitKey.join(', ')} FROM units WHERE expires_ms <= ? ORDER BY expires_ms LIMIT ?`,
  pastUnits: `SELECT ${unitKey.join(', ')} FROM units WHERE end_ms <= ? ORDER BY end_ms LIMIT ?`,
  lapsedSessions: 'SELECT company_id, id FROM sessions WHERE expires_ms <= ? ORDER BY expires_ms LIMIT ?',
  pastSessions: 'SELECT company_id, id FROM sessions WHERE end_ms <= ? ORDER BY end_ms LIMIT ?',
} as const;

/** The statements that take them away, many rows at a time. */
export const scarcePurgeSql = {
  lapsedClaims: changesOf('DELETE FROM claims', isKey(unitClaimKey) + lapsed),
  lapsedUnits: changesOf('DELETE FROM units', isKey(unitKey) + lapsed),
  pastClaims: changesOf('DELETE FROM claims', isKey(unitClaimKey)),
  pastUnits: changesOf('DELETE FROM units', isKey(unitKey)),
  sessions: changesOf('DELETE FROM sessions', isKey(['company_id', 'id'])),
} as const;

const claimOf = ([company = null, owner = null, subject = null, cell = null, ordinal = null]: Row): Row =>
  [company, subject, cell, ordinal, owner]; // prettier-ignore

/** Takes away units and seats that have lapsed, and those whose period was over before the cutoff. */
export function* sweepUnits(nowMs: number, cutoffMs: number, limit: number): Program<number> {
  const lapsing = yield* rows(scarceSweepSql.lapsedUnits, [nowMs, limit]);
  const by = (keys: readonly Row[]): readonly Row[] => keys.map((key) => [...key, nowMs]);
  yield* changeMany(scarcePurgeSql.lapsedClaims, by(lapsing.map(claimOf)));
  const swept = yield* changeMany(scarcePurgeSql.lapsedUnits, by(lapsing));
  const past = yield* rows(scarceSweepSql.pastUnits, [cutoffMs, limit - swept]);
  yield* changeMany(scarcePurgeSql.pastClaims, past.map(claimOf));
  return swept + (yield* changeMany(scarcePurgeSql.pastUnits, past));
}

/** Takes away sessions whose participants have all lapsed, with their time, and those that were over before the cutoff. */
export function* sweepSessions(nowMs: number, cutoffMs: number, limit: number): Program<number> {
  let swept = 0;
  for (const [company, id] of yield* rows(scarceSweepSql.lapsedSessions, [nowMs, limit])) {
    if (yield* closeLapsed(bytes(company), bytes(id), nowMs)) swept++;
  }
  const past = yield* rows(scarceSweepSql.pastSessions, [cutoffMs, limit - swept]);
  return swept + (yield* changeMany(scarcePurgeSql.sessions, past));
}
