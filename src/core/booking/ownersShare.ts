import type { Catalog } from '../availability/catalog.ts';
import { decidedBy } from '../availability/policies.ts';
import type { UnitClaim } from '../contracts/bookingWrite.ts';
import type { Hold } from '../model/appointment.ts';
import { refuse, type Refused } from '../refusals.ts';

/**
 * What a hold takes of all those that its owner may have at a time, and the answer when there are none left; undefined where
 * he may have any number. It goes back when the hold is booked, released, replaced or over.
 */
export function ownersShare(
  { policies }: Catalog,
  hold: Hold,
): { readonly unit: UnitClaim; readonly whenLimited: Refused<'HOLD_LIMIT'> } | undefined {
  if (policies.value('maxHoldsPerOwner', hold) === null) return undefined;
  const decided = policies.decide('maxHoldsPerOwner', hold);
  const most = decided.value ?? Infinity;
  const unit: UnitClaim = {
    owner: hold.id,
    scope: `holds:${hold.owner}`,
    period: 0,
    most,
    take: 1,
    expiresMs: hold.expiresMs,
    untilBooked: true,
  };
  return { unit, whenLimited: refuse('HOLD_LIMIT', { most, decidedBy: decidedBy(decided) }) };
}
