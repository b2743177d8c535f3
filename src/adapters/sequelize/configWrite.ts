import type { CompanyConfig, CompanyId, ConfigOutcome, ConfigRemoval, DomainEvent, EventId } from '../../adapter.ts';
import { removeEntities } from './configRemove.ts';
import {
  agentMapping,
  apiKeyMapping,
  branchMapping,
  companyRow,
  numberMapping,
  resourceMapping,
  scheduleMapping,
  serviceMapping,
  serviceResourceRows,
} from './configRows.ts';
import type { EntityMapping } from './configRows.ts';
import { findForeignKey } from './configUnique.ts';
import type { UnitOfWork } from './dialect.ts';
import { idBytes } from './ids.ts';
import type { Models, StoredRow } from './models.ts';
import type { Opened } from './opened.ts';
import { storeEvents } from './outboxProgram.ts';
import { isUniqueConstraintError } from './uniqueError.ts';

/** Attempts to store a configuration whose globally unique keys others take at the same time. */
const attempts = 3;

/** Replaces a company's configuration in one transaction. */
export async function saveConfig(
  { database, models }: Opened,
  company: CompanyId,
  config: CompanyConfig,
  expectedRevision: number,
  removed: readonly ConfigRemoval[],
  newEventId: (nowMs: number) => string,
): Promise<ConfigOutcome> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await database.transact(
        (unit) => writeConfig(models, unit, company, config, expectedRevision, removed, newEventId),
        (outcome) => outcome.kind === 'committed',
      );
    } catch (error) {
      // Another company took one of the keys after it was looked for: the next attempt finds and names it.
      if (!isUniqueConstraintError(error) || attempt === attempts) throw error;
    }
  }
}

async function writeConfig(
  models: Models,
  unit: UnitOfWork,
  company: CompanyId,
  config: CompanyConfig,
  expectedRevision: number,
  removed: readonly ConfigRemoval[],
  newEventId: (nowMs: number) => string,
): Promise<ConfigOutcome> {
  const revision = expectedRevision + 1;
  const foreign = await findForeignKey(models, unit.transaction, company, config);
  if (foreign !== undefined) return foreign;
  if (!(await advance(models, unit, company, config, expectedRevision))) return { kind: 'revision-conflict' };
  const used = await removeEntities(models, unit, company, removed);
  if (used !== undefined) return used;
  const store = new EntityStore(models, unit, company);
  await store.makeRoomForNumbers();
  await store.replace(branchMapping, config.branches);
  await store.replace(numberMapping, config.numbers);
  await store.replace(agentMapping, config.agents);
  await store.replace(scheduleMapping, config.schedules);
  await store.replace(resourceMapping, config.resources);
  await store.replace(serviceMapping, config.services);
  await store.replaceDoers(config);
  await store.replace(apiKeyMapping, config.keys);
  const event: DomainEvent<'company.changed'> = {
    id: newEventId(unit.nowMs) as EventId,
    companyId: company,
    name: 'company.changed',
    aggregate: company,
    occurredMs: unit.nowMs,
    payload: { revision },
  };
  await unit.run(storeEvents(idBytes(company), [event], unit.nowMs));
  return { kind: 'committed', revision, event };
}

/** Counts the revision up; false when it is not the one expected. The changed row also keeps other writers out. */
async function advance(
  { companies }: Models,
  { transaction }: UnitOfWork,
  company: CompanyId,
  config: CompanyConfig,
  expectedRevision: number,
): Promise<boolean> {
  const company_id = idBytes(company);
  const row = { ...companyRow(config.company), revision: expectedRevision + 1 };
  if (expectedRevision > 0) {
    const [changed] = await companies.update(row, { where: { company_id, revision: expectedRevision }, transaction });
    return changed === 1;
  }
  if ((await companies.count({ where: { company_id }, transaction })) > 0) return false;
  await companies.create({ company_id, ...row }, { transaction });
  return true;
}

/** Brings the tables of one company to what its configuration says, touching only the rows that differ. */
class EntityStore {
  readonly #models: Models;
  readonly #unit: UnitOfWork;
  readonly #companyId: Buffer;
  readonly #company: CompanyId;

  constructor(models: Models, unit: UnitOfWork, company: CompanyId) {
    this.#models = models;
    this.#unit = unit;
    this.#company = company;
    this.#companyId = idBytes(company);
  }

  /** A number may pass from one row to another: while rows are rewritten, none of them holds it. */
  async makeRoomForNumbers(): Promise<void> {
    const { transaction } = this.#unit;
    await this.#models.phone_numbers.update({ active: 0 }, { where: { company_id: this.#companyId }, transaction });
  }

  /** Stores entities by their ids. What the configuration leaves out is deactivated: bookings may still name it. */
  async replace<E>(mapping: EntityMapping<E>, entities: readonly E[]): Promise<void> {
    const { transaction } = this.#unit;
    const company_id = this.#companyId;
    const table = this.#models[mapping.table];
    const stored = (await table.findAll({ where: { company_id }, raw: true, transaction })) as unknown as StoredRow[];
    const left = new Map(stored.map((row) => [keyOf(row[mapping.keyColumn]), row]));
    const missing: StoredRow[] = [];
    for (const [position, entity] of entities.entries()) {
      const row: StoredRow = { ...mapping.write(entity), position };
      const key = keyOf(row[mapping.keyColumn]);
      const present = left.get(key);
      left.delete(key);
      if (present === undefined) missing.push({ company_id, ...row });
      else if (differs(present, row)) {
        await table.update(row, { where: { company_id, [mapping.keyColumn]: row[mapping.keyColumn] }, transaction });
      }
    }
    for (const row of left.values()) {
      if (row['active'] === 0) continue;
      const where = { company_id, [mapping.keyColumn]: keyValue(row[mapping.keyColumn]) };
      await table.update({ active: 0 }, { where, transaction });
    }
    if (missing.length > 0) await table.bulkCreate(missing, { transaction });
  }

  async replaceDoers({ services }: CompanyConfig): Promise<void> {
    const { transaction } = this.#unit;
    const table = this.#models.service_resources;
    // Services that the configuration leaves out keep the resources they had.
    const service_id = services.map((service) => idBytes(service.id));
    await table.destroy({ where: { company_id: this.#companyId, service_id }, transaction });
    const rows = services.flatMap((service) => serviceResourceRows(this.#company, service));
    if (rows.length > 0) await table.bulkCreate(rows, { transaction });
  }
}

/** Bytes come back as plain arrays of bytes, which Sequelize would not take as a value. */
const keyValue = (value: unknown): unknown => (value instanceof Uint8Array ? Buffer.from(value) : value);

const keyOf = (value: unknown): string =>
  value instanceof Uint8Array
    ? Buffer.from(value.buffer, value.byteOffset, value.length).toString('hex')
    : String(value);

const differs = (present: StoredRow, wanted: StoredRow): boolean =>
  Object.entries(wanted).some(([column, value]) => keyOf(present[column] ?? null) !== keyOf(value ?? null));
