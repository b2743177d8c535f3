import type { YearTable } from '../schema.ts';
import { appointmentIndexes } from './0004-lists.ts';
import type { Migration } from './migration.ts';

/** Appointments with all that their table has by then. */
const appointments: YearTable = {
  name: 'appointments',
  primaryKey: ['company_id', 'id'],
  indexes: [
    { name: 'appointments_by_customer', columns: ['company_id', 'customer_id', 'start_ms', 'id', 'status'] },
    { name: 'appointments_by_group', columns: ['company_id', 'group_id', 'start_ms', 'id'] },
    ...appointmentIndexes,
  ],
};

/** History by years: this one and the next have parts of their own, `askpro partitions` adds those that follow. */
export const yearSchema: Migration = {
  name: '0006-years',
  async up(schema) {
    const year = new Date().getUTCFullYear();
    await schema.splitByYear(appointments, year, year + 1);
  },
  down: (schema) => schema.joinYears(appointments),
};
