import type { CompanyId, CompanyRemoval, DomainEvent, EventId } from '../../adapter.ts';
import { idBytes } from './ids.ts';
import type { StoredRow, TableName } from './models.ts';
import type { Opened } from './opened.ts';
import { storeEvents } from './outboxProgram.ts';
import { rows } from './program.ts';
import type { Program } from './program.ts';

type By = Extract<CompanyRemoval, { kind: 'in-use' }>['by'];

/** What goes with a company. */
const tables = [
  'branches',
  'phone_numbers',
  'agents',
  'api_keys',
  'schedules',
  'resources',
  'services',
  'service_resources',
  'documents',
  'document_indexes',
] as const satisfies readonly TableName[];

const users = ['appointments', 'holds', 'customers', 'calls'] as const satisfies readonly By[];

/** Deletes a company that nobody has booked, called or held anything of. */
export function removeCompany(
  { database, models }: Opened,
  company: CompanyId,
  expectedRevision: number,
  newEventId: (nowMs: number) => string,
): Promise<CompanyRemoval> {
  const company_id = idBytes(company);
  return database.transact(
    async ({ transaction, nowMs, run }): Promise<CompanyRemoval> => {
      const where = { company_id, revision: expectedRevision };
      // Counted up before anything else: whoever changes the configuration at the same time waits here, and then fails.
      const [changed] = await models.companies.update({ revision: expectedRevision + 1 }, { where, transaction });
      if (changed !== 1) return { kind: 'revision-conflict' };
      const by = await run(usedBy(company_id, nowMs));
      if (by !== undefined) return { kind: 'in-use', by };
      const stored = await models.companies.findOne({ where: { company_id }, raw: true, transaction });
      const key = String((stored as unknown as StoredRow | null)?.['company_key']);
      for (const table of [...tables, 'companies'] as const)
        await models[table].destroy({ where: { company_id }, transaction });
      const event: DomainEvent<'company.removed'> = {
        id: newEventId(nowMs) as EventId,
        companyId: company,
        name: 'company.removed',
        aggregate: company,
        occurredMs: nowMs,
        payload: { key, revision: expectedRevision + 1 },
      };
      await run(storeEvents(company_id, [event], nowMs));
      return { kind: 'committed', event };
    },
    ({ kind }) => kind === 'committed',
  );
}

function* usedBy(company: Uint8Array, nowMs: number): Program<By | undefined> {
  for (const table of users) {
    const [live, values] = table === 'holds' ? [' AND expires_ms > ?', [company, nowMs]] : ['', [company]];
    const found = yield* rows(`SELECT 1 FROM ${table} WHERE company_id = ?${live} LIMIT 1`, values);
    if (found.length > 0) return table;
  }
  return undefined;
}
