import { claimColumns, sessionColumns, unitColumns } from '../../bookingSql.ts';
import type { SqlDialect } from '../../dialect.ts';
import { bookAtOnce, forShare } from './bookAtOnce.ts';
import { insertSql, textPerCount } from '../../insertSql.ts';
import { busy, unitCounts } from '../server/busyRanges.ts';

const takeOver =
  ' ON CONFLICT (company_id, subject, cell, ordinal) DO UPDATE SET owner_id = excluded.owner_id,' +
  ' expires_ms = excluded.expires_ms WHERE claims.expires_ms <= ?';

const rewrite =
  ' ON CONFLICT (company_id, owner_id, subject, cell, ordinal) DO UPDATE SET seat = excluded.seat,' +
  ' expires_ms = excluded.expires_ms, end_ms = excluded.end_ms';

/** How PostgreSQL says what has no common form. */
export const postgresSql: SqlDialect = {
  forUpdate: ' FOR UPDATE',
  forShare,
  claim: textPerCount((count) => insertSql('claims', claimColumns, count, takeOver)),
  refusalUndoes: true,
  openSession: insertSql(
    'sessions',
    sessionColumns,
    1,
    ' ON CONFLICT (company_id, id) DO UPDATE SET changes = sessions.changes + 1',
  ),
  storeUnits: textPerCount((count) => insertSql('units', unitColumns, count, rewrite)),
  busy,
  unitCounts,
  bookAtOnce: (company, booking, nowMs) => bookAtOnce(takeOver, company, booking, nowMs),
  // The index begins with the time of sending: PostgreSQL does not know that one which IS NULL is always the same.
  dueOrder: 'sent_ms, due_ms',
  busyByPosition: false,
};
