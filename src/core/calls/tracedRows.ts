import type { OwnedRows } from '../contracts/storage.ts';
import type { Appointment, Hold } from '../model/appointment.ts';
import type { Call } from '../model/call.ts';
import type { Customer } from '../model/customer.ts';
import type { ClaimOwner } from '../model/ids.ts';
import { formatUtc } from '../time/instant.ts';
import { maskEmail, maskName, maskPhone, maskText, maskWord, type Told } from './mask.ts';

/** A row as it is stored now, with personal data masked. */
export interface TracedRow {
  readonly row: 'call' | 'hold' | 'appointment' | 'claims';
  readonly id: string;
  readonly told: Readonly<Record<string, Told>>;
}

const instant = (ms: number | null): string | null => (ms === null ? null : formatUtc(ms));
const masked = (text: string | null, mask: (text: string) => string): string | null =>
  text === null ? null : mask(text);

/** Who it is, as far as that may be told. */
const tracedCustomer = (customer: Customer | undefined): Readonly<Record<string, Told>> =>
  customer === undefined
    ? {}
    : {
        customer: customer.id,
        customerName: masked(customer.name, maskName),
        customerPhone: masked(customer.phone, maskPhone),
        customerEmail: masked(customer.email, maskEmail),
      };

/** A call. Both numbers are masked: which of them is the company's depends on who has dialled. */
export const tracedCall = (call: Call, customer: Customer | undefined): TracedRow => ({
  row: 'call',
  id: call.id,
  told: {
    provider: call.provider,
    providerCallId: call.providerCallId,
    status: call.status,
    outcome: masked(call.outcome, maskWord),
    from: masked(call.from, maskPhone),
    to: masked(call.to, maskPhone),
    started: instant(call.startedMs),
    ended: instant(call.endedMs),
    offers: Object.keys(call.offers).length,
    transcript: masked(call.transcript, maskText),
    summary: masked(call.summary, maskText),
    appointment: call.appointmentId,
    ...tracedCustomer(customer),
    version: call.version,
    updated: formatUtc(call.updatedMs),
  },
});

/** A live hold. */
export const tracedHold = ({ id, serviceId, resourceIds, startMs, endMs, expiresMs }: Hold): TracedRow => ({
  row: 'hold',
  id,
  told: {
    service: serviceId,
    resources: resourceIds.join(', '),
    start: formatUtc(startMs),
    end: formatUtc(endMs),
    expires: formatUtc(expiresMs),
  },
});

/** An appointment. */
export const tracedAppointment = (appointment: Appointment, customer: Customer | undefined): TracedRow => ({
  row: 'appointment',
  id: appointment.id,
  told: {
    status: appointment.status,
    service: appointment.serviceId,
    resources: appointment.resourceIds.join(', '),
    start: formatUtc(appointment.startMs),
    end: formatUtc(appointment.endMs),
    source: maskWord(appointment.source),
    call: appointment.callId,
    notes: masked(appointment.notes, maskText),
    metadata: Object.keys(appointment.metadata).length,
    ...tracedCustomer(customer),
    version: appointment.version,
    created: formatUtc(appointment.createdMs),
    updated: formatUtc(appointment.updatedMs),
  },
});

/** What an owner occupies. */
export const tracedRows = (owner: ClaimOwner, { spans }: OwnedRows): readonly TracedRow[] =>
  spans.map(({ resourceId, startMs, endMs, expiresMs, claims }) => ({
    row: 'claims',
    id: owner,
    told: {
      resource: resourceId,
      start: formatUtc(startMs),
      end: formatUtc(endMs),
      expires: instant(expiresMs),
      cells: claims,
    },
  }));
