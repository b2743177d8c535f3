import { createHash } from 'node:crypto';

/** The tables that bookings write, with their keys. */
export const written: readonly { readonly table: string; readonly key: string }[] = [
  { table: 'spans', key: 'resource_id, start_ms, owner_id' },
  { table: 'claims', key: 'subject, cell, ordinal' },
  { table: 'appointments', key: 'id' },
  { table: 'appointment_resources', key: 'resource_id, start_ms, appointment_id' },
  { table: 'customers', key: 'id' },
  { table: 'holds', key: 'id' },
  { table: 'idempotency', key: 'idempotency_key' },
  { table: 'outbox', key: 'aggregate, sequence' },
];

/** A short text for rows: how many, and a hash of all they hold. */
export function digest(rows: readonly unknown[]): string {
  const hash = createHash('sha256');
  for (const row of rows) hash.update(JSON.stringify(row));
  return `${rows.length} rows ${hash.digest('hex')}`;
}
