import { z } from 'zod';
import {
  formatUtc,
  statuses,
  type Appointment,
  type AppointmentStatus,
  type AppointmentTerms,
  type CompanyDoor,
  type Money,
} from '../../../adapter.ts';
import { branchZones, bookedFields, bookedView } from './bookedView.ts';
import { epochMs, id, iso, money, version } from './fields.ts';

/** The statuses, as the engine's own table has them. */
export const status = z.enum(Object.keys(statuses) as [AppointmentStatus, ...AppointmentStatus[]]);

const isoOrNever = iso.nullable();

const termsSchema = z
  .strictObject({
    cancelBy: isoOrNever.meta({
      description: 'Until then its customer can cancel it free of charge; null: not at all.',
    }),
    rescheduleBy: isoOrNever.meta({ description: 'Until then its customer can move it; null: not at all.' }),
    movesLeft: z.int().nullable().meta({ description: 'How often he can move it; null: as often as he likes.' }),
    lateCancelFee: money.nullable().meta({ description: 'What it costs to cancel later; null: then he cannot.' }),
    noShowFee: money.nullable().meta({ description: 'What it costs not to come; null: nothing.' }),
  })
  .meta({ id: 'AppointmentTerms', description: "What its customer may still do, by today's policies." });

const feeSchema = z
  .strictObject({ reason: z.enum(['lateCancellation', 'noShow']), price: money })
  .meta({ id: 'Fee', description: 'What the customer owes beside the price. It is told, never charged.' });

/** An appointment as it is answered. */
export const appointmentSchema = z
  .strictObject({
    id,
    status,
    version: version.meta({ description: 'Counts up with each change; also the ETag.' }),
    ...bookedFields,
    customerId: id.nullable(),
    price: money.nullable(),
    fee: feeSchema.nullable(),
    moves: z.int().meta({ description: 'How often its customer has moved it.' }),
    terms: termsSchema,
    notes: z.string().nullable(),
    metadata: z.record(z.string(), z.string()),
    source: z.string(),
    callId: id.nullable(),
    groupId: id.nullable().meta({ description: 'Of the series or the batch that it was booked with.' }),
    recurrence: z
      .strictObject({ rule: z.string(), start: iso, startMs: epochMs })
      .nullable()
      .meta({ description: 'Of an occurrence: the rule (RFC 5545), and the start that it gave.' }),
    created: iso,
    createdMs: epochMs,
    updated: iso,
    updatedMs: epochMs,
  })
  .meta({ id: 'Appointment' });

const appointmentView = (
  appointment: Appointment,
  zoneOf: (branchId: string) => string,
  terms: AppointmentTerms,
): z.output<typeof appointmentSchema> => ({
  id: appointment.id,
  status: appointment.status,
  version: appointment.version,
  ...bookedView(appointment, zoneOf),
  customerId: appointment.customerId,
  price: priceView(appointment.price),
  fee: appointment.fee === null ? null : { reason: appointment.fee.reason, price: { ...appointment.fee.price } },
  moves: appointment.moves,
  terms: termsView(terms),
  notes: appointment.notes,
  metadata: { ...appointment.metadata },
  source: appointment.source,
  callId: appointment.callId,
  groupId: appointment.groupId,
  recurrence:
    appointment.recurrence === null
      ? null
      : { ...appointment.recurrence, start: formatUtc(appointment.recurrence.startMs) },
  created: formatUtc(appointment.createdMs),
  createdMs: appointment.createdMs,
  updated: formatUtc(appointment.updatedMs),
  updatedMs: appointment.updatedMs,
});

const priceView = (price: Money | null): z.output<typeof money> | null => (price === null ? null : { ...price });

const termsView = (terms: AppointmentTerms): z.output<typeof termsSchema> => ({
  cancelBy: terms.cancelByMs === null ? null : formatUtc(terms.cancelByMs),
  rescheduleBy: terms.rescheduleByMs === null ? null : formatUtc(terms.rescheduleByMs),
  movesLeft: terms.movesLeft,
  lateCancelFee: priceView(terms.lateCancelFee),
  noShowFee: priceView(terms.noShowFee),
});

/** Appointments as they are answered, with what each one's customer may still do. */
export async function appointmentViews(
  door: CompanyDoor,
  appointments: readonly Appointment[],
): Promise<z.output<typeof appointmentSchema>[]> {
  const zoneOf = await branchZones(door);
  return Promise.all(appointments.map(async (each) => appointmentView(each, zoneOf, await door.terms(each))));
}

/** The version as a strong ETag. */
export const etagOf = ({ version }: Appointment): string => `"${version}"`;
