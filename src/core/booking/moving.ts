import type { Catalog } from '../availability/catalog.ts';
import type { Catalogs } from '../availability/catalogs.ts';
import { decidedBy } from '../availability/policies.ts';
import type { Appointment, Booked } from '../model/appointment.ts';
import type { CompanyId } from '../model/ids.ts';
import { mayBecome, type AppointmentStatus } from '../model/status.ts';
import { refuse, type Refused } from '../refusals.ts';
import { formatUtc } from '../time/instant.ts';

/** Refuses a move that its customer may not make, by the policies of now. */
export async function moveRefusal(
  catalogs: Catalogs,
  company: CompanyId,
  appointment: Appointment,
  nowMs: number,
  by: 'customer' | 'company' | undefined,
): Promise<Refused<'RESCHEDULE_TOO_LATE' | 'RESCHEDULE_LIMIT' | 'COMPANY_UNKNOWN'> | undefined> {
  if (by === 'company') return undefined;
  const catalog = await catalogs.current(company);
  return catalog === undefined ? refuse('COMPANY_UNKNOWN', {}) : customersMove(catalog, appointment, nowMs);
}

/**
 * Refuses a move that its customer may not make: too shortly before the start, or once too often. A company binds its
 * customers, not itself. How often it was moved stands in the row, so who writes it by its version has counted all moves.
 */
export function customersMove(
  catalog: Catalog,
  appointment: Appointment,
  nowMs: number,
): Refused<'RESCHEDULE_TOO_LATE' | 'RESCHEDULE_LIMIT'> | undefined {
  const notice = catalog.policies.decide('rescheduleNoticeMinutes', appointment);
  const latestMs = appointment.startMs - notice.value * 60_000;
  if (nowMs > latestMs)
    return refuse('RESCHEDULE_TOO_LATE', { latest: formatUtc(latestMs), decidedBy: decidedBy(notice) });
  const times = catalog.policies.decide('maxReschedules', appointment);
  if (times.value === null || appointment.moves < times.value) return undefined;
  return refuse('RESCHEDULE_LIMIT', { most: times.value, decidedBy: decidedBy(times) });
}

/** How often an appointment has been moved by its customer, once it is moved by this one. */
export const movesAfter = ({ moves }: Appointment, by: 'customer' | 'company' | undefined): number =>
  by === 'company' ? moves : moves + 1;

/** A customer who moves what has to be confirmed waits for it anew. */
export const movedStatus = (
  { policies }: Catalog,
  { status }: Appointment,
  booked: Booked,
  by: 'customer' | 'company' | undefined,
): AppointmentStatus => (by !== 'company' && policies.value('requiresConfirmation', booked) ? 'pending' : status);

/** Whether an appointment of this status can still be moved. */
export const movable = (status: AppointmentStatus): boolean => mayBecome(status, 'cancelled');

/** Whether the same is booked for as many people, in whatever order, so that the price that was agreed stays. */
export const isSame = (one: Booked, other: Booked): boolean =>
  one.partySize === other.partySize && servicesOf(one) === servicesOf(other);

const servicesOf = ({ serviceId, parts }: Booked): string =>
  [...new Set([serviceId, ...parts.map((part) => part.serviceId)])].toSorted().join();
