import type { Call, CallUpdate, CompanyDoor } from '../../plugin.ts';
import { PROVIDER } from './tenant.ts';

/** What an update may name that was there when it was read, by the refusal that says that it has gone since. */
const names = {
  BRANCH_UNKNOWN: 'branchId',
  CUSTOMER_UNKNOWN: 'customerId',
  APPOINTMENT_UNKNOWN: 'appointmentId',
} as const satisfies Readonly<Record<string, keyof CallUpdate>>;

/**
 * Records what is known of a call. Somebody who was erased or a branch that was deleted a moment ago is left out: what else
 * an event tells comes only once.
 * @returns undefined when another company has the call
 */
export async function recordCall(
  { calls }: Pick<CompanyDoor, 'calls'>,
  providerCallId: string,
  update: CallUpdate,
): Promise<Call | undefined> {
  const recorded = await calls.record(PROVIDER, providerCallId, update);
  if (recorded.ok) return recorded.call;
  const { code } = recorded.refusal;
  if (code === 'CALL_UNKNOWN') return undefined;
  if (code === 'INPUT_INVALID') {
    const told = recorded.refusal.errors.map(({ path, message }) => `${path} ${message}`).join(', ');
    throw new TypeError(`What was told of call ${providerCallId} cannot be stored: ${told}.`);
  }
  return recordCall({ calls }, providerCallId, { ...update, [names[code]]: undefined });
}
