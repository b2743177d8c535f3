import { appointmentFields, customerFields } from '../../bookingRows.ts';
import type { CommonBooking } from '../../commonBooking.ts';
import { idBytes } from '../../ids.ts';
import { bookColumns, bookProcedure, spanFields } from '../../migrations/0005-book-at-once.ts';
import type { SqlValue, Step } from '../../program.ts';

const PARAMETERS = 9 + bookColumns.customers.length - 1 + bookColumns.appointments.length - 1 + 5;

const call = `CALL ${bookProcedure}(${Array.from({ length: PARAMETERS }, () => '?').join(', ')})`;

const nobody: readonly null[] = bookColumns.customers.slice(1).map(() => null);
const nothing: readonly null[] = [null, null, null, null, null];

const wide = (value: number): string => String(value).padStart(spanFields.number);

const spansText = ({ spans }: CommonBooking): string =>
  spans
    .map(
      ({ resourceId, startMs, endMs, first, end }) =>
        resourceId.replaceAll('-', '') + wide(startMs) + wide(endMs) + wide(first) + wide(end),
    )
    .join('');

/** Makes a common booking by the procedure, which changes all that the steps would change, or fails and changes nothing. */
export function bookAtOnce(company: Uint8Array, booking: CommonBooking, nowMs: number): Step {
  const { idempotency, convert, owner, expiresMs, customer, appointment, event } = booking;
  const values: SqlValue[] = [company, nowMs];
  if (idempotency === undefined) values.push(null, null, null);
  else values.push(idempotency.key, idempotency.fingerprint, idBytes(idempotency.resultId));
  values.push(convert?.owner ?? null, idBytes(owner), expiresMs, spansText(booking));
  values.push(...(customer === undefined ? nobody : [idBytes(customer.id), ...customerFields(customer)]));
  values.push(idBytes(appointment.id), ...appointmentFields(appointment));
  if (event === undefined) values.push(...nothing);
  else values.push(idBytes(event.id), event.aggregate, event.name, event.occurredMs, JSON.stringify(event.payload));
  return { sql: call, values, wants: 'changes', least: 0 };
}
