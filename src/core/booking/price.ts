import type { Catalog } from '../availability/catalog.ts';
import type { Booked } from '../model/appointment.ts';
import type { ServiceId } from '../model/ids.ts';
import type { Money } from '../model/money.ts';

/**
 * What is booked costs today: of a service with seats as often as people take part, of a visit the sum of its services. Null:
 * it has no price, or of a visit not all have one, in one currency.
 */
export function priceOf(catalog: Catalog, { serviceId, partySize, parts }: Booked): Money | null {
  const price = parts.every((part) => part.serviceId === serviceId)
    ? priceIn(catalog, serviceId)
    : sumOf([...new Set(parts.map((part) => part.serviceId))].map((id) => priceIn(catalog, id)));
  return price === null || partySize === 1 ? price : { ...price, amountMinor: price.amountMinor * partySize };
}

// What was held stays promised, even when its service was switched off.
const priceIn = ({ config }: Catalog, id: ServiceId): Money | null =>
  config.services.find((service) => service.id === id)?.price ?? null;

const sumOf = (prices: readonly (Money | null)[]): Money | null =>
  prices.reduce((sum, price) =>
    sum === null || price?.currency !== sum.currency
      ? null
      : { ...sum, amountMinor: sum.amountMinor + price.amountMinor },
  );
