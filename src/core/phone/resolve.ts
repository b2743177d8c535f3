import type { AgentEntry, CompanyFace, Directory, NumberEntry } from '../contracts/directory.ts';
import type { Storage } from '../contracts/storage.ts';
import { token } from '../kernel/token.ts';
import type { Customer } from '../model/customer.ts';
import type { BranchId, NumberId, ResourceId, ServiceId } from '../model/ids.ts';
import { refuse, type Answer } from '../refusals.ts';
import { isAnonymous } from './anonymous.ts';
import { toE164 } from './e164.ts';

/** A call as its provider announces it. */
export interface LineQuery {
  /** What was dialled. */
  readonly to: string;
  /** The voice provider's agent that answers. */
  readonly agentId?: string | undefined;
  /** Who calls; markers of anonymous callers count as none. */
  readonly from?: string | undefined;
}

/** Whose line it is. */
export interface Line {
  readonly company: CompanyFace;
  /** Null for a hotline of the whole company. */
  readonly branchId: BranchId | null;
  /** The number by which it was found; null when the agent decided. */
  readonly numberId: NumberId | null;
  readonly defaultServiceId: ServiceId | null;
  readonly defaultResourceId: ResourceId | null;
  /** E.164 of the caller; null when anonymous or unreadable. */
  readonly from: string | null;
  /** The caller as a customer of this company. */
  readonly customer: Customer | null;
}

type LineAnswer = Answer<Line, 'NUMBER_INVALID' | 'NUMBER_UNKNOWN' | 'NUMBER_INACTIVE' | 'AGENT_MISMATCH'>;

/** From a dialled number to a company. */
export interface Phone {
  /**
   * The company that an active number belongs to, else the one that the agent answers for. Exact matches only; a number and
   * an agent of two companies are refused, and so is whatever is unknown: no tenant is ever guessed.
   */
  resolve(query: LineQuery): Promise<LineAnswer>;
}

/** Phone resolution, for plugins. */
export const Phone = token<Phone>()('askpro/phone');

/** Resolves through a directory; customers come from the storage of the company that was found. */
export const createPhone = (
  directory: Pick<Directory, 'number' | 'agent'>,
  storage: Pick<Storage, 'customerByPhone'>,
): Phone => ({
  async resolve({ to, agentId, from }) {
    const international = toE164(to);
    const [agent, exact] = await Promise.all([
      agentId === undefined || agentId === '' ? undefined : directory.agent(agentId),
      international === undefined ? undefined : directory.number(international),
    ]);
    // Only an agent can tell the country before a company is known, and only as a hint for national formats.
    const national = international === undefined && agent !== undefined ? toE164(to, agent.company.country) : undefined;
    const number = national === undefined ? exact : await directory.number(national);
    const dialled = international ?? national;
    if (number !== undefined && agent !== undefined && number.company.id !== agent.company.id)
      return refuse('AGENT_MISMATCH', {});
    if (number?.active === true) return line(number.company, number, from, storage);
    if (agent?.active === true) return line(agent.company, agent, from, storage);
    if (dialled === undefined) return refuse('NUMBER_INVALID', { number: to });
    return refuse(number === undefined ? 'NUMBER_UNKNOWN' : 'NUMBER_INACTIVE', { number: dialled });
  },
});

async function line(
  company: CompanyFace,
  entry: NumberEntry | AgentEntry,
  from: string | undefined,
  storage: Pick<Storage, 'customerByPhone'>,
): Promise<LineAnswer> {
  const number = 'e164' in entry ? entry : undefined;
  const caller = callerNumber(from, company.country) ?? null;
  return {
    ok: true,
    company,
    branchId: entry.branchId,
    numberId: number?.id ?? null,
    defaultServiceId: number?.defaultServiceId ?? null,
    defaultResourceId: number?.defaultResourceId ?? null,
    from: caller,
    customer: caller === null ? null : ((await storage.customerByPhone(company.id, caller)) ?? null),
  };
}

/** The caller's number in E.164; undefined for anonymous and unreadable ones. */
export const callerNumber = (from: string | undefined, country: string): string | undefined =>
  from === undefined || isAnonymous(from) ? undefined : toE164(from, country);
