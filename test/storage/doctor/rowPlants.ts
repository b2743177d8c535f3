import { newId } from '../sample.ts';
import { asText } from './bytesOf.ts';
import { withId } from './plant.ts';
import type { Plant } from './plant.ts';

/** Sets a column of an appointment to what it must not be. */
const appointment = (name: string, code: Plant['codes'][number], column: string, value: string | number): Plant => ({
  name,
  codes: [code],
  tables: ['appointments'],
  plant: (at, { company, cut }) => at.run(`UPDATE appointments SET ${column} = ? ${withId}`, [value, company, cut.id]),
});

/** Columns that name other rows, and a condition where the column is not in use by itself. */
const references: readonly (readonly [table: string, column: string])[] = [
  ['branches', 'schedule_id'],
  ['phone_numbers', 'branch_id'],
  ['phone_numbers', 'default_service_id'],
  ['phone_numbers', 'default_resource_id'],
  ['agents', 'branch_id'],
  ['resources', 'branch_id'],
  ['resources', 'schedule_id'],
  ['service_resources', 'resource_id'],
  ['calls', 'branch_id'],
  ['calls', 'customer_id'],
  ['calls', 'appointment_id'],
  ['appointments', 'branch_id'],
  ['appointments', 'service_id'],
  ['appointments', 'customer_id'],
  ['appointments', 'call_id'],
  ['holds', 'branch_id'],
  ['holds', 'service_id'],
];

const referencePlants = references.map(([table, column]): Plant => ({
  name: `${table}.${column} that names nothing`,
  codes: ['REFERENCE_MISSING'],
  tables: [table],
  plant: (at, { company }) => at.run(`UPDATE ${table} SET ${column} = ? WHERE company_id = ?`, [newId(), company]),
}));

const event = (company: string, aggregate: string, sequence: number) => [company, aggregate, sequence, newId()];
const insertEvent =
  'INSERT INTO outbox (company_id, aggregate, sequence, id, name, occurred_ms, payload, attempts, due_ms, delivered)' +
  " VALUES (?, ?, ?, ?, 'appointment.booked', 1, '{}', 0, 1, '[]')";

/** Plants in rows and between them. */
export const rowPlants: readonly Plant[] = [
  ...referencePlants,
  {
    name: 'service_resources.service_id that names nothing',
    codes: ['REFERENCE_MISSING'],
    tables: ['service_resources'],
    plant: (at, { company, cut }) =>
      at.run('UPDATE service_resources SET service_id = ? WHERE company_id = ? AND service_id = ?', [newId(), company, cut.serviceId]), // prettier-ignore
  },
  {
    name: 'a session of a service that does not exist',
    codes: ['REFERENCE_MISSING'],
    tables: ['sessions'],
    plant: (at, { company, seatHold }) =>
      at.run(`UPDATE sessions SET service_id = ? ${withId}`, [newId(), company, seatHold.sessionId]),
  },
  appointment('resources and spans that differ', 'COLUMNS_DIFFER', 'resource_ids', '[]'),
  appointment('a start outside the spans', 'COLUMNS_DIFFER', 'start_ms', 1),
  appointment('another first resource', 'COLUMNS_DIFFER', 'staff_id', '01234567-89ab-7def-8123-456789abcdef'),
  {
    name: 'an appointment that is not found by its second resource',
    codes: ['COLUMNS_DIFFER'],
    tables: ['appointment_resources'],
    plant: (at, { company }) => at.run('DELETE FROM appointment_resources WHERE company_id = ?', [company]),
  },
  {
    name: 'a resource of an appointment that does not exist',
    codes: ['REFERENCE_MISSING'],
    tables: ['appointment_resources'],
    plant: (at, { company }) =>
      at.copy('appointment_resources', 'WHERE company_id = ?', [company], { appointment_id: newId() }),
  },
  {
    name: 'a customer who is not found by his name',
    codes: ['COLUMNS_DIFFER'],
    tables: ['customers'],
    plant: (at, { company }) => at.run("UPDATE customers SET name_key = 'other' WHERE company_id = ?", [company]),
  },
  appointment('an unknown status', 'VALUE_INVALID', 'status', 'lost'),
  appointment('spans that cannot be read', 'VALUE_INVALID', 'spans', 'nonsense'),
  appointment('details that cannot be read', 'VALUE_INVALID', 'details', '[]'),
  appointment('metadata that cannot be read', 'VALUE_INVALID', 'metadata', '1'),
  appointment('a version of nothing', 'VALUE_INVALID', 'version', 0),
  {
    name: 'a customer who came more often than he was awaited',
    codes: ['VALUE_INVALID'],
    tables: ['customers'],
    plant: (at, { company }) => at.run('UPDATE customers SET no_shows = -1 WHERE company_id = ?', [company]),
  },
  {
    name: 'a number in another form',
    codes: ['PHONE_INVALID'],
    tables: ['phone_numbers'],
    plant: (at, { company }) => at.run("UPDATE phone_numbers SET e164 = '030 555' WHERE company_id = ?", [company]),
  },
  {
    name: "a customer's number in another form",
    codes: ['PHONE_INVALID'],
    tables: ['customers'],
    plant: (at, { company }) => at.run("UPDATE customers SET phone = '0171' WHERE company_id = ?", [company]),
  },
  {
    name: 'a customer of no company',
    codes: ['COMPANY_MISSING'],
    tables: ['customers'],
    plant: (at, { company }) => at.copy('customers', 'WHERE company_id = ?', [company], { company_id: newId() }),
  },
  {
    name: 'a key that stands for nothing',
    codes: ['KEY_RESULT_MISSING'],
    tables: ['idempotency'],
    plant: (at, { company }) =>
      at.run('UPDATE idempotency SET result_id = ? WHERE company_id = ? AND idempotency_key = ?', [
        newId(),
        company,
        'cut',
      ]),
  },
  {
    name: 'a key and an event of an appointment that is lost',
    codes: ['APPOINTMENT_LOST', 'KEY_RESULT_MISSING'],
    tables: ['idempotency', 'outbox'],
    async plant(at, { company }) {
      const id = newId();
      await at.run(insertEvent, event(company, asText(id), 1));
      await at.run('UPDATE idempotency SET result_id = ? WHERE company_id = ? AND idempotency_key = ?', [
        id,
        company,
        'cut',
      ]);
    },
  },
  {
    name: 'an event of an appointment that is lost',
    codes: ['APPOINTMENT_LOST'],
    tables: ['outbox'],
    plant: (at, { company }) => at.run(insertEvent, event(company, asText(newId()), 1)),
  },
  {
    name: 'an event that is missing',
    codes: ['EVENTS_GAP'],
    tables: ['outbox'],
    plant: (at, { company, cut }) => at.run(insertEvent, event(company, asText(cut.id), 3)),
  },
  {
    name: 'an event that was sent too early',
    codes: ['EVENTS_DISORDERED'],
    tables: ['outbox'],
    async plant(at, { company, cut }) {
      await at.run(insertEvent, event(company, asText(cut.id), 2));
      await at.run('UPDATE outbox SET sent_ms = 5 WHERE company_id = ? AND aggregate = ? AND sequence = 2', [company, asText(cut.id)]); // prettier-ignore
    },
  },
  {
    name: 'a value of a document that is gone',
    codes: ['DOCUMENT_INDEX_ORPHANED'],
    tables: ['documents'],
    plant: (at, { company }) => at.run("DELETE FROM documents WHERE company_id = ? AND id = 'one'", [company]),
  },
];
