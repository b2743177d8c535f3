import type { Appointment, BookingWrite, Customer, DomainEvent, Hold } from 'askpro/adapter';
import { GRAIN_MS, HALF_HOUR_MS, measured, NOW_MS, numberedId, type Place } from './town.ts';

const fingerprint = '0123456789abcdef'.repeat(4);

/** A place to book, and the number by which all that is stored for it is told apart. */
export interface Wish extends Place {
  readonly number: number;
}

const id = <Kind extends string>(kind: 'appointment' | 'customer' | 'event' | 'hold event', number: number): Kind =>
  numberedId({ appointment: 0x1000, customer: 0x1001, event: 0x1002, 'hold event': 0x1003 }[kind], number) as Kind;

function booked({ resource, startMs, number }: Wish) {
  const endMs = startMs + HALF_HOUR_MS;
  const spans = [{ resourceId: resource as Appointment['resourceIds'][number], startMs, endMs }];
  return {
    id: id<Appointment['id']>('appointment', number),
    companyId: measured.company as Appointment['companyId'],
    branchId: measured.branch as Appointment['branchId'],
    serviceId: measured.service as Appointment['serviceId'],
    resourceIds: spans.map(({ resourceId }) => resourceId),
    startMs,
    endMs,
    spans,
    parts: [],
    partySize: 1,
    sessionId: null,
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
  };
}

const customerOf = ({ number }: Wish): Customer => ({
  id: id('customer', number),
  companyId: measured.company as Customer['companyId'],
  phone: `+4989${String(number).padStart(9, '0')}`,
  name: `New customer ${number}`,
  email: null,
  locale: null,
  noShows: 0,
});

function appointmentOf(wish: Wish): Appointment {
  return {
    ...booked(wish),
    customerId: id('customer', wish.number),
    status: 'confirmed',
    version: 1,
    source: 'http',
    callId: null,
    price: { amountMinor: 4500, currency: 'EUR' },
    notes: null,
    metadata: {},
    groupId: null,
    recurrence: null,
    fee: null,
    moves: 0,
    createdMs: NOW_MS,
    updatedMs: NOW_MS,
  };
}

/** What booking writes beside the time: key, customer, appointment and event. */
function bookingWithoutTime(wish: Wish): BookingWrite {
  const appointment = appointmentOf(wish);
  const event: DomainEvent<'appointment.booked'> = {
    id: id('event', wish.number),
    companyId: appointment.companyId,
    name: 'appointment.booked',
    aggregate: appointment.id,
    occurredMs: NOW_MS,
    payload: { appointment },
  };
  return {
    idempotency: { key: `book-${wish.number}`, fingerprint, resultId: appointment.id },
    customers: [customerOf(wish)],
    appointments: [{ row: appointment, expectedVersion: 0 }],
    events: [event],
  };
}

/** The booking of a place by a new customer, with a key: what most bookings are. */
export function bookingOf(wish: Wish): BookingWrite {
  const { id: owner, spans } = booked(wish);
  return { ...bookingWithoutTime(wish), claims: [{ owner, spans, grainMs: GRAIN_MS, expiresMs: null }] };
}

/** A hold of a place, and the booking that it becomes. */
export function holdAndBookingOf(wish: Wish): readonly [hold: BookingWrite, booking: BookingWrite] {
  const hold: Hold = {
    ...booked(wish),
    id: id('appointment', wish.number),
    owner: `call-${wish.number}`,
    expiresMs: NOW_MS + 300_000,
  };
  const event: DomainEvent<'hold.created'> = {
    id: id('hold event', wish.number),
    companyId: hold.companyId,
    name: 'hold.created',
    aggregate: hold.id,
    occurredMs: NOW_MS,
    payload: { hold },
  };
  const claim = { owner: hold.id, spans: hold.spans, grainMs: GRAIN_MS, expiresMs: hold.expiresMs };
  return [
    { claims: [claim], hold, events: [event] },
    { ...bookingWithoutTime(wish), convert: { id: hold.id, owner: hold.owner } },
  ];
}
