import type { AppointmentWrite, BookingWrite, Customer, DomainEvent } from '../../adapter.ts';

/** Time that a booking claims, with its cells. */
export interface CommonSpan {
  readonly resourceId: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly first: number;
  readonly end: number;
}

/** What most bookings are: one new appointment, which takes its time itself or has it from a hold. */
export interface CommonBooking {
  readonly idempotency: BookingWrite['idempotency'];
  /** Either a hold whose time it keeps, or the time it takes. */
  readonly convert: BookingWrite['convert'];
  /** In the order in which everybody claims. */
  readonly spans: readonly CommonSpan[];
  readonly owner: string;
  /** One who has to be there. */
  readonly known: string | undefined;
  /** New, or known with other details. */
  readonly customer: Customer | undefined;
  readonly appointment: AppointmentWrite['row'];
  readonly event: DomainEvent | undefined;
}

/** Of what a write may have, that which a common booking has none of: a field that writes gain belongs here at first. */
type Uncommon = Exclude<
  keyof BookingWrite,
  'idempotency' | 'convert' | 'claims' | 'requireCustomers' | 'customers' | 'appointments' | 'events'
>;

/** More spans than a visit to a few members of staff has. */
const mostSpans = 4;
/** A day in cells of five minutes. */
const mostCells = 288;

const isNone = (given: unknown): boolean => given === undefined || (Array.isArray(given) && given.length === 0);

/** A write as the booking that can be made in one round trip; undefined when it is anything else. */
export function commonBooking(write: BookingWrite): CommonBooking | undefined {
  const { claims = [], appointments = [], requireCustomers = [], customers = [], events, convert } = write;
  const { units, seats, missed, release, hold, requireHold } = write;
  const uncommon: Record<Uncommon, unknown> = { units, seats, missed, release, hold, requireHold };
  const isMore = !Object.values(uncommon).every(isNone);
  const [made] = appointments;
  if (isMore || made?.expectedVersion !== 0 || made.row.resourceIds.length > 1) return undefined;
  const most = Math.max(appointments.length, claims.length, requireCustomers.length, customers.length, events.length);
  const [[request], [known], [customer]] = [claims, requireCustomers, customers];
  if (most > 1 || (known !== undefined && customer !== undefined && known !== customer.id)) return undefined;
  if ((request?.expiresMs ?? null) !== null) return undefined;
  if ((request === undefined) === (convert === undefined)) return undefined;
  const spans = (request?.spans ?? []).map(({ resourceId, startMs, endMs, capacity = 1 }) => ({
    ...{ resourceId, startMs, endMs, capacity },
    first: Math.floor(startMs / (request?.grainMs ?? 1)),
    end: Math.ceil(endMs / (request?.grainMs ?? 1)),
  }));
  const cells = spans.reduce((sum, { first, end }) => sum + end - first, 0);
  if (spans.length > mostSpans || cells > mostCells || spans.some(({ capacity }) => capacity > 1)) return undefined;
  if (request !== undefined && cells === 0) return undefined;
  return {
    idempotency: write.idempotency,
    convert,
    spans: spans.sort((a, b) =>
      a.resourceId < b.resourceId ? -1 : a.resourceId > b.resourceId ? 1 : a.first - b.first,
    ),
    owner: request?.owner ?? convert?.id ?? '',
    known,
    customer,
    appointment: made.row,
    event: events[0],
  };
}
