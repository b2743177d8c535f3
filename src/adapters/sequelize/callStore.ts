import { callTime } from '../../adapter.ts';
import type { Call, CallId, CompanyId } from '../../adapter.ts';
import type { UnitOfWork } from './dialect.ts';
import { idBytes } from './ids.ts';
import { reading, storedId } from './modelRow.ts';
import type { StoredRow } from './models.ts';
import type { Opened } from './opened.ts';
import { isUniqueConstraintError } from './uniqueError.ts';

const callRow = (call: Call): StoredRow => ({
  id: storedId(call.id),
  branch_id: storedId(call.branchId),
  provider: call.provider,
  provider_call_id: call.providerCallId,
  from_number: call.from,
  to_number: call.to,
  status: call.status,
  customer_id: storedId(call.customerId),
  appointment_id: storedId(call.appointmentId),
  started_ms: call.startedMs,
  ended_ms: call.endedMs,
  transcript: call.transcript,
  summary: call.summary,
  outcome: call.outcome,
  offers: JSON.stringify(call.offers),
  version: call.version,
  updated_ms: call.updatedMs,
  time_ms: callTime(call),
});

const readCall = (row: StoredRow): Call => {
  const { id, idOrNull, text, textOrNull, int, intOrNull, json } = reading(row);
  return {
    id: id('id'),
    companyId: id('company_id'),
    branchId: idOrNull('branch_id'),
    provider: text('provider'),
    providerCallId: text('provider_call_id'),
    from: textOrNull('from_number'),
    to: textOrNull('to_number'),
    status: text('status'),
    customerId: idOrNull('customer_id'),
    appointmentId: idOrNull('appointment_id'),
    startedMs: intOrNull('started_ms'),
    endedMs: intOrNull('ended_ms'),
    transcript: textOrNull('transcript'),
    summary: textOrNull('summary'),
    outcome: textOrNull('outcome'),
    offers: json('offers'),
    version: int('version'),
    updatedMs: int('updated_ms'),
  };
};

/** Reads one provider's call of a company. */
export async function findCall(
  { database, models }: Opened,
  company: CompanyId,
  provider: string,
  providerCallId: string,
): Promise<Call | undefined> {
  const where = { company_id: idBytes(company), provider, provider_call_id: providerCallId };
  const row = await database.snapshot((transaction) => models.calls.findOne({ where, raw: true, transaction }));
  return row === null ? undefined : readCall(row as unknown as StoredRow);
}

/** Reads a call of a company by our own id. */
export async function findCallById(
  { database, models }: Opened,
  company: CompanyId,
  id: CallId,
): Promise<Call | undefined> {
  const where = { company_id: idBytes(company), id: idBytes(id) };
  const row = await database.snapshot((transaction) => models.calls.findOne({ where, raw: true, transaction }));
  return row === null ? undefined : readCall(row as unknown as StoredRow);
}

/** Stores a call at the version after the expected one; false when another write or company was there first. */
export async function storeCall(
  { database, models }: Opened,
  company: CompanyId,
  call: Call,
  expectedVersion: number,
): Promise<boolean> {
  const company_id = idBytes(company);
  const row = callRow(call);
  const write = async ({ transaction }: UnitOfWork): Promise<boolean> => {
    if (expectedVersion === 0) {
      await models.calls.create({ company_id, ...row }, { transaction });
      return true;
    }
    const where = { company_id, id: idBytes(call.id), version: expectedVersion };
    const [changed] = await models.calls.update(row, { where, transaction });
    return changed === 1;
  };
  try {
    return await database.transact(write, (stored) => stored);
  } catch (error) {
    if (isUniqueConstraintError(error)) return false;
    throw error;
  }
}
