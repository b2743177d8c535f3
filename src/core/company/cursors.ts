import { parseId, type AppointmentId, type CustomerId } from '../model/ids.ts';

/** Where a page ended, as an opaque text. */
export const appointmentCursor = (startMs: number, id: AppointmentId): string => `${startMs.toString(36)}_${id}`;

/** Reads what {@link appointmentCursor} wrote; undefined for anything else. */
export function readAppointmentCursor(
  cursor: string,
): { readonly startMs: number; readonly id: AppointmentId } | undefined {
  const [start = '', text = '', ...rest] = cursor.split('_');
  const id = parseId<AppointmentId>(text);
  const startMs = /^-?[0-9a-z]{1,11}$/.test(start) ? parseInt(start, 36) : NaN;
  return id === undefined || rest.length > 0 || !Number.isSafeInteger(startMs) ? undefined : { startMs, id };
}

/** Reads the cursor of a list of customers, which is the last id. */
export const readCustomerCursor = (cursor: string): CustomerId | undefined => parseId<CustomerId>(cursor);
