import type { IdlePage, IdleQuery, Retired, Retiring } from '../../adapter.ts';
import { bytes, int, intOrNull, text } from './cell.ts';
import type { SqlDialect } from './dialect.ts';
import { changeMany, changesOf, isKey, readingOf, rowsOfMany } from './forMany.ts';
import { idBytes, idText } from './ids.ts';
import { rows } from './program.ts';
import type { Program, Row, SqlValue } from './program.ts';
import { releaseAll } from './sweepProgram.ts';

const DAY_MS = 86_400_000;
const byId = isKey(['company_id', 'id']);
const ofAggregate = isKey(['company_id', 'aggregate']);

/** One piece along the index of times; the key of an appointment's time is its start, which no end comes before. */
const piece = (columns: string, table: string, time: string): string =>
  `SELECT id, ${time}, ${columns} FROM ${table} WHERE company_id = ? AND ${time} >= ? AND ${time} <= ?` +
  ` AND (${time} > ? OR id > ?) ORDER BY ${time}, id LIMIT ?`;

const noWords = "transcript = NULL, summary = NULL, outcome = NULL, offers = '{}'";
const hasWords = "transcript IS NOT NULL OR summary IS NOT NULL OR outcome IS NOT NULL OR offers <> '{}'";

/** The statements that find what was kept for long enough, and take it away. */
export const retireSql = {
  appointments: piece('end_ms, updated_ms', 'appointments', 'start_ms'),
  calls: piece(`status, updated_ms, CASE WHEN ${hasWords} THEN 1 ELSE 0 END`, 'calls', 'time_ms'),
  unsent: readingOf('SELECT aggregate FROM outbox', `${ofAggregate} AND sent_ms IS NULL`),
  events: changesOf('DELETE FROM outbox', `${ofAggregate} AND sent_ms IS NOT NULL`),
  otherResources: changesOf('DELETE FROM appointment_resources', isKey(['company_id', 'appointment_id'])),
  callsOf: changesOf(
    'UPDATE calls SET appointment_id = NULL, version = version + 1',
    isKey(['company_id', 'appointment_id']),
  ),
  deleteAppointments: changesOf('DELETE FROM appointments', byId),
  deleteCalls: changesOf('DELETE FROM calls', byId),
  silence: changesOf(`UPDATE calls SET ${noWords}, version = version + 1`, byId),
  /** Ids begin with the moment at which they were made, and an appointment is made during its call. */
  madeBetween:
    'SELECT id, call_id FROM appointments WHERE company_id = ? AND id >= ? AND id < ? AND call_id IS NOT NULL',
  withoutCall: changesOf('UPDATE appointments SET call_id = NULL, version = version + 1', byId),
  customers: 'SELECT id, phone FROM customers WHERE company_id = ? AND id > ? AND id < ? ORDER BY id LIMIT ?',
  laterAppointments: readingOf(
    'SELECT customer_id FROM appointments',
    `${isKey(['company_id', 'customer_id'])} AND start_ms > ?`,
  ),
  laterCalls: readingOf('SELECT customer_id FROM calls', `${isKey(['company_id', 'customer_id'])} AND time_ms > ?`),
  laterCallers: readingOf('SELECT from_number FROM calls', `${isKey(['company_id', 'from_number'])} AND time_ms > ?`),
} as const;

const nobody = new Uint8Array(16);

/** The least id that is made at a moment. */
const firstIdAt = (ms: number): Uint8Array =>
  Buffer.from(Math.max(0, Math.floor(ms)).toString(16).padStart(12, '0').padEnd(32, '0'), 'hex');

/** When an id was made. */
const madeAt = (id: Uint8Array): number => Buffer.from(id).readUIntBE(0, 6);

/** A row that is looked at: id, time, and what its kind reads besides. */
function* candidates(company: Uint8Array, sql: string, { beforeMs, after, limit }: Retiring): Program<readonly Row[]> {
  const [fromMs, id] = after === undefined ? [0, nobody] : [after.timeMs, idBytes(after.id)];
  // Before the first row stands nothing, whatever its time.
  const passed = after === undefined ? -1 : fromMs;
  return yield* rows(sql, [company, fromMs, beforeMs, passed, id, limit]);
}

/** Those of which no event still waits to be delivered. */
function* settled(company: Uint8Array, found: readonly Row[]): Program<readonly Row[]> {
  const aggregates = found.map((row): Row => [company, idText(bytes(row[0]))]);
  const waiting = new Set((yield* rowsOfMany(retireSql.unsent, aggregates)).map((row) => text(row[0])));
  return found.filter((row) => !waiting.has(idText(bytes(row[0]))));
}

function* retireAppointments(
  sql: SqlDialect,
  company: Uint8Array,
  due: readonly Row[],
  nowMs: number,
): Program<number> {
  const keys = due.map((row): Row => [company, row[0] ?? null]);
  yield* releaseAll(sql, keys, nowMs);
  yield* changeMany(retireSql.events, due.map((row): Row => [company, idText(bytes(row[0]))])); // prettier-ignore
  yield* changeMany(retireSql.otherResources, keys);
  yield* changeMany(retireSql.callsOf, keys);
  return yield* changeMany(retireSql.deleteAppointments, keys);
}

/** Appointments that name one of these calls do so no more. */
function* withoutCalls(company: Uint8Array, due: readonly Row[]): Program<void> {
  const gone = new Set(due.map((row) => idText(bytes(row[0]))));
  const moments = due.flatMap((row) => [int(row[1]), int(row[3]), madeAt(bytes(row[0]))]);
  if (moments.length === 0) return;
  const [from, to] = [Math.min(...moments) - DAY_MS, Math.max(...moments) + DAY_MS];
  const made = yield* rows(retireSql.madeBetween, [company, firstIdAt(from), firstIdAt(to)]);
  const naming = made.filter((row) => gone.has(idText(bytes(row[1]))));
  yield* changeMany(retireSql.withoutCall, naming.map((row): Row => [company, row[0] ?? null])); // prettier-ignore
}

function* retireCalls(company: Uint8Array, due: readonly Row[], isWhole: boolean): Program<number> {
  const keys = due.map((row): Row => [company, row[0] ?? null]);
  yield* changeMany(retireSql.events, due.map((row): Row => [company, idText(bytes(row[0]))])); // prettier-ignore
  if (!isWhole) return yield* changeMany(retireSql.silence, keys);
  yield* withoutCalls(company, due);
  return yield* changeMany(retireSql.deleteCalls, keys);
}

const isOver = (row: Row, { beforeMs, unchangedSinceMs }: Retiring): boolean =>
  int(row[2]) <= beforeMs && int(row[3]) <= unchangedSinceMs;
const hasEnded = (row: Row): boolean => row[2] === 'completed' || row[2] === 'analyzed';
const isTelling = (row: Row): boolean => intOrNull(row[4]) === 1;

/** Takes away one piece of what a company has kept for long enough: whole rows with all that belongs to them. */
export function* retire(sql: SqlDialect, company: Uint8Array, retiring: Retiring, nowMs: number): Program<Retired> {
  const { kind, limit, dryRun = false } = retiring;
  const ofAppointments = kind === 'appointments';
  // Locked: whoever changes one of them at the same time goes first, or finds it gone.
  const lock = dryRun ? '' : sql.forUpdate;
  const found = yield* candidates(
    company,
    (ofAppointments ? retireSql.appointments : retireSql.calls) + lock,
    retiring,
  );
  const old = found.filter((row) => (ofAppointments ? isOver(row, retiring) : hasEnded(row)));
  const due = yield* settled(company, kind === 'transcripts' ? old.filter(isTelling) : old);
  const last = found.length < limit ? undefined : found.at(-1);
  const next = last === undefined ? null : { timeMs: int(last[1]), id: idText(bytes(last[0])) };
  if (dryRun || due.length === 0) return { taken: due.length, next };
  const taken = ofAppointments
    ? yield* retireAppointments(sql, company, due, nowMs)
    : yield* retireCalls(company, due, kind === 'calls');
  return { taken, next };
}

/** Reads which of some customers have neither come nor called for long. */
export function* idleCustomers(company: Uint8Array, { beforeMs, after, limit }: IdleQuery): Program<IdlePage> {
  const from = after === undefined ? nobody : idBytes(after);
  const found = yield* rows(retireSql.customers, [company, from, firstIdAt(beforeMs), limit]);
  const since = (value: SqlValue | undefined): Row => [company, value ?? null, beforeMs];
  const keys = found.map((row) => since(row[0]));
  const callers = found.flatMap((row) => (row[1] === null ? [] : [since(row[1])]));
  const seen = [
    ...(yield* rowsOfMany(retireSql.laterAppointments, keys)),
    ...(yield* rowsOfMany(retireSql.laterCalls, keys)),
  ];
  const active = new Set(seen.map((row) => idText(bytes(row[0]))));
  const heard = new Set((yield* rowsOfMany(retireSql.laterCallers, callers)).map((row) => row[0]));
  const last = found.length < limit ? undefined : found.at(-1);
  const idle = found.filter((row) => !heard.has(row[1] ?? '') && !active.has(idText(bytes(row[0]))));
  return {
    ids: idle.map((row) => idText(bytes(row[0]))),
    next: last === undefined ? null : idText(bytes(last[0])),
  };
}
