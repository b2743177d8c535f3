import { globalKeys } from '../globalKeys.ts';
import type { ColumnTypes, TableSpec } from '../schema.ts';
import { directoryTables } from './0001-directory.ts';
import { nullable } from './columns.ts';
import type { Migration } from './migration.ts';

function offerTables({ id, long, int, flag, text, longText }: ColumnTypes): readonly TableSpec[] {
  return [
    {
      name: 'schedules',
      columns: {
        company_id: id,
        id,
        schedule_key: text(128),
        time_zone: nullable(text(64)),
        weekly: longText,
        overrides: longText,
        valid_from: nullable(text(10)),
        valid_to: nullable(text(10)),
        active: flag,
        position: int,
      },
      primaryKey: ['company_id', 'id'],
    },
    {
      name: 'resources',
      columns: {
        company_id: id,
        id,
        resource_key: text(128),
        name: text(255),
        kind: text(16),
        branch_id: id,
        schedule_id: nullable(id),
        time_off: longText,
        capacity: int,
        active: flag,
        position: int,
      },
      primaryKey: ['company_id', 'id'],
    },
    {
      name: 'services',
      columns: {
        company_id: id,
        id,
        service_key: text(128),
        name: text(255),
        duration_minutes: int,
        step_minutes: int,
        buffer_before_minutes: int,
        buffer_after_minutes: int,
        buffers_within_hours: flag,
        grid: text(16),
        notice_minutes: nullable(int),
        horizon_days: nullable(int),
        price_minor: nullable(long),
        price_currency: nullable(text(3)),
        active: flag,
        position: int,
      },
      primaryKey: ['company_id', 'id'],
    },
    {
      name: 'service_resources',
      columns: { company_id: id, service_id: id, position: int, resource_id: id },
      primaryKey: ['company_id', 'service_id', 'position'],
      clustered: true,
    },
  ];
}

function bookingTables({ id, long, int, text, longText }: ColumnTypes): readonly TableSpec[] {
  const booked = {
    company_id: id,
    id,
    branch_id: id,
    service_id: id,
    resource_ids: longText,
    start_ms: long,
    end_ms: long,
    spans: longText,
  };
  return [
    {
      name: 'customers',
      columns: {
        company_id: id,
        id,
        phone: nullable(text(32)),
        name: nullable(text(255)),
        email: nullable(text(320)),
        locale: nullable(text(35)),
        no_shows: int,
      },
      primaryKey: ['company_id', 'id'],
      indexes: [{ name: 'customers_phone', columns: ['company_id', 'phone'], unique: true }],
    },
    {
      name: 'holds',
      columns: { ...booked, owner: text(255), expires_ms: long },
      primaryKey: ['company_id', 'id'],
      indexes: [{ name: 'holds_by_expiry', columns: ['expires_ms'] }],
    },
    {
      name: 'appointments',
      columns: {
        ...booked,
        customer_id: nullable(id),
        status: text(16),
        version: int,
        source: text(64),
        call_id: nullable(id),
        price_minor: nullable(long),
        price_currency: nullable(text(3)),
        notes: nullable(longText),
        metadata: longText,
        created_ms: long,
        updated_ms: long,
      },
      primaryKey: ['company_id', 'id'],
      // After the place and time by which rows are found come the columns of the order and of the filters.
      indexes: [
        {
          name: 'appointments_by_branch',
          columns: ['company_id', 'branch_id', 'start_ms', 'id', 'status', 'service_id', 'end_ms'],
        },
        { name: 'appointments_by_start', columns: ['company_id', 'start_ms', 'id', 'status'] },
        { name: 'appointments_by_customer', columns: ['company_id', 'customer_id', 'start_ms', 'id', 'status'] },
      ],
    },
    {
      name: 'spans',
      columns: {
        company_id: id,
        resource_id: id,
        start_ms: long,
        owner_id: id,
        end_ms: long,
        expires_ms: nullable(long),
        first_cell: long,
        end_cell: long,
      },
      primaryKey: ['company_id', 'resource_id', 'start_ms', 'owner_id'],
      clustered: true,
      indexes: [
        // All that giving back needs, so that no planner prefers a longer way through the key.
        { name: 'spans_by_owner', columns: ['company_id', 'owner_id', 'first_cell', 'end_cell'] },
        { name: 'spans_by_end', columns: ['end_ms'] },
      ],
    },
    {
      name: 'claims',
      columns: { company_id: id, subject: id, cell: long, ordinal: int, owner_id: id, expires_ms: nullable(long) },
      primaryKey: ['company_id', 'subject', 'cell', 'ordinal'],
      clustered: true,
    },
    {
      name: 'idempotency',
      columns: { company_id: id, idempotency_key: text(255), fingerprint: text(128), result_id: id, created_ms: long },
      primaryKey: ['company_id', 'idempotency_key'],
      clustered: true,
      indexes: [{ name: 'idempotency_by_age', columns: ['created_ms'] }],
    },
    {
      name: 'outbox',
      columns: {
        company_id: id,
        aggregate: text(191),
        sequence: long,
        id,
        name: text(64),
        occurred_ms: long,
        payload: longText,
        attempts: int,
        due_ms: long,
        lease_owner: nullable(text(191)),
        delivered: longText,
        last_error: nullable(longText),
        sent_ms: nullable(long),
      },
      primaryKey: ['company_id', 'aggregate', 'sequence'],
      indexes: [
        { name: 'outbox_by_event', columns: ['id'] },
        { name: 'outbox_by_due', columns: ['sent_ms', 'due_ms'] },
      ],
    },
  ];
}

function documentTables({ id, int, text, longText }: ColumnTypes): readonly TableSpec[] {
  return [
    {
      name: 'documents',
      columns: { company_id: id, collection: text(64), id: text(128), content: longText, version: int },
      primaryKey: ['company_id', 'collection', 'id'],
    },
    {
      name: 'document_indexes',
      columns: { company_id: id, collection: text(64), name: text(64), content: text(255), document_id: text(128) },
      primaryKey: ['company_id', 'collection', 'name', 'content', 'document_id'],
      clustered: true,
      indexes: [{ name: 'document_indexes_by_document', columns: ['company_id', 'collection', 'document_id'] }],
    },
  ];
}

const tables = (types: ColumnTypes): readonly TableSpec[] => [
  ...directoryTables(types),
  ...offerTables(types),
  ...bookingTables(types),
  ...documentTables(types),
];

/** Companies and what they configure, bookings and what guards them, the outbox, calls and documents. */
export const firstSchema: Migration = {
  name: '0001-first',
  loses: 'everything that is stored',
  async up(schema) {
    for (const table of tables(schema.types)) await schema.createTable(table);
    const { table, columns, index } = globalKeys.number;
    await schema.uniqueWhileActive({ name: index, table, column: columns[0], type: schema.types.text(32) });
  },
  async down(schema) {
    await schema.dropTables(
      tables(schema.types)
        .map((table) => table.name)
        .reverse(),
    );
  },
};
