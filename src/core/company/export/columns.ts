import type { Customer } from '../../model/customer.ts';
import type { Cell } from './csv.ts';
import type { ExportedAppointment, ExportedCall } from './shapes.ts';

/** A column of a table, and what a row has in it. */
export type Column<T> = readonly [name: string, cell: (row: T) => Cell];

/** Lists of ids and keys, none of which has a blank. */
const list = (items: readonly (string | null)[]): string => items.map((item) => item ?? '').join(' ');

/** The table of appointments. What is no single value is JSON. */
export const appointmentColumns: readonly Column<ExportedAppointment>[] = [
  ['id', (row) => row.id],
  ['status', (row) => row.status],
  ['start', (row) => row.start],
  ['end', (row) => row.end],
  ['startMs', (row) => row.startMs],
  ['endMs', (row) => row.endMs],
  ['timeZone', (row) => row.timeZone],
  ['branch', (row) => row.branch],
  ['branchId', (row) => row.branchId],
  ['service', (row) => row.service],
  ['serviceId', (row) => row.serviceId],
  ['resources', (row) => list(row.resources)],
  ['resourceIds', (row) => list(row.resourceIds)],
  ['partySize', (row) => row.partySize],
  ['customerId', (row) => row.customerId],
  ['priceMinor', (row) => row.price?.amountMinor],
  ['priceCurrency', (row) => row.price?.currency],
  ['feeReason', (row) => row.fee?.reason],
  ['feeMinor', (row) => row.fee?.price.amountMinor],
  ['feeCurrency', (row) => row.fee?.price.currency],
  ['notes', (row) => row.notes],
  ['metadata', (row) => (Object.keys(row.metadata).length === 0 ? '' : JSON.stringify(row.metadata))],
  ['source', (row) => row.source],
  ['callId', (row) => row.callId],
  ['groupId', (row) => row.groupId],
  ['recurrenceRule', (row) => row.recurrence?.rule],
  ['recurrenceStartMs', (row) => row.recurrence?.startMs],
  ['sessionId', (row) => row.sessionId],
  ['parts', (row) => (row.parts.length === 0 ? '' : JSON.stringify(row.parts))],
  ['spans', (row) => JSON.stringify(row.spans)],
  ['bufferBeforeMinutes', (row) => row.bufferBeforeMinutes],
  ['bufferAfterMinutes', (row) => row.bufferAfterMinutes],
  ['moves', (row) => row.moves],
  ['version', (row) => row.version],
  ['created', (row) => row.created],
  ['createdMs', (row) => row.createdMs],
  ['updated', (row) => row.updated],
  ['updatedMs', (row) => row.updatedMs],
];

/** The table of customers. */
export const customerColumns: readonly Column<Customer>[] = [
  ['id', (row) => row.id],
  ['phone', (row) => row.phone],
  ['name', (row) => row.name],
  ['email', (row) => row.email],
  ['locale', (row) => row.locale],
  ['noShows', (row) => row.noShows],
];

/** The table of calls. */
export const callColumns: readonly Column<ExportedCall>[] = [
  ['id', (row) => row.id],
  ['status', (row) => row.status],
  ['started', (row) => row.started],
  ['ended', (row) => row.ended],
  ['startedMs', (row) => row.startedMs],
  ['endedMs', (row) => row.endedMs],
  ['branch', (row) => row.branch],
  ['branchId', (row) => row.branchId],
  ['provider', (row) => row.provider],
  ['providerCallId', (row) => row.providerCallId],
  ['from', (row) => row.from],
  ['to', (row) => row.to],
  ['customerId', (row) => row.customerId],
  ['appointmentId', (row) => row.appointmentId],
  ['outcome', (row) => row.outcome],
  ['summary', (row) => row.summary],
  ['transcript', (row) => row.transcript],
  ['offers', (row) => (Object.keys(row.offers).length === 0 ? '' : JSON.stringify(row.offers))],
  ['version', (row) => row.version],
  ['updated', (row) => row.updated],
  ['updatedMs', (row) => row.updatedMs],
];
