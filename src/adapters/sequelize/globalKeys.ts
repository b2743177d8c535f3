/** A key that is unique over all companies. */
export interface GlobalKey {
  readonly table: string;
  /** Name of the unique index in every dialect. */
  readonly index: string;
  /** What it keeps unique. */
  readonly columns: readonly string[];
  /** Only among rows whose `active` is 1. */
  readonly whileActive: boolean;
}

/**
 * All keys that do not begin with a company, which is what the directory answers by. Any other unique index has
 * `company_id` in front, so that no company can learn from a refusal what another one holds.
 */
export const globalKeys = {
  companyKey: { table: 'companies', index: 'companies_company_key', columns: ['company_key'], whileActive: false },
  number: { table: 'phone_numbers', index: 'phone_numbers_active_e164', columns: ['e164'], whileActive: true },
  agent: { table: 'agents', index: 'agents_agent_id', columns: ['agent_id'], whileActive: false },
  credential: { table: 'api_keys', index: 'api_keys_hash', columns: ['hash'], whileActive: false },
  providerCall: {
    table: 'calls',
    index: 'calls_provider_call',
    columns: ['provider', 'provider_call_id'],
    whileActive: false,
  },
} as const satisfies Record<string, GlobalKey>;
