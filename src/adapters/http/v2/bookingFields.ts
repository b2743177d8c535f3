import { z } from 'zod';
import { firstStatuses, type CallId, type CustomerId, type ItemOptions } from '../../../adapter.ts';
import { id } from './fields.ts';

const customer = z
  .strictObject({
    id: id.optional(),
    phone: z.string().max(64).optional().meta({ description: "E.164, or a national form of the company's country." }),
    name: z.string().max(200).optional(),
    email: z.string().max(254).optional(),
    locale: z.string().max(35).optional().meta({ description: 'BCP 47.' }),
  })
  .optional();

/** What an appointment may say beside its time. */
export const bookingFields = {
  customer,
  source: z.string().min(1).max(40).optional().meta({ description: 'Left out: http.' }),
  callId: id.optional(),
  notes: z.string().max(2_000).optional(),
  metadata: z.record(z.string().min(1).max(64), z.string().max(500)).optional(),
  status: z.enum(firstStatuses).optional().meta({
    description: 'Left out: confirmed. Where confirmation is required, what a customer books is pending.',
  }),
};

type BookingInput = {
  readonly [Field in keyof typeof bookingFields]?: z.output<(typeof bookingFields)[Field]>;
};

/** The judged fields as the engine takes them. */
export const bookingOf = ({
  customer,
  source = 'http',
  callId,
  notes,
  metadata,
  status,
}: BookingInput): ItemOptions => ({
  customer: customer === undefined ? undefined : { ...customer, id: customer.id as CustomerId | undefined },
  source,
  callId: callId as CallId | undefined,
  notes,
  metadata,
  status,
});
