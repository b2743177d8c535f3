import { parseId, type AppointmentId, type CustomerId, type Id } from '../model/ids.ts';

/** A position in a list that is ordered by a moment and then by id. */
export interface MomentPosition<I extends Id<string>> {
  readonly atMs: number;
  readonly id: I;
}

/** Where a page ended, as an opaque text. The kind keeps one list's cursor from being taken for another's. */
export const momentCursor = (kind: string, atMs: number, id: string): string => `${kind}${atMs.toString(36)}_${id}`;

/** Reads what {@link momentCursor} wrote for the same kind; undefined for anything else. */
export function readMomentCursor<I extends Id<string>>(kind: string, cursor: string): MomentPosition<I> | undefined {
  if (!cursor.startsWith(kind)) return undefined;
  const [moment = '', text = '', ...rest] = cursor.slice(kind.length).split('_');
  const id = parseId<I>(text);
  const atMs = /^-?[0-9a-z]{1,11}$/.test(moment) ? parseInt(moment, 36) : NaN;
  return id === undefined || rest.length > 0 || !Number.isSafeInteger(atMs) ? undefined : { atMs, id };
}

/** Where a page of appointments by start ended. */
export const appointmentCursor = (startMs: number, id: AppointmentId): string => momentCursor('', startMs, id);

/** Reads what {@link appointmentCursor} wrote; undefined for anything else. */
export function readAppointmentCursor(
  cursor: string,
): { readonly startMs: number; readonly id: AppointmentId } | undefined {
  const position = readMomentCursor<AppointmentId>('', cursor);
  return position && { startMs: position.atMs, id: position.id };
}

/** Where a page of customers that were found ended. */
export const foundCursor = (key: string, id: CustomerId): string =>
  Buffer.from(JSON.stringify([key, id])).toString('base64url');

/** Reads what {@link foundCursor} wrote; undefined for anything else. */
export function readFoundCursor(cursor: string): { readonly key: string; readonly id: CustomerId } | undefined {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [key, text] = value as readonly unknown[];
  const id = typeof text === 'string' ? parseId<CustomerId>(text) : undefined;
  return typeof key !== 'string' || id === undefined ? undefined : { key, id };
}
