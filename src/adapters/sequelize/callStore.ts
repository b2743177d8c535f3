import { callTime } from '../../adapter.ts';
import type { Call, CallId, CallNames, CompanyId } from '../../adapter.ts';
import { callColumns, readCallRow } from './callRows.ts';
import type { SqlDialect } from './dialect.ts';
import { idBytes } from './ids.ts';
import { insertSql } from './insertSql.ts';
import { admitChosen, rows } from './program.ts';
import type { Program, SqlValue } from './program.ts';

const written = [...callColumns.slice(1), 'time_ms'];
const byKey = 'WHERE company_id = ? AND id = ?';

/** The statements of single calls. */
export const callSql = {
  call: `SELECT ${callColumns.join(', ')} FROM calls WHERE company_id = ? AND provider = ? AND provider_call_id = ?`,
  callById: `SELECT ${callColumns.join(', ')} FROM calls ${byKey}`,
  insert: insertSql('calls', ['company_id', ...written], 1),
  insertWhere: `INSERT INTO calls (company_id, ${written.join(', ')}) SELECT ?${', ?'.repeat(written.length)} WHERE `,
  update: `UPDATE calls SET ${written
    .slice(1)
    .map((column) => `${column} = ?`)
    .join(', ')} ${byKey} AND version = ?`,
} as const;

const bytesOrNull = (id: string | null): SqlValue => (id === null ? null : idBytes(id));

const callRow = (call: Call): readonly SqlValue[] => [
  idBytes(call.id),
  bytesOrNull(call.branchId),
  call.provider,
  call.providerCallId,
  call.from,
  call.to,
  call.status,
  bytesOrNull(call.customerId),
  bytesOrNull(call.appointmentId),
  call.startedMs,
  call.endedMs,
  call.transcript,
  call.summary,
  call.outcome,
  JSON.stringify(call.offers),
  call.version,
  call.updatedMs,
  callTime(call),
];

/** Reads one provider's call of a company. */
export function* findCall(company: CompanyId, provider: string, providerCallId: string): Program<Call | undefined> {
  const [row] = yield* rows(callSql.call, [idBytes(company), provider, providerCallId]);
  return row === undefined ? undefined : readCallRow(row);
}

/** Reads a call of a company by our own id. */
export function* findCallById(company: CompanyId, id: CallId): Program<Call | undefined> {
  const [row] = yield* rows(callSql.callById, [idBytes(company), idBytes(id)]);
  return row === undefined ? undefined : readCallRow(row);
}

/** What has to be there, and stay there until the commit: a condition of the same statement, so that it costs no way of its own. */
function conditionsOf(
  { forShare }: SqlDialect,
  company: SqlValue,
  { branchId, customerId, appointmentId }: CallNames,
): { readonly sql: readonly string[]; readonly values: readonly SqlValue[] } {
  const named = [
    // A branch may go although calls name it, so nobody waits for it.
    ['branches', branchId, ''],
    ['customers', customerId, forShare],
    ['appointments', appointmentId, forShare],
  ] as const;
  const asked = named.flatMap(([table, id, lock]) => (id === undefined ? [] : [{ table, id: idBytes(id), lock }]));
  return {
    sql: asked.map(({ table, lock }) => `EXISTS (SELECT 1 FROM ${table} ${byKey}${lock})`),
    values: asked.flatMap(({ id }) => [company, id]),
  };
}

/** Stores a call at the version after the expected one; false when another write or company was there first. */
export function* storeCall(
  sql: SqlDialect,
  company: Uint8Array,
  call: Call,
  expectedVersion: number,
  names: CallNames,
): Program<boolean> {
  const { sql: conditions, values } = conditionsOf(sql, company, names);
  const row = callRow(call);
  if (expectedVersion === 0) {
    const insert = conditions.length === 0 ? callSql.insert : callSql.insertWhere + conditions.join(' AND ');
    return yield* admitChosen(insert, [company, ...row, ...values]);
  }
  const update = [callSql.update, ...conditions].join(' AND ');
  return yield* admitChosen(update, [...row.slice(1), company, idBytes(call.id), expectedVersion, ...values]);
}
