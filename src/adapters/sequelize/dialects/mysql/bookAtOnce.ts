import { appointmentFields, customerFields } from '../../bookingRows.ts';
import type { CommonBooking, CommonSpan } from '../../commonBooking.ts';
import { idBytes } from '../../ids.ts';
import { bookColumns } from '../../migrations/0005-book-at-once.ts';
import { bookProcedure, spanFields } from '../../migrations/0008-known-customers.ts';
import type { SqlValue, Step } from '../../program.ts';

const PARAMETERS = 14 + bookColumns.customers.length - 1 + bookColumns.appointments.length - 1 + 6;

const call = `CALL ${bookProcedure}(${Array.from({ length: PARAMETERS }, () => '?').join(', ')})`;

const nobody: readonly null[] = bookColumns.customers.slice(1).map(() => null);
const nothing: readonly null[] = [null, null, null, null, null, null];
const noSpan: readonly null[] = [null, null, null, null, null];

const wide = (value: number): string => String(value).padStart(spanFields.number);

const spansText = (spans: readonly CommonSpan[]): string =>
  spans
    .map(
      ({ resourceId, startMs, endMs, first, end }) =>
        resourceId.replaceAll('-', '') + wide(startMs) + wide(endMs) + wide(first) + wide(end),
    )
    .join('');

/** A new appointment has no events yet. One that was a hold may have, and so may whatever else an event tells of. */
const sequenceOf = ({ convert, appointment, event }: CommonBooking): number | null =>
  convert === undefined && event?.aggregate === appointment.id ? 1 : null;

/** Makes a common booking by the procedure, which changes all that the steps would change, or fails and changes nothing. */
export function bookAtOnce(company: Uint8Array, booking: CommonBooking, nowMs: number): Step {
  const { idempotency, convert, owner, spans, known, customer, appointment, event } = booking;
  const values: SqlValue[] = [company, nowMs];
  if (idempotency === undefined) values.push(null, null, null);
  else values.push(idempotency.key, idempotency.fingerprint, idBytes(idempotency.resultId));
  values.push(convert?.owner ?? null, idBytes(owner));
  const [first, ...further] = spans;
  if (first === undefined) values.push(...noSpan);
  else values.push(idBytes(first.resourceId), first.startMs, first.endMs, first.first, first.end);
  values.push(spansText(further), known === undefined ? null : idBytes(known));
  values.push(...(customer === undefined ? nobody : [idBytes(customer.id), ...customerFields(customer)]));
  values.push(idBytes(appointment.id), ...appointmentFields(appointment));
  if (event === undefined) values.push(...nothing);
  else {
    values.push(idBytes(event.id), event.aggregate, sequenceOf(booking), event.name, event.occurredMs);
    values.push(JSON.stringify(event.payload));
  }
  return { sql: call, values, wants: 'changes', least: 0 };
}
