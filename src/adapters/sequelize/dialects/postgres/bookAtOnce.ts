import { appointmentFields, customerFields } from '../../bookingRows.ts';
import { bookingSql, spareCustomer } from '../../bookingSql.ts';
import type { CommonBooking } from '../../commonBooking.ts';
import { idBytes } from '../../ids.ts';
import { eventValues, insertEvent } from '../../outboxProgram.ts';
import type { SqlValue, Step } from '../../program.ts';

/** Inserts the cells of spans; takes the company, the owner, the spans and the time. */
const claim = (spans: number, takeOver: string): string =>
  'INSERT INTO claims (company_id, subject, cell, ordinal, owner_id, expires_ms)' +
  ' SELECT CAST(? AS uuid), wanted.subject, cell, 0, CAST(? AS uuid), CAST(NULL AS bigint) FROM (VALUES ' +
  Array.from({ length: spans }, () => '(CAST(? AS uuid), CAST(? AS bigint), CAST(? AS bigint))').join(', ') +
  ') AS wanted (subject, first_cell, end_cell), generate_series(wanted.first_cell, wanted.end_cell - 1) AS cell' +
  ` ORDER BY wanted.subject, cell${takeOver} RETURNING 1`;

/** Whoever takes a customer away waits for those who book for him. */
export const forShare = ' FOR KEY SHARE';

const ofHold = 'company_id = ? AND owner_id = ?';

/** What a live hold has, made permanent. Each takes what the comment says. */
const conversion = [
  // The company, the hold, its owner and the time.
  'gone AS (DELETE FROM holds WHERE company_id = ? AND id = ? AND owner = ? AND expires_ms > ? RETURNING 1)',
  // The company, the hold and the time.
  'kept AS (UPDATE claims SET expires_ms = NULL FROM spans s WHERE s.company_id = ? AND s.owner_id = ?' +
    ' AND claims.company_id = s.company_id AND claims.subject = s.resource_id AND claims.owner_id = s.owner_id' +
    ' AND claims.cell >= s.first_cell AND claims.cell < s.end_cell AND claims.expires_ms > ? RETURNING 1)',
  // The company and the hold.
  `lasting AS (UPDATE spans SET expires_ms = NULL WHERE ${ofHold})`,
];

/** Units and seats have rules of their own, so a hold of them is converted step by step; takes the company and the hold twice. */
const isKept =
  `(SELECT COUNT(*) FROM kept) = (SELECT SUM(end_cell - first_cell) FROM spans WHERE ${ofHold})` +
  ` AND NOT EXISTS (SELECT 1 FROM units WHERE ${ofHold})`;

/** What the server notes in its log when a booking turns out to be none of those that are made at once. */
const otherwise = "'askpro: taken, known or uncommon; it is tried again step by step'";

/**
 * Conditions are looked at one after the other, as a CASE does it, so that writers meet in the same order as step by step.
 * A division or a cast that is constant would fail at once; this one fails where a condition does not hold.
 */
const demand = (conditions: readonly string[]): string =>
  `SELECT CAST(${conditions.reduceRight((then, condition) => `CASE WHEN ${condition} THEN ${then} ELSE ${otherwise} END`, "'1'")} AS integer)`;

const texts = new Map<string, string>();

function textOf({ idempotency, convert, spans, known, customer, event }: CommonBooking, takeOver: string): string {
  const shape = [idempotency, convert, known, customer, event].map((part) => (part === undefined ? '-' : '+')).join('');
  const key = shape + spans.length;
  let text = texts.get(key);
  if (text === undefined) {
    const parts = [
      ...(idempotency === undefined
        ? []
        : [`keyed AS (${bookingSql.insertIdempotency} ON CONFLICT DO NOTHING RETURNING 1)`]),
      ...(convert === undefined
        ? [`claimed AS (${claim(spans.length, takeOver)})`, `spanned AS (${bookingSql.insertSpans(spans.length)})`]
        : conversion),
      ...(known === undefined ? [] : [`known AS (${bookingSql.customerExists}${forShare})`]),
      ...(customer === undefined ? [] : [`customer AS (${bookingSql.insertCustomer}${spareCustomer})`]),
      `appointment AS (${bookingSql.insertAppointment})`,
      ...(event === undefined ? [] : [`event AS (${insertEvent})`]),
    ];
    const conditions = [
      ...(idempotency === undefined ? [] : ['(SELECT COUNT(*) FROM keyed) = 1']),
      ...(convert === undefined
        ? ['(SELECT COUNT(*) FROM claimed) = CAST(? AS bigint)']
        : ['(SELECT COUNT(*) FROM gone) = 1', isKept]),
      ...(known === undefined ? [] : ['(SELECT COUNT(*) FROM known) = 1']),
    ];
    text = `WITH ${parts.join(', ')} ${demand(conditions)}`;
    texts.set(key, text);
  }
  return text;
}

/** Makes a common booking in one statement, which changes all that the steps would change, or fails and changes nothing. */
export function bookAtOnce(takeOver: string, company: Uint8Array, booking: CommonBooking, nowMs: number): Step {
  const { idempotency, convert, spans, owner, known, customer, appointment, event } = booking;
  const ownerId = idBytes(owner);
  const values: SqlValue[] = [];
  const last: SqlValue[] = [];
  if (idempotency !== undefined) {
    values.push(company, idempotency.key, idempotency.fingerprint, idBytes(idempotency.resultId), nowMs);
  }
  if (convert === undefined) {
    const ids = spans.map(({ resourceId }) => idBytes(resourceId));
    values.push(company, ownerId);
    let cells = 0;
    for (const [index, { first, end }] of spans.entries()) {
      values.push(ids[index] ?? null, first, end);
      cells += end - first;
    }
    values.push(nowMs);
    for (const [index, { startMs, endMs, first, end }] of spans.entries())
      values.push(company, ids[index] ?? null, startMs, ownerId, endMs, null, first, end);
    last.push(cells);
  } else {
    values.push(company, ownerId, convert.owner, nowMs, company, ownerId, nowMs, company, ownerId);
    last.push(company, ownerId, company, ownerId);
  }
  if (known !== undefined) values.push(company, idBytes(known));
  if (customer !== undefined) values.push(company, idBytes(customer.id), ...customerFields(customer));
  values.push(company, idBytes(appointment.id), ...appointmentFields(appointment));
  if (event !== undefined) values.push(...eventValues(company, event, nowMs));
  values.push(...last);
  return { sql: textOf(booking, takeOver), values, wants: 'rows', least: 0 };
}
