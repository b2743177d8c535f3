import type { CompanyFace } from '../contracts/directory.ts';
import type { Customer } from '../model/customer.ts';
import type { BranchId, NumberId, ResourceId, ServiceId } from '../model/ids.ts';
import type { Answer } from '../refusals.ts';

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

/** From a dialled number to a company. */
export interface Phone {
  resolve(
    query: LineQuery,
  ): Promise<Answer<Line, 'NUMBER_INVALID' | 'NUMBER_UNKNOWN' | 'NUMBER_INACTIVE' | 'AGENT_MISMATCH'>>;
}
