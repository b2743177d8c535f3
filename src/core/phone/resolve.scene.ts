import type { AgentEntry, CompanyFace, Directory, NumberEntry } from '../contracts/directory.ts';
import type { Customer } from '../model/customer.ts';
import type { BranchId, CompanyId, CustomerId, Id, NumberId } from '../model/ids.ts';

/** A company as plain data; everything is active unless it says otherwise. */
export interface CompanyRow {
  readonly key: string;
  readonly country: string;
  readonly inactive?: boolean;
  readonly inactiveBranches?: readonly string[];
  readonly numbers?: readonly NumberRow[];
  readonly agents?: readonly AgentRow[];
  /** E.164 of its customers. */
  readonly customers?: readonly string[];
}

interface NumberRow {
  readonly e164: string;
  readonly branch?: string;
  readonly inactive?: boolean;
}

interface AgentRow {
  readonly id: string;
  readonly branch?: string;
  readonly inactive?: boolean;
}

const idOf = <I extends Id<string>>(kind: string, name: string): I => `${kind}:${name}` as I;

/** The id by which a company of the scene is known. */
export const companyId = (key: string): CompanyId => idOf('company', key);

/** The id of a branch of the scene. */
export const branchId = (branch: string): BranchId => idOf('branch', branch);

const faceOf = ({ key, country }: CompanyRow): CompanyFace => ({
  id: companyId(key),
  key,
  name: key,
  timeZone: 'Europe/Berlin',
  locale: 'de-DE',
  country,
});

const isActive = (company: CompanyRow, row: NumberRow | AgentRow): boolean =>
  company.inactive !== true &&
  row.inactive !== true &&
  (row.branch === undefined || company.inactiveBranches?.includes(row.branch) !== true);

const branchOf = ({ branch }: NumberRow | AgentRow): BranchId | null =>
  branch === undefined ? null : branchId(branch);

/** What resolution asks, answered from rows; `asked` counts the questions. */
export interface Scene {
  readonly directory: Pick<Directory, 'number' | 'agent'>;
  readonly storage: { readonly customerByPhone: (company: CompanyId, e164: string) => Promise<Customer | undefined> };
  readonly entries: readonly NumberEntry[];
  readonly askedForCustomer: string[];
}

/** A directory by the letter of its contract, and the customers of each company. */
export function scene(companies: readonly CompanyRow[]): Scene {
  const entries = companies.flatMap((company) =>
    (company.numbers ?? []).map((row): NumberEntry => ({
      id: idOf<NumberId>('number', `${company.key} ${row.e164}`),
      e164: row.e164,
      active: isActive(company, row),
      company: faceOf(company),
      branchId: branchOf(row),
      defaultServiceId: null,
      defaultResourceId: null,
    })),
  );
  const agents = companies.flatMap((company) =>
    (company.agents ?? []).map((row): AgentEntry => ({
      agentId: row.id,
      active: isActive(company, row),
      company: faceOf(company),
      branchId: branchOf(row),
    })),
  );
  const askedForCustomer: string[] = [];
  return {
    entries,
    askedForCustomer,
    directory: {
      async number(e164) {
        const found = entries.filter((entry) => entry.e164 === e164);
        return found.find(({ active }) => active) ?? found[0];
      },
      agent: async (agentId) => agents.find((agent) => agent.agentId === agentId),
    },
    storage: {
      async customerByPhone(company, e164) {
        askedForCustomer.push(`${company} ${e164}`);
        const owner = companies.find(({ key }) => companyId(key) === company);
        if (owner?.customers?.includes(e164) !== true) return undefined;
        const id = idOf<CustomerId>('customer', `${company} ${e164}`);
        return { id, companyId: company, phone: e164, name: 'Anna', email: null, locale: null, noShows: 0 };
      },
    },
  };
}
