import type { AddedColumnSpec, ColumnTypes, IndexSpec } from '../schema.ts';
import type { Migration } from './migration.ts';

const columns = ({ id, longText }: ColumnTypes): readonly AddedColumnSpec[] => [
  { table: 'holds', name: 'details', type: longText },
  { table: 'appointments', name: 'details', type: longText },
  { table: 'appointments', name: 'group_id', type: id },
  { table: 'branches', name: 'rules', type: longText },
];

const indexes: readonly (IndexSpec & { readonly table: string })[] = [
  { table: 'appointments', name: 'appointments_by_group', columns: ['company_id', 'group_id', 'start_ms', 'id'] },
  // For calls that nothing was heard of for long.
  { table: 'calls', name: 'calls_by_status', columns: ['status', 'updated_ms'] },
];

/** Parts, parties and groups of bookings; rules of branches; calls by when they were last heard of. */
export const compositeSchema: Migration = {
  name: '0003-composite',
  loses: 'the parts, parties and groups of bookings, and the rules of branches',
  async up(schema) {
    for (const column of columns(schema.types)) await schema.addColumn(column);
    for (const { table, ...index } of indexes) await schema.addIndex(table, index);
  },
  async down(schema) {
    for (const { table, name } of [...indexes].reverse()) await schema.dropIndex(table, { name });
    for (const column of [...columns(schema.types)].reverse()) await schema.dropColumn(column);
  },
};
