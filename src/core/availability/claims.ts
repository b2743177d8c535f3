import type { BookingWrite, UnitClaim } from '../contracts/bookingWrite.ts';
import type { Booked } from '../model/appointment.ts';
import type { ClaimOwner, CustomerId } from '../model/ids.ts';
import type { Bookable, Catalog } from './catalog.ts';
import { limitedBy, unitsTaken, type Limited } from './limits.ts';

/** Whose claims they are, and until when. */
export interface Claiming {
  readonly owner: ClaimOwner;
  /** Null: for good. */
  readonly expiresMs: number | null;
  readonly customerId: CustomerId | null;
}

/**
 * Everything that an appointment or a hold claims: its time or its seats, and its share of every limit that counts for it. A
 * session has its time and its share of the limits but the customers' by itself.
 */
export function claimsOf(
  catalog: Catalog,
  booked: Booked,
  { owner, expiresMs, customerId }: Claiming,
): Pick<BookingWrite, 'claims' | 'units' | 'seats'> {
  const { capacities, grainMs } = catalog;
  const spans =
    capacities.size === 0
      ? booked.spans
      : booked.spans.map((span) => ({ ...span, capacity: capacities.get(span.resourceId) }));
  const limited = limitsOn(catalog, booked, customerId);
  const owned = (of: readonly Limited[]): Pick<BookingWrite, 'units'> => {
    const units = unitsTaken(of, booked.startMs);
    return units.length === 0 ? {} : { units: units.map((unit) => ({ ...unit, owner, expiresMs })) };
  };
  const { sessionId } = booked;
  if (sessionId === null) return { claims: [{ owner, spans, grainMs, expiresMs }], ...owned(limited) };
  const [ofCustomer, ofSession] = [limited.filter(isCustomers), limited.filter((each) => !isCustomers(each))];
  const { serviceId, startMs, endMs, resourceIds, partySize: take } = booked;
  const session = { session: sessionId, serviceId, startMs, endMs, resourceIds, spans, grainMs };
  const units = unitsTaken(ofSession, startMs);
  return {
    seats: [{ owner, ...session, seats: catalog.seatsOf(serviceId), take, expiresMs, units }],
    ...owned(ofCustomer),
  };
}

const isCustomers = ({ of }: Limited): boolean => of === 'customer';

/** What a customer who was not known when a time was held takes of his own limit once it is booked for him. */
export function customerUnits(
  catalog: Catalog,
  booked: Booked,
  owner: ClaimOwner,
  customerId: CustomerId | null,
): readonly UnitClaim[] | undefined {
  const own = limitsOn(catalog, booked, customerId).filter(isCustomers);
  const units = unitsTaken(own, booked.startMs).map((unit) => ({ ...unit, owner, expiresMs: null }));
  return units.length === 0 ? undefined : units;
}

function limitsOn(
  catalog: Catalog,
  { serviceId, resourceIds, parts }: Booked,
  customerId: CustomerId | null,
): readonly Limited[] {
  const { company } = catalog.config;
  const serving = (bookable: Bookable): boolean => resourceIds.includes(bookable.resource.id);
  const others = parts.filter((part) => part.serviceId !== serviceId);
  const [offering, ...more] = [serviceId, ...new Set(others.map((part) => part.serviceId))].flatMap(
    (id) => catalog.offering(id) ?? [],
  );
  // A service that was switched off after its time was held is not limited any more.
  if (offering === undefined) return [];
  if (more.length === 0) return limitedBy(company, offering, offering.bookables.filter(serving), customerId);
  const all = [offering, ...more].map((each) => limitedBy(company, each, each.bookables.filter(serving), customerId));
  // Each counts once, whichever of the services brings it.
  return [...new Map(all.flat().map((each) => [each.subject, each])).values()];
}
