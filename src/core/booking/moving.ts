import type { Catalogs } from '../availability/catalogs.ts';
import { decidedBy } from '../availability/policies.ts';
import type { Appointment } from '../model/appointment.ts';
import type { CompanyId } from '../model/ids.ts';
import { refuse, type Refused } from '../refusals.ts';
import { formatUtc } from '../time/instant.ts';

/**
 * Refuses a move that its customer may not make: too shortly before the start, or once too often. A company binds its
 * customers, not itself. How often it was moved stands in the row, so who writes it by its version has counted all moves.
 */
export async function moveRefusal(
  catalogs: Catalogs,
  company: CompanyId,
  appointment: Appointment,
  nowMs: number,
  by: 'customer' | 'company' | undefined,
): Promise<Refused<'RESCHEDULE_TOO_LATE' | 'RESCHEDULE_LIMIT' | 'COMPANY_UNKNOWN'> | undefined> {
  if (by === 'company') return undefined;
  const catalog = await catalogs.current(company);
  if (catalog === undefined) return refuse('COMPANY_UNKNOWN', {});
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
