import type { ColumnTypes, TableSpec } from '../schema.ts';
import { nullable } from './columns.ts';
import type { Migration } from './migration.ts';

const tables = ({ id, long, int, flag, longText }: ColumnTypes): readonly TableSpec[] => [
  {
    // What an owner holds beside time. The rows of `claims` with the same key guard it.
    name: 'units',
    columns: {
      company_id: id,
      owner_id: id,
      subject: id,
      cell: long,
      ordinal: int,
      seat: flag,
      expires_ms: nullable(long),
      end_ms: nullable(long),
    },
    primaryKey: ['company_id', 'owner_id', 'subject', 'cell', 'ordinal'],
    clustered: true,
    indexes: [
      { name: 'units_by_expiry', columns: ['expires_ms'] },
      { name: 'units_by_end', columns: ['end_ms'] },
    ],
  },
  {
    name: 'sessions',
    columns: {
      company_id: id,
      id,
      service_id: id,
      start_ms: long,
      end_ms: long,
      resource_ids: longText,
      expires_ms: nullable(long),
      changes: long,
    },
    primaryKey: ['company_id', 'id'],
    indexes: [
      { name: 'sessions_by_service', columns: ['company_id', 'service_id', 'start_ms'] },
      { name: 'sessions_by_expiry', columns: ['expires_ms'] },
      { name: 'sessions_by_end', columns: ['end_ms'] },
    ],
  },
];

/** Which entities carry rules of their own. */
const ruled = ['services', 'resources', 'schedules'] as const;

/** Units of whatever is scarce, sessions and their seats; rules of services, resources and schedules. */
export const scarceSchema: Migration = {
  name: '0002-scarce',
  loses: 'units of limits, sessions with their seats, and the rules of services, resources and schedules',
  async up(schema) {
    for (const table of tables(schema.types)) await schema.createTable(table);
    for (const table of ruled) await schema.addColumn({ table, name: 'rules', type: schema.types.longText });
  },
  async down(schema) {
    for (const table of ruled) await schema.dropColumn({ table, name: 'rules' });
    await schema.dropTables(
      tables(schema.types)
        .map((table) => table.name)
        .reverse(),
    );
  },
};
