import { z } from 'zod';
import { formatUtc, statuses, type Appointment, type AppointmentStatus } from '../../../adapter.ts';
import { bookedFields, bookedView } from './bookedView.ts';
import { epochMs, id, iso, money, version } from './fields.ts';

/** The statuses, as the engine's own table has them. */
export const status = z.enum(Object.keys(statuses) as [AppointmentStatus, ...AppointmentStatus[]]);

/** An appointment as it is answered. */
export const appointmentSchema = z
  .strictObject({
    id,
    status,
    version: version.meta({ description: 'Counts up with each change; also the ETag.' }),
    ...bookedFields,
    customerId: id.nullable(),
    price: money.nullable(),
    notes: z.string().nullable(),
    metadata: z.record(z.string(), z.string()),
    source: z.string(),
    callId: id.nullable(),
    created: iso,
    createdMs: epochMs,
    updated: iso,
    updatedMs: epochMs,
  })
  .meta({ id: 'Appointment' });

/** An appointment as a plain value. */
export const appointmentView = (
  appointment: Appointment,
  zoneOf: (branchId: string) => string,
): z.output<typeof appointmentSchema> => ({
  id: appointment.id,
  status: appointment.status,
  version: appointment.version,
  ...bookedView(appointment, zoneOf),
  customerId: appointment.customerId,
  price: appointment.price === null ? null : { ...appointment.price },
  notes: appointment.notes,
  metadata: { ...appointment.metadata },
  source: appointment.source,
  callId: appointment.callId,
  created: formatUtc(appointment.createdMs),
  createdMs: appointment.createdMs,
  updated: formatUtc(appointment.updatedMs),
  updatedMs: appointment.updatedMs,
});

/** The version as a strong ETag. */
export const etagOf = ({ version }: Appointment): string => `"${version}"`;
