import type { Catalog } from '../availability/catalog.ts';
import type { Booked } from '../model/appointment.ts';
import type { Money } from '../model/money.ts';

/** What is booked costs today: of a service with seats as often as people take part. Null: it has no price. */
export function priceOf({ config }: Catalog, { serviceId, partySize }: Booked): Money | null {
  // What was held stays promised, even when its service was switched off.
  const price = config.services.find(({ id }) => id === serviceId)?.price ?? null;
  return price === null || partySize === 1 ? price : { ...price, amountMinor: price.amountMinor * partySize };
}
