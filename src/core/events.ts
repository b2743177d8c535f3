import type { Appointment, Hold } from './model/appointment.ts';
import type { CompanyId, EventId } from './model/ids.ts';

/** What each event carries. Payloads are states as committed, so a handler needs no second read. */
export interface EventMap {
  'appointment.booked': { readonly appointment: Appointment };
  'appointment.rescheduled': { readonly appointment: Appointment; readonly previous: Appointment };
  'appointment.cancelled': { readonly appointment: Appointment; readonly reason: string | null };
  'appointment.confirmed': { readonly appointment: Appointment };
  'appointment.completed': { readonly appointment: Appointment };
  'appointment.noShow': { readonly appointment: Appointment };
  'hold.created': { readonly hold: Hold };
  'hold.released': { readonly hold: Hold };
  'company.changed': { readonly revision: number };
}

/** The name of an event. */
export type EventName = keyof EventMap;

/** An event as it is stored in the outbox and handed to handlers. */
export interface DomainEvent<N extends EventName = EventName> {
  /** UUIDv7; with the handler's name the key under which its effect happens once. */
  readonly id: EventId;
  readonly companyId: CompanyId;
  readonly name: N;
  /** What the event is about; events of one aggregate are delivered in order. */
  readonly aggregate: string;
  readonly occurredMs: number;
  readonly payload: EventMap[N];
}
