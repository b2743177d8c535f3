import { occupies, statuses } from '../../../adapter.ts';
import type { AppointmentStatus } from '../../../adapter.ts';
import { idOf, int, intOrNull } from '../cell.ts';
import { idText } from '../ids.ts';
import { contradiction, isObject, parsed, readBooking, statusOf, Unreadable } from './booked.ts';
import type { ToldBooking } from './booked.ts';
import { isLiveAt, moment } from './examined.ts';
import type { ExaminedCompany } from './examined.ts';
import type { Row } from '../program.ts';
import type { OwnedSpan, Owner } from './owner.ts';

/** What an owner has a right to. */
interface Right {
  /** `appointment <id>` */
  readonly name: string;
  readonly spans: readonly Omit<OwnedSpan, 'expiresMs'>[];
  /** Of a session any spans will do: it keeps those with which it was opened. */
  readonly anySpans: boolean;
  readonly expiresMs: number | null;
  readonly seats: { readonly session: string; readonly count: number } | undefined;
  readonly endMs: number;
}

/** The resources and services a booking names, to be looked for together with those of others. */
export type Named = (name: string, booking: ToldBooking) => Promise<void>;

const nobody = (name: string): Right => ({
  name,
  spans: [],
  anySpans: true,
  expiresMs: null,
  seats: undefined,
  endMs: -Infinity,
});

const rightOf = (name: string, booking: ToldBooking, isOccupying: boolean, expiresMs: number | null): Right => ({
  name,
  spans: isOccupying && booking.sessionId === null ? booking.spans : [],
  anySpans: false,
  expiresMs,
  seats:
    isOccupying && booking.sessionId !== null ? { session: booking.sessionId, count: booking.partySize } : undefined,
  endMs: booking.endMs,
});

/** Sessions have ids of version 8, whose rows go before what they took of limits does. */
const isSessionId = (id: Uint8Array): boolean => (id[6] ?? 0) >> 4 === 8;

/** Looks at everything that one owner has, beside what he should have. */
export async function judgeOwner(at: ExaminedCompany, owner: Owner, named: Named): Promise<void> {
  const { id, appointment, hold, session } = owner;
  const text = idText(id);
  if (appointment !== undefined && hold !== undefined)
    await at.tell('HOLD_LEFT_BEHIND', `hold ${text}`, 'is an appointment as well');
  try {
    const right = await readRight(at, owner, named);
    if (right === undefined) await judgeOrphans(at, owner);
    else await judgeHeld(at, owner, right);
    if (session !== undefined) await judgeSessionTime(at, owner, session);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const kind = appointment !== undefined ? 'appointment' : hold !== undefined ? 'hold' : 'session';
    await at.tell('VALUE_INVALID', `${kind} ${text}`, error.message);
  }
}

async function readRight(at: ExaminedCompany, owner: Owner, named: Named): Promise<Right | undefined> {
  const { id, appointment, hold, session } = owner;
  const text = idText(id);
  const row = appointment ?? hold;
  if (row === undefined) {
    if (session === undefined) return undefined;
    return { ...nobody(`session ${text}`), expiresMs: intOrNull(session[3]), endMs: int(session[2]) };
  }
  const name = `${appointment === undefined ? 'hold' : 'appointment'} ${text}`;
  const booking = readBooking(row);
  const wrong = contradiction(booking);
  if (wrong !== undefined) await at.tell('COLUMNS_DIFFER', name, wrong);
  if (appointment === undefined) {
    const expiresMs = int(hold?.[8]);
    // What an expired hold names may have been deleted since.
    if (expiresMs > at.nowMs) await named(name, booking);
    return rightOf(name, booking, true, expiresMs);
  }
  await named(name, booking);
  await judgeFoundBy(at, owner, name, booking);
  parsed('metadata', appointment[10], isObject);
  const status = statusOf(appointment);
  if (!(status in statuses)) {
    await at.tell('VALUE_INVALID', name, `status is ${JSON.stringify(status)}`);
    return nobody(name);
  }
  if (int(appointment[9]) < 1) await at.tell('VALUE_INVALID', name, 'version is below 1');
  return rightOf(name, booking, occupies(status as AppointmentStatus), null);
}

/** The columns and rows by which an appointment is found say what its resources say. */
async function judgeFoundBy(
  { tell }: ExaminedCompany,
  { appointment, others }: Owner,
  name: string,
  { resourceIds, startMs }: ToldBooking,
): Promise<void> {
  const [first, ...more] = resourceIds;
  const staff = appointment?.[11] ?? null;
  if ((staff === null ? undefined : idOf(staff)) !== first)
    await tell('COLUMNS_DIFFER', name, 'staff_id is not the first of resource_ids');
  const wanted = [...new Set(more)].filter((each) => each !== first).map((each) => `${each} ${startMs}`);
  if (wanted.sort().join() !== others.toSorted().join())
    await tell('COLUMNS_DIFFER', name, 'appointment_resources has other resources than resource_ids');
}

/** What belongs to an id that nobody has. Past time and the limits of past sessions are still to be swept. */
async function judgeOrphans({ nowMs, tell }: ExaminedCompany, { id, spans, units, others }: Owner): Promise<void> {
  const text = idText(id);
  if (others.length > 0) await tell('REFERENCE_MISSING', `appointment_resources of ${text}`, 'name no appointment');
  for (const { resource, startMs, endMs, expiresMs } of spans) {
    if (endMs <= nowMs) continue;
    const severity = isLiveAt(nowMs, expiresMs) ? 'error' : 'warning';
    await tell('SPAN_ORPHANED', `span ${resource} ${moment(startMs)} of ${text}`, 'belongs to nobody', severity);
  }
  for (const { subject, cell, ordinal, expiresMs } of isSessionId(id) ? [] : units) {
    const severity = isLiveAt(nowMs, expiresMs) ? 'error' : 'warning';
    await tell('UNIT_ORPHANED', `unit ${subject} ${cell} ${ordinal} of ${text}`, 'belongs to nobody', severity);
  }
}

async function judgeHeld(at: ExaminedCompany, owner: Owner, right: Right): Promise<void> {
  const { nowMs, tell } = at;
  const { name, expiresMs } = right;
  const isLive = isLiveAt(nowMs, expiresMs);
  const left = new Map(right.spans.map((span) => [keyOf(span), span]));
  for (const span of owner.spans) {
    const subject = `${name} ${span.resource} ${moment(span.startMs)}`;
    if (!left.delete(keyOf(span)) && !right.anySpans)
      await tell('SPAN_UNEXPECTED', subject, `is occupied until ${moment(span.endMs)}`);
    else if (span.expiresMs !== expiresMs)
      await tell('SPAN_EXPIRES', subject, `lapses ${moment(span.expiresMs)} instead of ${moment(expiresMs)}`);
  }
  for (const span of left.values()) {
    if (!isLive || span.endMs <= nowMs) continue;
    await tell('SPAN_MISSING', `${name} ${span.resource} ${moment(span.startMs)}`, 'is not occupied');
  }
  for (const unit of owner.units) {
    const subject = `${name} unit ${unit.subject} ${unit.cell} ${unit.ordinal}`;
    if (unit.expiresMs !== expiresMs)
      await tell('UNIT_EXPIRES', subject, `lapses ${moment(unit.expiresMs)} instead of ${moment(expiresMs)}`);
    else if (!isLiveAt(nowMs, unit.expiresMs)) continue;
    else if (unit.claimExpiresMs === undefined) await tell('UNIT_UNCLAIMED', subject, 'is not claimed');
    else if (unit.claimExpiresMs !== unit.expiresMs)
      await tell('UNIT_EXPIRES', subject, `is claimed until ${moment(unit.claimExpiresMs)}`);
  }
  const seats = owner.units.filter(({ isSeat }) => isSeat);
  const rightly = seats.filter(({ subject }) => subject === right.seats?.session).length;
  const wanted = right.seats?.count ?? 0;
  if (isLive && right.endMs > nowMs && (rightly !== wanted || seats.length !== rightly)) {
    const message = `has ${seats.length} seats, ${rightly} of them in its session, instead of ${wanted}`;
    await tell('SEATS_DIFFER', name, message);
  }
}

async function judgeSessionTime({ nowMs, tell }: ExaminedCompany, { id, spans }: Owner, session: Row): Promise<void> {
  if (int(session[2]) <= nowMs || !isLiveAt(nowMs, intOrNull(session[3]))) return;
  const isIds = (value: unknown): boolean => Array.isArray(value);
  for (const resource of parsed<readonly string[]>('resource_ids', session[1], isIds)) {
    if (spans.some((span) => span.resource === resource)) continue;
    await tell('SESSION_TIME_MISSING', `session ${idText(id)}`, `does not occupy ${resource}`);
  }
}

const keyOf = ({ resource, startMs, endMs }: Omit<OwnedSpan, 'expiresMs'>): string => `${resource} ${startMs} ${endMs}`;
