import type {
  AppointmentWrite,
  BookingWrite,
  ClaimOwner,
  Customer,
  GroupId,
  SeatClaim,
  WriteOutcome,
} from '../../adapter.ts';
import { appointmentFields, customerFields, holdFields, otherResources } from './bookingRows.ts';
import { bookingSql } from './bookingSql.ts';
import { idOf, int, text } from './cell.ts';
import { claim } from './claimProgram.ts';
import type { SqlDialect } from './dialect.ts';
import { idBytes } from './ids.ts';
import { storeEvents } from './outboxProgram.ts';
import { convert, release } from './ownership.ts';
import { admit, change, rows } from './program.ts';
import type { Program, SqlValue } from './program.ts';
import { takeSeats } from './sessionProgram.ts';
import { takeUnits } from './unitProgram.ts';

const committed: WriteOutcome = { kind: 'committed' };
const taken: WriteOutcome = { kind: 'taken' };
const holdExpired: WriteOutcome = { kind: 'hold-expired' };
const customerRaced: WriteOutcome = { kind: 'customer-raced' };

/** Whether a write shall be kept: everything but a commit leaves nothing behind. */
export const isCommitted = (outcome: WriteOutcome): boolean => outcome.kind === 'committed';

/** Does what a booking changes, in the order of its fields, inside a transaction that its caller ends. */
export function* bookingProgram(
  sql: SqlDialect,
  company: Uint8Array,
  write: BookingWrite,
  nowMs: number,
): Program<WriteOutcome> {
  const { idempotency, requireHold, claims, units, hold } = write;
  if (idempotency !== undefined) {
    const earlier = yield* takeKey(company, idempotency, nowMs);
    if (earlier !== undefined) return earlier;
  }
  if (requireHold !== undefined && !(yield* isLive(sql, company, requireHold, nowMs))) return holdExpired;
  const changed = yield* versionsFirst(sql, company, write);
  if (changed !== undefined) return changed;
  for (const owner of write.release ?? []) yield* release(sql, company, idBytes(owner), nowMs);
  if (write.convert !== undefined) {
    if (!(yield* isLive(sql, company, write.convert, nowMs))) return holdExpired;
    if (!(yield* convert(sql, company, idBytes(write.convert.id), nowMs))) return holdExpired;
  }
  if (claims !== undefined && !(yield* claim(sql, company, claims, nowMs))) return taken;
  const limited = units === undefined ? undefined : yield* takeUnits(sql, company, units, nowMs);
  if (limited !== undefined) return limited;
  for (const seats of inOrder(write.seats)) {
    const full = yield* takeSeats(sql, company, seats, nowMs);
    if (full !== undefined) return full;
  }
  for (const id of write.requireCustomers ?? []) {
    // Who will be changed is locked as his change locks him: two who shared the lock first would wait for each other.
    const isChanged = write.customers?.some((customer) => customer.id === id) === true;
    const lock = isChanged ? sql.forUpdate : sql.forShare;
    if ((yield* rows(bookingSql.customerExists + lock, [company, idBytes(id)])).length === 0) return customerRaced;
  }
  for (const customer of write.customers ?? []) {
    if (!(yield* storeCustomer(company, customer))) return customerRaced;
  }
  for (const { customerId, by } of write.missed ?? []) {
    yield* change(bookingSql.countMissed, [by, by, company, idBytes(customerId)]);
  }
  if (hold !== undefined) yield* change(bookingSql.insertHold, [company, idBytes(hold.id), ...holdFields(hold)]);
  for (const appointment of write.appointments ?? []) {
    const conflict = yield* storeAppointment(company, appointment);
    if (conflict !== undefined) return conflict;
  }
  yield* storeEvents(company, write.events, nowMs);
  return committed;
}

/**
 * Looks at the version of each appointment whose time is given back before at that time. On a cluster whose nodes lag, its
 * claims and its row may arrive between two statements: who met the row alone would leave the claims behind.
 */
function* versionsFirst(
  sql: SqlDialect,
  company: Uint8Array,
  { release: owners = [], appointments = [] }: BookingWrite,
): Program<WriteOutcome | undefined> {
  // A file is no cluster.
  if (owners.length === 0 || sql.forUpdate === '') return undefined;
  const released = new Set<string>(owners);
  for (const { row, expectedVersion } of appointments) {
    if (expectedVersion === 0 || !released.has(row.id)) continue;
    const [found] = yield* rows(bookingSql.appointmentVersion + sql.forUpdate, [company, idBytes(row.id)]);
    const version = found === undefined ? 0 : int(found[0]);
    if (version !== expectedVersion) return { kind: 'version-conflict', version, id: row.id };
  }
  return undefined;
}

/** Writers who join the same sessions meet in them in one order. */
const inOrder = (seats: readonly SeatClaim[] = []): readonly SeatClaim[] =>
  seats.length < 2 ? seats : [...seats].sort((a, b) => (a.session < b.session ? -1 : a.session > b.session ? 1 : 0));

/** Undefined when the key is new and now taken; else what it was used for. */
function* takeKey(
  company: Uint8Array,
  {
    key,
    fingerprint,
    resultId,
  }: { readonly key: string; readonly fingerprint: string; readonly resultId: ClaimOwner | GroupId },
  nowMs: number,
): Program<WriteOutcome | undefined> {
  const values = [company, key, fingerprint, idBytes(resultId), nowMs];
  for (;;) {
    if (yield* admit(bookingSql.insertIdempotency, values)) return undefined;
    const [earlier] = yield* rows(bookingSql.idempotencyByKey, [company, key]);
    // Swept between the two statements: the key is new again.
    if (earlier === undefined) continue;
    if (text(earlier[0]) !== fingerprint) return { kind: 'key-reused' };
    return { kind: 'replayed', resultId: idOf<ClaimOwner | GroupId>(earlier[1]) };
  }
}

function* isLive(
  sql: SqlDialect,
  company: Uint8Array,
  { id, owner }: { readonly id: string; readonly owner: string },
  nowMs: number,
): Program<boolean> {
  return (yield* rows(bookingSql.liveHold + sql.forUpdate, [company, idBytes(id), owner, nowMs])).length > 0;
}

/** False when another customer of the company has the phone number. */
function* storeCustomer(company: Uint8Array, customer: Customer): Program<boolean> {
  const fields = customerFields(customer);
  const id = idBytes(customer.id);
  const exists = (yield* rows(bookingSql.customerExists, [company, id])).length > 0;
  // An update that changes nothing counts as none on some servers, so only a refusal is a reason to stop.
  return exists
    ? yield* admit(bookingSql.updateCustomer, [...fields.slice(0, -1), company, id], 0)
    : yield* admit(bookingSql.insertCustomer, [company, id, ...fields]);
}

function* storeAppointment(
  company: Uint8Array,
  { row, expectedVersion }: AppointmentWrite,
): Program<WriteOutcome | undefined> {
  const fields = appointmentFields(row);
  const id = idBytes(row.id);
  const others = otherResources(row);
  const isStored =
    expectedVersion === 0
      ? yield* admit(bookingSql.insertAppointment, [company, id, ...fields])
      : yield* updateAppointment([...fields, company, id, expectedVersion], others.length === 0);
  if (isStored) {
    if (others.length === 0) return undefined;
    const noted = others.flatMap((resource) => [company, idBytes(resource), row.startMs, id]);
    yield* change(bookingSql.insertOtherResources(others.length), noted);
    return undefined;
  }
  const [present] = yield* rows(bookingSql.appointmentVersion, [company, id]);
  return { kind: 'version-conflict', version: present === undefined ? 0 : int(present[0]), id: row.id };
}

/** Writes a row over its expected version, of which no further resources are noted afterwards; false when it has another one. */
function* updateAppointment(values: readonly SqlValue[], isPlain: boolean): Program<boolean> {
  // Most had one resource and still have one: for them this is all.
  if (isPlain && (yield* change(bookingSql.updatePlainAppointment, values)) === 1) return true;
  if ((yield* change(bookingSql.updateAppointment, values)) !== 1) return false;
  yield* change(bookingSql.deleteOtherResources, values.slice(-3, -1));
  return true;
}
