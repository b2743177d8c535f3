import type { Call } from '../../adapter.ts';
import { idOf, idOrNull, int, intOrNull, json, text, textOrNull } from './cell.ts';
import type { Row } from './program.ts';

/** Columns of a call in the order in which rows are read. */
export const callColumns = [
  'company_id', 'id', 'branch_id', 'provider', 'provider_call_id', 'from_number', 'to_number', 'status', 'customer_id',
  'appointment_id', 'started_ms', 'ended_ms', 'transcript', 'summary', 'outcome', 'offers', 'version', 'updated_ms',
] as const; // prettier-ignore

/** A row of `callColumns` as a call. */
export const readCallRow = (row: Row): Call => ({
  id: idOf(row[1]),
  companyId: idOf(row[0]),
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
  transcript: textOrNull(row[12]),
  summary: textOrNull(row[13]),
  outcome: textOrNull(row[14]),
  offers: json(row[15]),
  version: int(row[16]),
  updatedMs: int(row[17]),
});
