import type { Storage } from '../contracts/storage.ts';
import type { Appointment } from '../model/appointment.ts';
import { isId, NO_ID, type ClaimOwner, type CompanyId } from '../model/ids.ts';
import { mayBecome } from '../model/status.ts';
import { refuse, type FieldError, type Refused } from '../refusals.ts';
import type { Replacing } from './query.ts';

/** Whose claims are to be ignored when looking, and released when writing. */
export interface Replaced {
  readonly ok: true;
  readonly owner: ClaimOwner | undefined;
  /** The appointment that is given up; undefined for a hold. */
  readonly appointment: Appointment | undefined;
}

const NOTHING: Replaced = { ok: true, owner: undefined, appointment: undefined };

/** Lets a caller ignore his own claims, once he has shown that they are his. */
export async function authoriseReplacing(
  storage: Pick<Storage, 'hold' | 'appointment' | 'now'>,
  company: CompanyId,
  replacing: Replacing | undefined,
): Promise<Replaced | Refused> {
  if (replacing === undefined) return NOTHING;
  const wrong = replacingError(replacing);
  if (wrong !== undefined) return refuse('INPUT_INVALID', { errors: [wrong] });
  if ('hold' in replacing) {
    const hold = await storage.hold(company, replacing.hold);
    if (hold === undefined) return refuse('HOLD_UNKNOWN', {});
    if (hold.owner !== replacing.owner) return refuse('NOT_OWNER', {});
    if (hold.expiresMs <= (await storage.now())) return refuse('HOLD_EXPIRED', {});
    return { ok: true, owner: hold.id, appointment: undefined };
  }
  const appointment = await storage.appointment(company, replacing.appointment);
  if (appointment === undefined) return refuse('APPOINTMENT_UNKNOWN', {});
  if (replacing.version !== undefined && replacing.version !== appointment.version)
    return refuse('VERSION_CONFLICT', { version: appointment.version });
  // It will be cancelled, so only what can be cancelled may be given up: one that took place is history.
  if (!mayBecome(appointment.status, 'cancelled'))
    return refuse('STATUS_CONFLICT', { status: appointment.status, wanted: 'cancelled' });
  return { ok: true, owner: appointment.id, appointment };
}

/** What is wrong with what a program without types may pass. */
function replacingError(replacing: unknown): FieldError | undefined {
  const isNamed = typeof replacing === 'object' && replacing !== null;
  const { hold, owner, appointment } = (isNamed ? replacing : {}) as Readonly<Record<string, unknown>>;
  if (hold === undefined && appointment === undefined)
    return { path: 'replacing', message: 'must name a hold with its owner, or an appointment' };
  if (hold === undefined) return isId(appointment) ? undefined : { path: 'replacing.appointment', message: NO_ID };
  if (!isId(hold)) return { path: 'replacing.hold', message: NO_ID };
  return typeof owner === 'string' ? undefined : { path: 'replacing.owner', message: 'must be whom the hold is for' };
}
