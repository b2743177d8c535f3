import type { Transaction } from 'sequelize';
import type { CompanyConfig, CompanyId, ResourceId } from '../../adapter.ts';
import {
  agentMapping,
  apiKeyMapping,
  branchMapping,
  numberMapping,
  readCompany,
  readServiceResource,
  resourceMapping,
  scheduleMapping,
  serviceMapping,
} from './configRows.ts';
import type { EntityMapping } from './configRows.ts';
import { idBytes } from './ids.ts';
import type { Models, StoredRow } from './models.ts';

/** Reads a company's configuration; the transaction makes it one moment's. */
export async function readConfig(
  models: Models,
  company: CompanyId,
  transaction: Transaction,
): Promise<CompanyConfig | undefined> {
  const company_id = idBytes(company);
  const stored = (await models.companies.findOne({
    where: { company_id },
    raw: true,
    transaction,
  })) as StoredRow | null;
  if (stored === null) return undefined;
  const all = async <E>(mapping: EntityMapping<E>): Promise<readonly E[]> => {
    const order: [string, 'ASC'][] = [['position', 'ASC'], [mapping.keyColumn, 'ASC']]; // prettier-ignore
    const found = await models[mapping.table].findAll({ where: { company_id }, order, raw: true, transaction });
    return (found as unknown as readonly StoredRow[]).map(mapping.read);
  };
  const doers = await doersByService(models, company_id, transaction);
  const services = await all(serviceMapping);
  return {
    ...readCompany(stored),
    branches: await all(branchMapping),
    numbers: await all(numberMapping),
    agents: await all(agentMapping),
    schedules: await all(scheduleMapping),
    resources: await all(resourceMapping),
    services: services.map((service) => ({ ...service, resourceIds: doers.get(service.id) ?? [] })),
    keys: await all(apiKeyMapping),
  };
}

async function doersByService(
  models: Models,
  company_id: Buffer,
  transaction: Transaction,
): Promise<ReadonlyMap<string, readonly ResourceId[]>> {
  const found = await models.service_resources.findAll({
    where: { company_id },
    order: [
      ['service_id', 'ASC'],
      ['position', 'ASC'],
    ],
    raw: true,
    transaction,
  });
  const doers = new Map<string, ResourceId[]>();
  for (const row of found as unknown as readonly StoredRow[]) {
    const { serviceId, resourceId } = readServiceResource(row);
    const list = doers.get(serviceId);
    if (list === undefined) doers.set(serviceId, [resourceId]);
    else list.push(resourceId);
  }
  return doers;
}
