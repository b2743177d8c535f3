import type { IndexSpec } from '../schema.ts';
import type { Migration } from './migration.ts';

const indexes: readonly IndexSpec[] = [
  { name: 'calls_by_appointment', columns: ['company_id', 'appointment_id'] },
  { name: 'calls_by_customer', columns: ['company_id', 'customer_id', 'time_ms'] },
];

/** Calls by what they led to and by who called, for what goes when it was kept for long enough. */
export const retentionSchema: Migration = {
  name: '0007-retention',
  async up(schema) {
    for (const index of indexes) await schema.addIndex('calls', index);
  },
  async down(schema) {
    for (const index of [...indexes].reverse()) await schema.dropIndex('calls', index);
  },
};
