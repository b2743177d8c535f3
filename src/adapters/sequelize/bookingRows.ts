import { nameKey } from '../../adapter.ts';
import type { Appointment, Booked, Customer, Hold, Span } from '../../adapter.ts';
import { detailsText, readDetails, type BookedDetails } from './bookingDetails.ts';
import { idOf, idOrNull, int, intOrNull, json, text, textOrNull } from './cell.ts';
import { idBytes } from './ids.ts';
import type { Row, SqlValue } from './program.ts';

type StoredSpan = readonly [resourceId: Span['resourceId'], startMs: number, endMs: number];

const bytesOrNull = (id: string | null): Uint8Array | null => (id === null ? null : idBytes(id));

/** JSON of ids and integers, in which nothing needs escaping: the same text as {@link JSON.stringify} of {@link StoredSpan}s. */
const spansText = (spans: readonly Span[]): string =>
  `[${spans.map(({ resourceId, startMs, endMs }) => `["${resourceId}",${startMs},${endMs}]`).join(',')}]`;

const readSpans = (cell: SqlValue | undefined): readonly Span[] =>
  json<readonly StoredSpan[]>(cell).map(([resourceId, startMs, endMs]) => ({ resourceId, startMs, endMs }));

const booked = (row: Row): Omit<Booked, keyof BookedDetails> => ({
  branchId: idOf(row[2]),
  serviceId: idOf(row[3]),
  resourceIds: json(row[4]),
  startMs: int(row[5]),
  endMs: int(row[6]),
  spans: readSpans(row[7]),
});

/** A hold as the values of `holdColumns`, without the company and the id. */
export const holdFields = (hold: Hold): SqlValue[] => [
  idBytes(hold.branchId),
  idBytes(hold.serviceId),
  JSON.stringify(hold.resourceIds),
  hold.startMs,
  hold.endMs,
  spansText(hold.spans),
  hold.owner,
  hold.expiresMs,
  detailsText(hold),
];

/** A row of `holdColumns` as a hold. */
export const readHold = (row: Row): Hold => ({
  id: idOf(row[1]),
  companyId: idOf(row[0]),
  ...booked(row),
  ...readDetails(row[10]).booked,
  owner: text(row[8]),
  expiresMs: int(row[9]),
});

/** An appointment as its stored columns, without the company and the id: those that are read, and by which resource it is found. */
export const appointmentFields = (appointment: Appointment): SqlValue[] => [
  idBytes(appointment.branchId),
  idBytes(appointment.serviceId),
  JSON.stringify(appointment.resourceIds),
  appointment.startMs,
  appointment.endMs,
  spansText(appointment.spans),
  bytesOrNull(appointment.customerId),
  appointment.status,
  appointment.version,
  appointment.source,
  bytesOrNull(appointment.callId),
  appointment.price?.amountMinor ?? null,
  appointment.price?.currency ?? null,
  appointment.notes,
  JSON.stringify(appointment.metadata),
  appointment.createdMs,
  appointment.updatedMs,
  bytesOrNull(appointment.groupId),
  detailsText(appointment, appointment),
  bytesOrNull(appointment.resourceIds[0] ?? null),
];

/** The resources of an appointment beyond the first, by which it is found as well. */
export const otherResources = ({ resourceIds }: Appointment): readonly string[] =>
  resourceIds.length < 2 ? [] : [...new Set(resourceIds)].slice(1);

/** A row of `appointmentColumns` as an appointment. */
export const readAppointment = (row: Row): Appointment => {
  const amountMinor = intOrNull(row[13]);
  const details = readDetails(row[20]);
  return {
    id: idOf(row[1]),
    companyId: idOf(row[0]),
    ...booked(row),
    ...details.booked,
    ...details.history,
    groupId: idOrNull(row[19]),
    customerId: idOrNull(row[8]),
    status: text(row[9]),
    version: int(row[10]),
    source: text(row[11]),
    callId: idOrNull(row[12]),
    price: amountMinor === null ? null : { amountMinor, currency: text(row[14]) },
    notes: textOrNull(row[15]),
    metadata: json(row[16]),
    createdMs: int(row[17]),
    updatedMs: int(row[18]),
  };
};

/** A customer as its stored columns, without the company and the id. What its name is found by is personal data like itself. */
export const customerFields = (customer: Customer): SqlValue[] => [
  customer.phone,
  customer.name,
  customer.email,
  customer.locale,
  customer.name === null ? null : nameKey(customer.name),
  customer.noShows,
];

/** A row of `customerColumns` as a customer. */
export const readCustomer = (row: Row): Customer => ({
  id: idOf(row[1]),
  companyId: idOf(row[0]),
  phone: textOrNull(row[2]),
  name: textOrNull(row[3]),
  email: textOrNull(row[4]),
  locale: textOrNull(row[5]),
  noShows: int(row[6]),
});
