import type { Catalog } from '../availability/catalog.ts';
import type { Appointment, Booked, Recurrence } from '../model/appointment.ts';
import type { AppointmentId, CompanyId, CustomerId, GroupId } from '../model/ids.ts';
import type { Money } from '../model/money.ts';
import type { FirstStatus } from '../model/status.ts';
import type { BookOptions } from './requests.ts';
import { bookedIn } from './rows.ts';

/** What an appointment is made from, beside its time. */
export interface NewAppointment {
  readonly id: AppointmentId;
  readonly companyId: CompanyId;
  readonly customerId: CustomerId | null;
  readonly price: Money | null;
  readonly options: Pick<BookOptions, 'source' | 'callId' | 'notes' | 'metadata' | 'status'>;
  readonly nowMs: number;
  readonly groupId?: GroupId;
  readonly recurrence?: Recurrence;
}

/** An appointment in its first version. */
export const newAppointment = (booked: Booked, made: NewAppointment): Appointment => ({
  id: made.id,
  companyId: made.companyId,
  ...bookedIn(booked),
  customerId: made.customerId,
  status: made.options.status ?? 'confirmed',
  version: 1,
  source: made.options.source ?? 'api',
  callId: made.options.callId ?? null,
  price: made.price,
  notes: made.options.notes ?? null,
  metadata: made.options.metadata ?? {},
  groupId: made.groupId ?? null,
  recurrence: made.recurrence ?? null,
  fee: null,
  moves: 0,
  createdMs: made.nowMs,
  updatedMs: made.nowMs,
});

/** Where confirmation is required, only the company books what is confirmed. */
export const firstStatus = (
  { policies }: Catalog,
  booked: Booked,
  { status = 'confirmed', by }: Pick<BookOptions, 'status' | 'by'>,
): FirstStatus => (by !== 'company' && policies.value('requiresConfirmation', booked) ? 'pending' : status);
