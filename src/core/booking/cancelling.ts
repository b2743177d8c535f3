import type { Catalog } from '../availability/catalog.ts';
import { zoneOf } from '../availability/catalog.ts';
import { decidedBy } from '../availability/policies.ts';
import type { UnitClaim } from '../contracts/bookingWrite.ts';
import type { Appointment, Fee } from '../model/appointment.ts';
import { feeOf } from '../model/policies.ts';
import { refuse, type Refused } from '../refusals.ts';
import { formatUtc } from '../time/instant.ts';
import { civilOf, epochDayAt, epochDayOf, DAY_MS } from '../time/localDate.ts';
import { instantOf, localMsAt } from '../time/zone.ts';

/** What a cancellation by the customer comes to. */
export interface Cancelling {
  readonly ok: true;
  /** What he owes for it. */
  readonly fee: Fee | null;
  /** What it takes of the cancellations that he has in this month. */
  readonly units: readonly UnitClaim[] | undefined;
  /** The answer when there are none left. */
  readonly whenLimited: Refused<'CANCEL_LIMIT'> | undefined;
}

/** A cancellation that no policy has a say in. */
export const unboundCancelling: Cancelling = { ok: true, fee: null, units: undefined, whenLimited: undefined };

/**
 * Judges a cancellation by the customer: in time it is free, later it costs what the company takes for it, and where the
 * company takes nothing, or the customer would owe nothing, it is refused.
 */
export function cancelling(
  catalog: Catalog,
  appointment: Appointment,
  nowMs: number,
  acceptFee: boolean,
): Cancelling | Refused<'CANCEL_TOO_LATE'> {
  const { policies } = catalog;
  const notice = policies.decide('cancelNoticeMinutes', appointment);
  const latestMs = appointment.startMs - notice.value * 60_000;
  let fee: Fee | null = null;
  if (nowMs > latestMs) {
    const price = feeOf(policies.value('lateCancelFee', appointment), appointment.price);
    if (price === null || !acceptFee) {
      const told = { latest: formatUtc(latestMs), decidedBy: decidedBy(notice) };
      return refuse('CANCEL_TOO_LATE', price === null ? told : { ...told, fee: price });
    }
    fee = { reason: 'lateCancellation', price };
  }
  return { ok: true, fee, ...quota(catalog, appointment, nowMs) };
}

/** Cancellations are counted by customer and by month of the company's zone, from when there is a quota. */
function quota(
  { policies, config }: Catalog,
  appointment: Appointment,
  nowMs: number,
): Pick<Cancelling, 'units' | 'whenLimited'> {
  const decided = policies.decide('cancelQuota', appointment);
  const most = decided.value;
  if (most === null || appointment.customerId === null) return { units: undefined, whenLimited: undefined };
  const zone = zoneOf(config.company.timeZone);
  const { year, month } = civilOf(epochDayAt(localMsAt(zone, nowMs)));
  const next = month === 12 ? epochDayOf(year + 1, 1, 1) : epochDayOf(year, month + 1, 1);
  const unit: UnitClaim = {
    owner: appointment.id,
    scope: `cancellations:${appointment.customerId}`,
    period: year * 12 + month - 1,
    most,
    take: 1,
    expiresMs: null,
    endMs: instantOf(zone, next * DAY_MS),
  };
  return { units: [unit], whenLimited: refuse('CANCEL_LIMIT', { most, decidedBy: decidedBy(decided) }) };
}
