import { refuse, type Refused } from '../refusals.ts';
import type { Catalog } from './catalog.ts';
import { codeOf, reasonsOf } from './reasons.ts';
import type { Wish } from './wish.ts';

/** A party that no session has room for need not look any further. */
export function tooLarge(catalog: Catalog | undefined, { service, partySize = 1 }: Wish): Refused | undefined {
  const seats = catalog?.offering(service)?.service.seats ?? partySize;
  if (partySize <= seats) return undefined;
  const blockers = [{ code: 'PARTY_TOO_LARGE' as const, partySize, seats }];
  return refuse(codeOf(blockers), { reasons: reasonsOf(blockers), alternatives: [] });
}
