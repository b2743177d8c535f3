import type { Storage } from '../contracts/storage.ts';
import type { CallId, CompanyId } from '../model/ids.ts';
import { refuse, type Refused } from '../refusals.ts';

/** Refuses what names a call that the company does not have: it would stand in the appointment and lead nowhere. */
export async function unknownCall(
  storage: Pick<Storage, 'callById'>,
  company: CompanyId,
  callId: CallId | undefined,
): Promise<Refused<'CALL_UNKNOWN'> | undefined> {
  if (callId === undefined) return undefined;
  const call = await storage.callById(company, callId);
  return call === undefined ? refuse('CALL_UNKNOWN', {}) : undefined;
}
