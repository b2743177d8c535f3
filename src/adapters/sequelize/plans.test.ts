import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId, sampleCompany } from '../../../test/storage/sample.ts';
import { listAgenda } from './agenda.ts';
import { listCalls } from './callListing.ts';
import { bookingSql } from './bookingSql.ts';
import { busyProgram } from './busyRead.ts';
import { directoryPrograms } from './directoryReads.ts';
import { sqliteSql } from './dialects/sqlite/sql.ts';
import { idBytes } from './ids.ts';
import { migrate, sqlite } from './index.ts';
import { listAppointments, listCustomers, listHolds, listHoldsOf, searchCustomers } from './listing.ts';
import { outboxSql } from './maintenanceWork.ts';
import { ownedSql } from './ownedRows.ts';
import type { Program } from './program.ts';
import { retireSql } from './retireProgram.ts';
import { staleCallsSql } from './staleCalls.ts';
import { purgeSql, sweepSql } from './sweepProgram.ts';
import { scarcePurgeSql, scarceSweepSql } from './sweepScarce.ts';
import { walkSql } from './walk.ts';

let folder: string;
let database: DatabaseSync;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'askpro-plans-'));
  await migrate(sqlite(join(folder, 'a.db')), 'up');
  database = new DatabaseSync(join(folder, 'a.db'));
});

afterAll(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

/** How SQLite would go about a statement, one step a line. */
const plan = (sql: string): string => {
  const steps = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
  return steps.map((step) => String(step['detail'])).join('\n');
};

const firstStatement = (program: Program<unknown>): string => {
  const step = program.next();
  if (step.done === true) throw new TypeError('the program runs no statement');
  return step.value.sql;
};

/** A search by an index in each of the thirty-two parts. */
const together = (table: string, index: string): RegExp =>
  new RegExp(`^COMPOUND QUERY(?:\n(?:LEFT-MOST SUBQUERY|UNION ALL)\nSEARCH ${table} USING ${index}){32}$`);

/** A search by an index for each of the thirty-two. */
const eachBy = (table: string, index: string): RegExp =>
  new RegExp(`MULTI-INDEX OR\n(?:INDEX \\d+\nSEARCH ${table} USING (?:COVERING )?${index}\n?){32}$`);

const { company } = sampleCompany();
const id = idBytes(company.id);
const range = { fromMs: 1, toMs: 2, limit: 10 } as const;

const statements: readonly (readonly [what: string, sql: () => string, index: RegExp])[] = [
  [
    'the busy read',
    () => firstStatement(busyProgram(sqliteSql, id, { resourceIds: [newId(), newId()], fromMs: 1, toMs: 2 }, 3)),
    /SEARCH spans USING PRIMARY KEY \(company_id=\? AND resource_id=\? AND start_ms>\? AND start_ms<\?\)/,
  ],
  ['a dialled number', () => firstStatement(directoryPrograms.number('+491')), /SEARCH n USING INDEX phone_numbers_by_e164/],
  ['an agent', () => firstStatement(directoryPrograms.agent('a')), /SEARCH a USING INDEX agents_agent_id/],
  ['companies page by page', () => firstStatement(directoryPrograms.companies({ after: 'a', limit: 10 })), /SEARCH c USING INDEX companies_company_key \(company_key>\?\)/],
  ['a credential', () => firstStatement(directoryPrograms.credential('h')), /SEARCH k USING INDEX api_keys_hash/],
  ['an idempotency key', () => bookingSql.idempotencyByKey, /SEARCH idempotency USING PRIMARY KEY/],
  ['a hold', () => bookingSql.hold, /SEARCH holds USING INDEX sqlite_autoindex_holds_1 \(company_id=\? AND id=\?\)/],
  ['an appointment', () => bookingSql.appointment, /SEARCH appointments USING INDEX sqlite_autoindex_appointments_1/],
  ['a customer by phone', () => bookingSql.customerByPhone, /SEARCH customers USING INDEX customers_phone/],
  ['what an owner occupies', () => bookingSql.spansOfOwner, /SEARCH spans USING COVERING INDEX spans_by_owner \(company_id=\? AND owner_id=\?\)/],
  [
    'everything that an owner holds',
    () => bookingSql.heldByOwner,
    /SEARCH spans USING COVERING INDEX spans_by_owner[^]*SEARCH units USING PRIMARY KEY \(company_id=\? AND owner_id=\?\)/,
  ],
  ['live places', () => bookingSql.livePlaces, /SEARCH claims USING PRIMARY KEY \(company_id=\? AND subject=\? AND cell>\? AND cell<\?\)/],
  ['live seats', () => bookingSql.liveOrdinals, /SEARCH claims USING PRIMARY KEY \(company_id=\? AND subject=\? AND cell=\?\)/],
  [
    'a busy read with an exception',
    () => firstStatement(busyProgram(sqliteSql, id, { resourceIds: [newId()], fromMs: 1, toMs: 2, except: newId() }, 3)),
    /SEARCH spans USING PRIMARY KEY \(company_id=\? AND resource_id=\? AND start_ms>\? AND start_ms<\?\)[^]*SEARCH u USING PRIMARY KEY \(company_id=\? AND owner_id=\?\)[^]*SEARCH c USING PRIMARY KEY \(company_id=\? AND subject=\? AND cell=\?\)/,
  ],
  [
    'sessions beside a busy read',
    () => firstStatement(busyProgram(sqliteSql, id, { resourceIds: [], fromMs: 1, toMs: 2, sessions: { serviceId: newId() } }, 3)),
    /SEARCH s USING INDEX sessions_by_service \(company_id=\? AND service_id=\? AND start_ms>\? AND start_ms<\?\)/,
  ],
  ['claims given back', () => bookingSql.deleteClaims, /SEARCH claims USING PRIMARY KEY \(company_id=\? AND subject=\? AND cell>\? AND cell<\?\)/],
  [
    "a branch's day",
    () => firstStatement(listAppointments(company.id, { ...range, branchId: newId(), statuses: ['confirmed'] })),
    /SEARCH a USING INDEX appointments_by_day \(company_id=\? AND branch_id=\? AND start_ms>\? AND start_ms<\?\)/,
  ],
  [
    "a branch's day as its agenda",
    () => firstStatement(listAgenda(company.id, { ...range, branchId: newId(), statuses: ['confirmed'] })),
    /SEARCH appointments USING COVERING INDEX appointments_by_day \(company_id=\? AND branch_id=\? AND start_ms>\? AND start_ms<\?\)/,
  ],
  ["a company's day", () => firstStatement(listAppointments(company.id, range)), /USING INDEX appointments_by_time/],
  ["a company's days backwards", () => firstStatement(listAppointments(company.id, { ...range, sort: '-start' })), /USING INDEX appointments_by_time/],
  ['what was changed since', () => firstStatement(listAppointments(company.id, { updatedFromMs: 1, sort: 'updated', after: { updatedMs: 1, id: newId() }, limit: 10 })), /USING INDEX appointments_by_update \(company_id=\? AND updated_ms>\?\)/],
  ['appointments as they came', () => firstStatement(listAppointments(company.id, { sort: '-created', limit: 10 })), /USING INDEX sqlite_autoindex_appointments_1 \(company_id=\?\)/],
  [
    "a resource's day",
    () => firstStatement(listAppointments(company.id, { ...range, resourceId: newId() })),
    /USING INDEX appointments_by_staff \(company_id=\? AND staff_id=\? AND start_ms>\? AND start_ms<\?\)[^]*SEARCH r USING PRIMARY KEY \(company_id=\? AND resource_id=\? AND start_ms>\? AND start_ms<\?\)[^]*SEARCH a USING INDEX sqlite_autoindex_appointments_1 \(company_id=\? AND id=\?\)/,
  ],
  ['customers by name', () => firstStatement(searchCustomers(company.id, { by: 'name', prefix: 'a', limit: 10 })), /USING INDEX customers_by_name \(company_id=\? AND name_key>\? AND name_key<\?\)/],
  ['customers by number', () => firstStatement(searchCustomers(company.id, { by: 'phone', prefix: '+', limit: 10 })), /USING INDEX customers_phone \(company_id=\? AND phone>\? AND phone<\?\)/],
  ['calls by their time', () => firstStatement(listCalls(company.id, range)), /USING INDEX calls_by_time \(company_id=\? AND time_ms>\? AND time_ms<\?\)/],
  ["a caller's calls", () => firstStatement(listCalls(company.id, { ...range, caller: '+491' })), /USING INDEX calls_by_caller \(company_id=\? AND from_number=\? AND time_ms>\? AND time_ms<\?\)/],
  ["a company's holds", () => firstStatement(listHolds(company.id, { limit: 10 }, 1)), /SEARCH holds USING INDEX sqlite_autoindex_holds_1 \(company_id=\?\)/],
  ['further resources of an appointment', () => bookingSql.deleteOtherResources, /SEARCH appointment_resources USING (COVERING )?INDEX appointment_resources_by_appointment/],
  [
    "a customer's appointments",
    () => firstStatement(listAppointments(company.id, { customerId: newId(), limit: 10 })),
    /USING INDEX appointments_by_customer \(company_id=\? AND customer_id=\?\)/,
  ],
  ['customers page by page', () => firstStatement(listCustomers(company.id, { after: newId(), limit: 10 })), /sqlite_autoindex_customers_1 \(company_id=\? AND id>\?\)/],
  ...(['appointments', 'customers', 'calls'] as const).map((kind) => [`a walk through ${kind}`, () => walkSql(kind, false), new RegExp(`SEARCH ${kind} USING INDEX sqlite_autoindex_${kind}_1 \\(company_id=\\? AND id>\\?\\)`)] as const),
  ['calls that nobody has ended', () => staleCallsSql, /SEARCH calls USING INDEX calls_by_status \(status=\? AND updated_ms<\?\)/],
  ['holds of an owner', () => firstStatement(listHoldsOf(company.id, 'a', 1)), /SEARCH holds USING INDEX sqlite_autoindex_holds_1 \(company_id=\?\)/],
  ['one span and its claims', () => ownedSql.span, /SEARCH s USING PRIMARY KEY \(company_id=\? AND resource_id=\? AND start_ms=\? AND owner_id=\?\)[^]*SEARCH c USING PRIMARY KEY \(company_id=\? AND subject=\? AND cell>\? AND cell<\?\)/],
  ["an owner's events", () => ownedSql.events, /SEARCH outbox USING (PRIMARY KEY|INDEX sqlite_autoindex_outbox_1) \(company_id=\? AND aggregate=\?\)/],
  ['events that are due', () => `${outboxSql.due} ORDER BY ${sqliteSql.dueOrder} LIMIT ?`, /SEARCH o USING INDEX outbox_by_due \(sent_ms=\? AND due_ms<\?\)/],
  ['one event', () => outboxSql.event, /SEARCH outbox USING INDEX outbox_by_event/],
  ['expired holds', () => sweepSql.expiredHolds, /SEARCH holds USING (COVERING )?INDEX holds_by_expiry/],
  ['units that have lapsed', () => scarceSweepSql.lapsedUnits, /SEARCH units USING (COVERING )?INDEX units_by_expiry/],
  ['units of past periods', () => scarceSweepSql.pastUnits, /SEARCH units USING (COVERING )?INDEX units_by_end/],
  ['sessions that have lapsed', () => scarceSweepSql.lapsedSessions, /SEARCH sessions USING INDEX sessions_by_expiry/],
  ['sessions that are over', () => scarceSweepSql.pastSessions, /SEARCH sessions USING INDEX sessions_by_end/],
  ['appointments that were kept for long enough', () => retireSql.appointments, /SEARCH appointments USING INDEX appointments_by_time \(company_id=\? AND start_ms>\? AND start_ms<\?\)/],
  ['calls that were kept for long enough', () => retireSql.calls, /SEARCH calls USING INDEX calls_by_time \(company_id=\? AND time_ms>\? AND time_ms<\?\)/],
  ['calls that name an appointment', () => retireSql.callsOf.many, eachBy('calls', 'INDEX calls_by_appointment \\(company_id=\\? AND appointment_id=\\?\\)')],
  ['appointments made during calls', () => retireSql.madeBetween, /SEARCH appointments USING INDEX sqlite_autoindex_appointments_1 \(company_id=\? AND id>\? AND id<\?\)/],
  ['customers who have come since', () => retireSql.laterAppointments.many, together('appointments', 'COVERING INDEX appointments_by_customer \\(company_id=\\? AND customer_id=\\? AND start_ms>\\?\\)')],
  ['customers who have called since', () => retireSql.laterCalls.many, together('calls', 'COVERING INDEX calls_by_customer \\(company_id=\\? AND customer_id=\\? AND time_ms>\\?\\)')],
  ['numbers that have called since', () => retireSql.laterCallers.many, together('calls', 'COVERING INDEX calls_by_caller \\(company_id=\\? AND from_number=\\? AND time_ms>\\?\\)')],
  ['customers to be looked at', () => retireSql.customers, /SEARCH customers USING INDEX sqlite_autoindex_customers_1 \(company_id=\? AND id>\? AND id<\?\)/],
  ['times that are over', () => sweepSql.pastSpans, /SEARCH spans USING INDEX spans_by_end \(end_ms<\?\)/],
  ['claims that are over', () => purgeSql.claims.many, eachBy('claims', 'PRIMARY KEY \\(company_id=\\? AND subject=\\? AND cell>\\? AND cell<\\?\\)')],
  ['spans that are over', () => purgeSql.spans.many, eachBy('spans', 'PRIMARY KEY \\(company_id=\\? AND resource_id=\\? AND start_ms=\\? AND owner_id=\\?\\)')],
  ['what expired holds occupy', () => purgeSql.spansOf.many, together('spans', 'COVERING INDEX spans_by_owner \\(company_id=\\? AND owner_id=\\?\\)')],
  ['units of expired holds', () => purgeSql.unitsOf.many, together('units', 'PRIMARY KEY \\(company_id=\\? AND owner_id=\\?\\)')],
  ['expired holds themselves', () => purgeSql.holds.many, eachBy('holds', 'INDEX sqlite_autoindex_holds_1 \\(company_id=\\? AND id=\\?\\)')],
  ['events that were sent', () => purgeSql.events.many, eachBy('outbox', 'INDEX sqlite_autoindex_outbox_1 \\(company_id=\\? AND aggregate=\\? AND sequence=\\?\\)')],
  ['old keys', () => purgeSql.keys.many, eachBy('idempotency', 'PRIMARY KEY \\(company_id=\\? AND idempotency_key=\\?\\)')],
  ['claims of lapsed units', () => scarcePurgeSql.lapsedClaims.many, eachBy('claims', 'PRIMARY KEY \\(company_id=\\? AND subject=\\? AND cell=\\? AND ordinal=\\?\\)')],
  ['lapsed units', () => scarcePurgeSql.lapsedUnits.many, eachBy('units', 'PRIMARY KEY \\(company_id=\\? AND owner_id=\\? AND subject=\\? AND cell=\\? AND ordinal=\\?\\)')],
]; // prettier-ignore

test.each(statements)('%s is read from its index, in its order', (_, sql, index) => {
  const steps = plan(sql());
  expect(steps).toMatch(index);
  expect(steps).not.toMatch(/SCAN (?!wanted|first_ones|other_ones|CONSTANT|\d)|TEMP B-TREE/);
});

test('units beside a busy read are counted by ranges of the key of the claims', () => {
  const units = [{ scope: 'a', fromPeriod: 1, toPeriod: 9 }, { scope: 'b', fromPeriod: 1, toPeriod: 9 }]; // prettier-ignore
  const sql = firstStatement(busyProgram(sqliteSql, id, { resourceIds: [newId()], fromMs: 1, toMs: 2, units }, 3));
  expect(plan(sql)).toMatch(/SEARCH claims USING PRIMARY KEY \(company_id=\? AND subject=\? AND cell>\? AND cell<\?\)/);
});

test('control: a read without an index is seen', () => {
  expect(plan('SELECT 1 FROM appointments WHERE source = ? ORDER BY notes')).toMatch(
    /SCAN appointments[^]*TEMP B-TREE/,
  );
});
