import type { Appointment, Hold } from './model/appointment.ts';
import type { AppointmentId, CompanyId, CustomerId, EventId } from './model/ids.ts';

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
  /** A person was taken out of all that is stored; how many rows that were of his. */
  'customer.erased': {
    readonly customerId: CustomerId;
    readonly appointments: number;
    readonly calls: number;
    readonly others: number;
  };
  'company.changed': { readonly revision: number };
  /** After each change of a configuration: which open appointments do not fit it. They stay as they are. */
  'company.conflicts': ConflictSummary;
  /** The last of a company: its configuration is deleted. */
  'company.removed': { readonly key: string; readonly revision: number };
}

/** Open appointments that a configuration does not fit. */
export interface ConflictSummary {
  /** Of the configuration they were held against. */
  readonly revision: number;
  /** How many appointments cannot take place as they are. */
  readonly count: number;
  /** How many others could, but their service has changed. */
  readonly noted: number;
  /** False where there were too many appointments to look at all of them. */
  readonly complete: boolean;
  /** The first of them by start. */
  readonly first: readonly {
    readonly appointmentId: AppointmentId;
    readonly startMs: number;
    readonly codes: readonly string[];
  }[];
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

/** An event that a plugin declared, as it is stored in the outbox and handed to handlers. */
export interface PluginEvent<P = unknown> extends Omit<DomainEvent, 'name' | 'payload'> {
  readonly name: string;
  readonly payload: P;
}
