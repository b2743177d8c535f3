import type { CompanyId, ConfigOutcome, ConfigRemoval } from '../../adapter.ts';
import type { UnitOfWork } from './dialect.ts';
import { idBytes } from './ids.ts';
import type { Models, TableName } from './models.ts';
import { rows } from './program.ts';
import type { Program, SqlValue } from './program.ts';

type InUse = Extract<ConfigOutcome, { kind: 'in-use' }>;

const tableOf: Readonly<Record<ConfigRemoval['list'], TableName>> = {
  branches: 'branches',
  numbers: 'phone_numbers',
  agents: 'agents',
  schedules: 'schedules',
  resources: 'resources',
  services: 'services',
  keys: 'api_keys',
};

/** Deletes entities of a company; tells the first that is still named by somebody's booking, whose transaction must end. */
export async function removeEntities(
  models: Models,
  unit: UnitOfWork,
  company: CompanyId,
  removed: readonly ConfigRemoval[],
): Promise<InUse | undefined> {
  const company_id = idBytes(company);
  const { transaction } = unit;
  for (const { list, id } of removed) {
    const by = await unit.run(bookedBy(company_id, list, id, unit.nowMs));
    if (by !== undefined) return { kind: 'in-use', id, by };
    const where = list === 'agents' ? { company_id, agent_id: id } : { company_id, id: idBytes(id) };
    await models[tableOf[list]].destroy({ where, transaction });
    if (list === 'services')
      await models.service_resources.destroy({ where: { company_id, service_id: idBytes(id) }, transaction });
    if (list === 'resources')
      await models.service_resources.destroy({ where: { company_id, resource_id: idBytes(id) }, transaction });
  }
  return undefined;
}

/** How bookings name what is to be deleted. Ids within texts are canonical: they hold no character that LIKE reads. */
function naming(list: ConfigRemoval['list'], id: string): readonly [string, readonly SqlValue[]] | undefined {
  switch (list) {
    case 'branches':
      return ['branch_id = ?', [idBytes(id)]];
    case 'services':
      // The other services of a visit stand with its parts.
      return ['(service_id = ? OR details LIKE ?)', [idBytes(id), `%"${id}"%`]];
    case 'resources':
      return ['resource_ids LIKE ?', [`%"${id}"%`]];
    default:
      return undefined;
  }
}

function* bookedBy(
  company: Uint8Array,
  list: ConfigRemoval['list'],
  id: string,
  nowMs: number,
): Program<InUse['by'] | undefined> {
  const named = naming(list, id);
  if (named === undefined) return undefined;
  const [condition, values] = named;
  const booked = yield* rows(`SELECT 1 FROM appointments WHERE company_id = ? AND ${condition} LIMIT 1`, [
    company,
    ...values,
  ]);
  if (booked.length > 0) return 'appointments';
  const held = yield* rows(`SELECT 1 FROM holds WHERE company_id = ? AND ${condition} AND expires_ms > ? LIMIT 1`, [
    company,
    ...values,
    nowMs,
  ]);
  return held.length > 0 ? 'holds' : undefined;
}
