import type { BookingWrite, WriteOutcome } from '../../adapter.ts';
import { commonBooking } from './commonBooking.ts';
import type { AtOnce, SqlDialect } from './dialect.ts';

const committed: WriteOutcome = { kind: 'committed' };

/** How to make a booking in one round trip; undefined where the dialect has no such way, or the write is an uncommon one. */
export function atOnce(sql: SqlDialect, company: Uint8Array, write: BookingWrite): AtOnce<WriteOutcome> | undefined {
  if (sql.bookAtOnce === undefined) return undefined;
  const booking = commonBooking(write);
  if (booking === undefined) return undefined;
  const { bookAtOnce } = sql;
  return { step: (nowMs) => bookAtOnce(company, booking, nowMs), result: committed };
}
