import type { Booking, CompanyDoor } from '../../../adapter.ts';
import { json, type Reply } from '../reply.ts';
import { appointmentViews, etagOf } from './appointmentView.ts';

/**
 * Answers with an appointment as it is now. The body is the same whether it was written now or earlier under the same
 * key; status and header tell.
 */
export async function bookingReply(
  { appointment, replayed }: Booking,
  door: CompanyDoor,
  status: 200 | 201,
): Promise<Reply> {
  const [view] = await appointmentViews(door, [appointment]);
  const etag = etagOf(appointment);
  if (replayed) return json(200, view, { etag, 'idempotent-replayed': 'true' });
  return json(status, view, status === 201 ? { etag, location: `/api/v2/appointments/${appointment.id}` } : { etag });
}
