import type { CallQuery, CompanyId, ListedCall } from '../../adapter.ts';
import { idOf, idOrNull, int, intOrNull, text, textOrNull } from './cell.ts';
import { Conditions, inOrder } from './conditions.ts';
import { idBytes } from './ids.ts';
import { rows } from './program.ts';
import type { Program, Row } from './program.ts';

const listedColumns = [
  'company_id', 'id', 'branch_id', 'provider', 'provider_call_id', 'from_number', 'to_number', 'status', 'customer_id',
  'appointment_id', 'started_ms', 'ended_ms', 'summary', 'outcome', 'version', 'updated_ms',
] as const; // prettier-ignore

const readListedCall = (row: Row): ListedCall => ({
  companyId: idOf(row[0]),
  id: idOf(row[1]),
  branchId: idOrNull(row[2]),
  provider: text(row[3]),
  providerCallId: text(row[4]),
  from: textOrNull(row[5]),
  to: textOrNull(row[6]),
  status: text(row[7]),
  customerId: idOrNull(row[8]),
  appointmentId: idOrNull(row[9]),
  startedMs: intOrNull(row[10]),
  endedMs: intOrNull(row[11]),
  summary: textOrNull(row[12]),
  outcome: textOrNull(row[13]),
  version: int(row[14]),
  updatedMs: int(row[15]),
});

/** Lists calls by their time, of one caller or of all, along the index that is in that order. */
export function* listCalls(company: CompanyId, query: CallQuery): Program<readonly ListedCall[]> {
  const { fromMs, toMs, statuses, caller, sort = '-time', after, limit } = query;
  if (statuses?.length === 0) return [];
  const isDescending = sort === '-time';
  const filters = new Conditions('company_id = ?', idBytes(company));
  if (caller !== undefined) filters.add('from_number = ?', caller);
  filters.between('time_ms', fromMs, toMs);
  if (after !== undefined) filters.after('time_ms', after.timeMs, 'id', idBytes(after.id), isDescending);
  if (statuses !== undefined) filters.among('status', statuses);
  const found = yield* rows(
    `SELECT ${listedColumns.join(', ')} FROM calls${filters.where()}` +
      ` ORDER BY ${inOrder('time_ms', 'id', isDescending)} LIMIT ?`,
    [...filters.values, limit],
  );
  return found.map(readListedCall);
}
