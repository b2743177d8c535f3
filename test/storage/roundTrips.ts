import type { Appointment, BookingWrite, Customer, Hold } from '../../src/adapter.ts';
import { bookingOf, minutes, mondayMs, newId, sampleAppointment, sampleCompany } from './sample.ts';

export const config = sampleCompany(4);
const company = config.company.id;
const resources = config.resources.map(({ id }) => id);
export const [anna = newId<(typeof resources)[number]>(), berta = anna, carla = anna, dora = anna] = resources;

let taken = 0;
/** An appointment at a time that nobody else has. */
export const next = (changes: Partial<Appointment> = {}): Appointment =>
  sampleAppointment(config, anna, mondayMs + minutes(30 * taken++), changes);

const customerOf = (changes: Partial<Customer> = {}): Customer => ({
  id: newId(),
  companyId: company,
  phone: `+49${String(1_000_000 + taken)}`,
  name: 'Örtlich',
  email: null,
  locale: 'de',
  noShows: 0,
  ...changes,
});

/** A hold of the appointment's time, and the booking that it becomes. */
function held(
  row: Appointment,
  expiresMs = mondayMs + minutes(5),
): readonly [hold: BookingWrite, booking: BookingWrite] {
  const { companyId, branchId, serviceId, resourceIds, startMs, endMs, spans } = row;
  const { parts, partySize, sessionId, bufferBeforeMinutes, bufferAfterMinutes } = row;
  const hold: Hold = {
    ...{ companyId, branchId, serviceId, resourceIds, startMs, endMs, spans, parts, partySize, sessionId },
    ...{ bufferBeforeMinutes, bufferAfterMinutes, id: row.id as string as Hold['id'], owner: 'call-Ä', expiresMs },
  };
  const { claims, ...booking } = bookingOf(row);
  const toHold = (claims ?? []).map((claim) => ({ ...claim, owner: hold.id, expiresMs }));
  const event = { id: newId<never>(), companyId, name: 'hold.created', aggregate: hold.id, occurredMs: 1 } as const;
  return [
    { claims: toHold, hold, events: [{ ...event, payload: { hold } }] },
    { ...booking, convert: { id: hold.id, owner: hold.owner } },
  ];
}

const two = (row: Appointment): BookingWrite => {
  const spans = [berta, anna].map((resourceId) => ({ resourceId, startMs: row.startMs, endMs: row.endMs }));
  return bookingOf(row, { claims: [{ owner: row.id, spans, grainMs: minutes(5), expiresMs: null }] });
};

/** One of two, then the other and then the first again. */
const three = (row: Appointment): BookingWrite => {
  const spans = [anna, berta, anna].map((resourceId, at) => {
    const startMs = row.startMs + minutes(10 * at);
    return { resourceId, startMs, endMs: startMs + minutes(10) };
  });
  return bookingOf(row, { claims: [{ owner: row.id, spans, grainMs: minutes(5), expiresMs: null }] });
};

/** As many cells, on days that nothing else is booked on. */
const long = (cells: number): BookingWrite => {
  const row = sampleAppointment(config, carla, mondayMs + minutes(1440 * (100 + cells)));
  const spans = [{ resourceId: carla, startMs: row.startMs, endMs: row.startMs + minutes(5 * cells) }];
  return bookingOf({ ...row, spans });
};

const known = customerOf();

/** Bookings that are made at once: each the writes before, and the one of which it is asked. */
export const common: readonly (readonly [name: string, writes: () => readonly BookingWrite[]])[] = [
  ['a booking with a key', () => [bookingOf(next())]],
  ['one without a key, a customer or an event', () => [bookingOf(next(), { idempotency: undefined, events: [] })]],
  ['one by a new customer', () => [bookingOf(next(), { customers: [customerOf()] })]],
  ['one by a customer without a number', () => [bookingOf(next(), { customers: [customerOf({ phone: null, name: null })] })]],
  [
    'one by a customer who has another name now',
    () => [
      bookingOf(next(), { customers: [known] }),
      bookingOf(next(), { customers: [{ ...known, name: 'New', noShows: 7 }] }),
    ],
  ],
  ['one by a known customer', () => [
    bookingOf(next(), { customers: [known] }),
    bookingOf(next(), { requireCustomers: [known.id] }),
  ]],
  ['one by a known customer who has another number now', () => [
    bookingOf(next(), { customers: [known] }),
    bookingOf(next(), { requireCustomers: [known.id], customers: [{ ...known, phone: '+49891' }] }),
  ]],
  ['a hold that a known customer books', () => {
    const [hold, booking] = held(next());
    return [{ ...hold, customers: [known] }, { ...booking, requireCustomers: [known.id] }];
  }],
  ['one that takes two at the same time', () => [two(next())]],
  ['one that takes three at times of their own', () => [three(next())]],
  ...[1, 2, 3, 4, 6, 9, 11, 12, 13, 23, 40].map((cells) => [`one of ${cells} cells`, () => [long(cells)]] as const),
  ['one with everything told', () => [bookingOf(next({ notes: "it's \\ \"so\"\n", metadata: { a: 'ß' }, callId: newId(), price: null }))]],
  ['one where a hold has run out', () => [held(sampleAppointment(config, anna, mondayMs + minutes(30 * taken)), mondayMs - 1)[0], bookingOf(next())]],
  ['a hold that is booked', () => held(next())],
  ['a hold of two that is booked', () => {
    const row = next();
    const [hold, booking] = held(row);
    return [{ ...hold, claims: two(row).claims?.map((claim) => ({ ...claim, expiresMs: mondayMs + minutes(5) })) }, booking];
  }],
]; // prettier-ignore

const eventOf = (row: Appointment): BookingWrite['events'][number] =>
  ({ id: newId<never>(), companyId: company, name: 'appointment.booked', aggregate: row.id, occurredMs: 2, payload: { appointment: row } }); // prettier-ignore

/** What a common booking becomes an uncommon one by: one more of something. */
const more: Readonly<Record<string, (write: BookingWrite) => Partial<BookingWrite>>> = {
  'a second appointment': ({ appointments = [] }) => ({ appointments: [...appointments, { row: next(), expectedVersion: 0 }] }),
  'a second claim': ({ claims = [] }) => {
    const { id, spans } = next();
    return { claims: [...claims, { owner: id, spans, grainMs: minutes(5), expiresMs: null }] };
  },
  'a second customer': () => ({ customers: [customerOf(), customerOf({ phone: null })] }),
  'a second event': ({ events }) => ({ events: [...events, eventOf(next())] }),
  'a unit of a limit': ({ appointments }) => ({
    units: [{ owner: appointments?.[0]?.row.id ?? newId(), scope: 'day', period: 1, most: 1000, take: 1, expiresMs: null }],
  }),
  'a customer who did not come': () => ({ missed: [{ customerId: known.id, by: 1 }] }),
}; // prettier-ignore

/** Writes of which each is a common booking and one thing more: the writes before, and itself. */
export const uncommon: readonly (readonly [name: string, writes: () => readonly BookingWrite[]])[] = Object.entries(more)
  .flatMap<readonly [string, () => readonly BookingWrite[]]>(([name, change]) => [
    [`a booking with ${name}`, () => {
      const write = bookingOf(next());
      return [{ ...write, ...change(write) }];
    }],
    [`a hold that is booked with ${name}`, () => {
      const [hold, booking] = held(next());
      return [hold, { ...booking, ...change(booking) }];
    }],
  ])
  .concat([
    ['a booking with two known customers', () => {
      const other = customerOf();
      return [{ customers: [known, other], events: [] }, bookingOf(next(), { requireCustomers: [known.id, other.id] })];
    }],
    ['a booking by one known customer that changes another', () => {
      const other = customerOf();
      return [{ customers: [known], events: [] }, bookingOf(next(), { requireCustomers: [known.id], customers: [other] })];
    }],
  ]); // prettier-ignore

/** What stands in the way of a booking: the writes before, and the one that is refused. */
export const refused: readonly (readonly [kind: string, writes: () => readonly BookingWrite[]])[] = [
  ['taken', () => {
    const row = next();
    return [bookingOf(row), bookingOf({ ...next(), ...{ startMs: row.startMs, endMs: row.endMs, spans: row.spans } })];
  }],
  ['taken', () => {
    // Its last cells alone: those before them must not stay.
    const row = next();
    const late = { ...row, id: newId<Appointment['id']>() };
    return [bookingOf(next()), bookingOf({ ...late, spans: [{ resourceId: anna, startMs: row.startMs, endMs: row.endMs + minutes(10) }] })];
  }],
  ['replayed', () => {
    const write = bookingOf(next());
    return [write, write];
  }],
  ['key-reused', () => {
    const [first, second] = [bookingOf(next()), bookingOf(next())];
    const [key = newId<never>()] = [first.idempotency];
    return [first, { ...second, idempotency: { ...key, fingerprint: 'other' } }];
  }],
  ['customer-raced', () => [
    bookingOf(next(), { customers: [customerOf({ phone: '+4930' })] }),
    bookingOf(next(), { customers: [customerOf({ phone: '+4930' })] }),
  ]],
  ['customer-raced', () => [bookingOf(next(), { requireCustomers: [newId()] })]],
  ['customer-raced', () => {
    const gone = customerOf();
    return [bookingOf(next(), { requireCustomers: [gone.id], customers: [{ ...gone, name: 'New' }] })];
  }],
  ['customer-raced', () => {
    const [hold, booking] = held(next());
    return [hold, { ...booking, requireCustomers: [newId()] }];
  }],
  ['version-conflict', () => {
    const [first, second] = [next(), next()];
    return [bookingOf(first), bookingOf({ ...second, id: first.id }, { idempotency: undefined })];
  }],
  ['hold-expired', () => {
    const [hold, booking] = held(next(), mondayMs - 1);
    return [hold, booking];
  }],
  ['hold-expired', () => {
    const [hold, booking] = held(next());
    return [hold, { ...booking, convert: { id: hold.hold?.id ?? newId(), owner: 'somebody else' } }];
  }],
]; // prettier-ignore
