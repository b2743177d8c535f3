import type { CallNames, Storage } from '../contracts/storage.ts';
import type { Call } from '../model/call.ts';
import type { CompanyId } from '../model/ids.ts';
import { refuse, type Refused } from '../refusals.ts';

/** What a call names that it did not name before. What it named before was there then, and who took it away has cleared it. */
export const namedAnew = (before: Call | undefined, { branchId, customerId, appointmentId }: Call): CallNames => ({
  branchId: branchId === (before?.branchId ?? null) ? undefined : (branchId ?? undefined),
  customerId: customerId === (before?.customerId ?? null) ? undefined : (customerId ?? undefined),
  appointmentId: appointmentId === (before?.appointmentId ?? null) ? undefined : (appointmentId ?? undefined),
});

/** Says which of these the company does not have; undefined when it has them all. */
export async function unknownName(
  storage: Pick<Storage, 'config' | 'customer' | 'appointment'>,
  company: CompanyId,
  { branchId, customerId, appointmentId }: CallNames,
): Promise<Refused<'BRANCH_UNKNOWN' | 'CUSTOMER_UNKNOWN' | 'APPOINTMENT_UNKNOWN'> | undefined> {
  if (branchId !== undefined) {
    const config = await storage.config(company);
    if (config?.branches.some(({ id }) => id === branchId) !== true)
      return refuse('BRANCH_UNKNOWN', { branch: branchId });
  }
  if (customerId !== undefined && (await storage.customer(company, customerId)) === undefined)
    return refuse('CUSTOMER_UNKNOWN', {});
  if (appointmentId !== undefined && (await storage.appointment(company, appointmentId)) === undefined)
    return refuse('APPOINTMENT_UNKNOWN', {});
  return undefined;
}
