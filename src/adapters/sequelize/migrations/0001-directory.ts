import { globalKeys } from '../globalKeys.ts';
import type { ColumnTypes, TableSpec } from '../schema.ts';
import { nullable, unique } from './columns.ts';

/** The tables by which a company is found, and its calls. */
export function directoryTables({ id, long, int, flag, text, longText }: ColumnTypes): readonly TableSpec[] {
  return [
    {
      name: 'companies',
      columns: {
        company_id: id,
        company_key: text(128),
        name: text(255),
        time_zone: text(64),
        locale: text(35),
        country: text(2),
        grain_minutes: int,
        policies: longText,
        active: flag,
        revision: int,
      },
      primaryKey: ['company_id'],
      indexes: [unique(globalKeys.companyKey)],
    },
    {
      name: 'branches',
      columns: {
        company_id: id,
        id,
        branch_key: text(128),
        name: text(255),
        time_zone: text(64),
        address: nullable(longText),
        schedule_id: nullable(id),
        active: flag,
        position: int,
      },
      primaryKey: ['company_id', 'id'],
    },
    {
      name: 'phone_numbers',
      columns: {
        company_id: id,
        id,
        e164: text(32),
        branch_id: nullable(id),
        default_service_id: nullable(id),
        default_resource_id: nullable(id),
        active: flag,
        position: int,
      },
      primaryKey: ['company_id', 'id'],
      indexes: [{ name: 'phone_numbers_by_e164', columns: ['e164', 'active'] }],
    },
    {
      name: 'agents',
      columns: { company_id: id, agent_id: text(191), branch_id: nullable(id), active: flag, position: int },
      primaryKey: ['company_id', 'agent_id'],
      indexes: [unique(globalKeys.agent)],
    },
    {
      name: 'api_keys',
      columns: {
        company_id: id,
        id,
        name: text(255),
        prefix: text(64),
        hash: text(64),
        managed: flag,
        active: flag,
        position: int,
      },
      primaryKey: ['company_id', 'id'],
      indexes: [unique(globalKeys.credential)],
    },
    {
      name: 'calls',
      columns: {
        company_id: id,
        id,
        branch_id: nullable(id),
        provider: text(64),
        provider_call_id: text(191),
        from_number: nullable(text(64)),
        to_number: nullable(text(64)),
        status: text(16),
        customer_id: nullable(id),
        appointment_id: nullable(id),
        started_ms: nullable(long),
        ended_ms: nullable(long),
        transcript: nullable(longText),
        summary: nullable(longText),
        outcome: nullable(longText),
        offers: longText,
        version: int,
        updated_ms: long,
      },
      primaryKey: ['company_id', 'id'],
      indexes: [unique(globalKeys.providerCall)],
    },
  ];
}
