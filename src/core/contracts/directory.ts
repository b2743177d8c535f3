import { token } from '../kernel/token.ts';
import type { ApiKeyId, BranchId, CompanyId, NumberId, ResourceId, ServiceId } from '../model/ids.ts';

/** What is known of a company from outside, before anyone has entered it. */
export interface CompanyFace {
  readonly id: CompanyId;
  readonly key: string;
  readonly name: string;
  readonly timeZone: string;
  readonly locale: string;
  readonly country: string;
}

/** A stored number as dialled, with what decides whether it may answer. */
export interface NumberEntry {
  readonly id: NumberId;
  readonly e164: string;
  /** Number, branch (where it has one) and company are all active. */
  readonly active: boolean;
  readonly company: CompanyFace;
  readonly branchId: BranchId | null;
  readonly defaultServiceId: ServiceId | null;
  readonly defaultResourceId: ResourceId | null;
}

/** A voice agent and whom it answers for. */
export interface AgentEntry {
  readonly agentId: string;
  /** Agent, branch (where it has one) and company are all active. */
  readonly active: boolean;
  readonly company: CompanyFace;
  readonly branchId: BranchId | null;
}

/** Whose key it is. */
export interface CredentialEntry {
  readonly keyId: ApiKeyId;
  readonly companyId: CompanyId;
  /** Of the company's configuration at that moment: who opens the company's door next need not read it again. */
  readonly revision: number;
}

/** Which companies to list, ordered by key. */
export interface CompanyQuery {
  /** Only those whose key comes after this one. */
  readonly after?: string | undefined;
  /** Left out: all. */
  readonly limit?: number | undefined;
}

/**
 * From globally unique keys to a company: one of the two contracts without a company in front.
 * It answers by exact match only and never guesses.
 */
export interface Directory {
  /** The entry for an E.164 number: the active one if there is one, else an inactive one, else undefined. */
  number(e164: string): Promise<NumberEntry | undefined>;
  /** The entry of a voice provider's agent id. */
  agent(agentId: string): Promise<AgentEntry | undefined>;
  /** Whose active key of an active company has this SHA-256 (lower-case hex); undefined for any other. */
  credential(hash: string): Promise<CredentialEntry | undefined>;
  /** Which company a provider's call belongs to. */
  providerCall(provider: string, providerCallId: string): Promise<CompanyId | undefined>;
  /** The company of an operator's key, active or not: for setup and the command line. */
  companyByKey(key: string): Promise<CompanyId | undefined>;
  /** Companies in order of their keys: all, or a page of them. */
  companies(query?: CompanyQuery): Promise<readonly CompanyFace[]>;
}

/** The directory of the engine's storage. */
export const Directory = token<Directory>()('askpro/directory');
