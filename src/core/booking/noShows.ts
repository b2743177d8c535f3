import type { Catalog } from '../availability/catalog.ts';
import { decidedBy, type PolicyPlace } from '../availability/policies.ts';
import { refuse, type Refused } from '../refusals.ts';
import type { Resolved } from './customers.ts';

/** Refuses a customer who did not come too often; the company may book for him all the same. */
export function noShowRefusal(
  { policies }: Catalog,
  place: PolicyPlace,
  { noShows }: Pick<Resolved, 'noShows'>,
  by: 'customer' | 'company' | undefined,
): Refused<'NO_SHOW_LIMIT'> | undefined {
  if (noShows === 0 || by === 'company') return undefined;
  const decided = policies.decide('maxNoShows', place);
  if (decided.value === null || noShows < decided.value) return undefined;
  return refuse('NO_SHOW_LIMIT', { most: decided.value, decidedBy: decidedBy(decided) });
}
