import type { Transaction, WhereOptions } from 'sequelize';
import type { CompanyConfig, CompanyId, ConfigOutcome } from '../../adapter.ts';
import { idBytes } from './ids.ts';
import type { Models, StoredRow, Table } from './models.ts';

type NotUnique = Extract<ConfigOutcome, { kind: 'not-unique' }>;

interface Wanted {
  readonly of: NotUnique['of'];
  readonly table: Table;
  readonly column: string;
  readonly values: readonly string[];
  /** Only these rows hold their value. */
  readonly onlyWhere?: WhereOptions;
}

/**
 * Finds a globally unique key of the configuration that another company has, or that the configuration uses twice.
 * The indexes decide in the end; this names what they would refuse.
 */
export async function findForeignKey(
  models: Models,
  transaction: Transaction,
  company: CompanyId,
  config: CompanyConfig,
): Promise<NotUnique | undefined> {
  const wanted: readonly Wanted[] = [
    { of: 'company', table: models.companies, column: 'company_key', values: [config.company.key] },
    {
      of: 'number',
      table: models.phone_numbers,
      column: 'e164',
      values: config.numbers.filter((number) => number.active).map((number) => number.e164),
      onlyWhere: { active: 1 },
    },
    { of: 'agent', table: models.agents, column: 'agent_id', values: config.agents.map((agent) => agent.agentId) },
    { of: 'apiKey', table: models.api_keys, column: 'hash', values: config.keys.map((key) => key.hash) },
  ];
  const own = Buffer.from(idBytes(company));
  for (const { of, table, column, values, onlyWhere } of wanted) {
    const twice = values.find((value, index) => values.indexOf(value) !== index);
    if (twice !== undefined) return { kind: 'not-unique', of, value: twice };
    if (values.length === 0) continue;
    const where = { ...(onlyWhere as object), [column]: values };
    const found = await table.findAll({ attributes: ['company_id', column], where, raw: true, transaction });
    for (const row of found as unknown as readonly StoredRow[]) {
      if (!own.equals(row['company_id'] as Uint8Array)) return { kind: 'not-unique', of, value: String(row[column]) };
    }
  }
  return undefined;
}
