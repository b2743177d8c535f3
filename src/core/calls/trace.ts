import type { OwnedRows, Storage } from '../contracts/storage.ts';
import type { Appointment } from '../model/appointment.ts';
import type { Call } from '../model/call.ts';
import type { AppointmentId, CallId, ClaimOwner, CompanyId } from '../model/ids.ts';
import { isId, parseId } from '../model/ids.ts';
import { refuse, type Answer } from '../refusals.ts';
import { formatUtc } from '../time/instant.ts';
import type { Journal, JournalEntry } from './journal.ts';
import type { Told } from './mask.ts';
import { isCallKey } from './updateErrors.ts';
import { tracedAppointment, tracedCall, tracedHold, tracedRows, type TracedRow } from './tracedRows.ts';

/** What to trace: a call by its own id or by its provider's, or an appointment. */
export type TraceOf =
  | { readonly call: CallId }
  | { readonly provider: string; readonly providerCallId: string }
  | { readonly appointment: AppointmentId };

/** One thing that happened. */
export interface TraceStep {
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** `webhook`, `function`, `offers`, `hold`, `appointment`, `event`, `callback`, `reaped` … */
  readonly kind: string;
  readonly told: Readonly<Record<string, Told>>;
}

/** What happened around a call or an appointment. Personal data is masked. */
export interface Trace {
  /** In order of time: what was noted in the calls, and what the outbox holds. */
  readonly timeline: readonly TraceStep[];
  /** What is stored now. */
  readonly rows: readonly TracedRow[];
}

interface Deps {
  readonly storage: Pick<Storage, 'call' | 'callById' | 'appointment' | 'customer' | 'holdsOf' | 'ownedRows'>;
  readonly journal: Pick<Journal, 'read'>;
}

type Traced = Answer<{ readonly trace: Trace }, 'CALL_UNKNOWN' | 'APPOINTMENT_UNKNOWN'>;

/** More appointments of one call are not told. */
const MOST_APPOINTMENTS = 50;

/** Traces a call, with all that was held and booked in it. */
export async function traceCall(
  deps: Deps,
  company: CompanyId,
  of: Exclude<TraceOf, { readonly appointment: AppointmentId }>,
): Promise<Traced> {
  const { storage, journal } = deps;
  const call =
    'call' in of
      ? isId(of.call) && (await storage.callById(company, of.call))
      : isCallKey(of.provider, of.providerCallId) && (await storage.call(company, of.provider, of.providerCallId));
  if (call === undefined || call === false) return refuse('CALL_UNKNOWN', {});
  const entries = await journal.read(company, call.id);
  const owners = new Set<ClaimOwner>(call.appointmentId === null ? [] : [call.appointmentId]);
  for (const { told } of entries)
    for (const id of [told['appointment'], told['hold']]) {
      const owner = typeof id === 'string' ? parseId<AppointmentId>(id) : undefined;
      if (owner !== undefined && owners.size < MOST_APPOINTMENTS) owners.add(owner);
    }
  return { ok: true, trace: await traceOf(deps, company, [{ call, entries }], owners) };
}

/** Traces an appointment, with the call in which it was made. */
export async function traceAppointment(deps: Deps, company: CompanyId, id: AppointmentId): Promise<Traced> {
  if (!isId(id)) return refuse('APPOINTMENT_UNKNOWN', {});
  const { storage, journal } = deps;
  const appointment = await storage.appointment(company, id);
  if (appointment === undefined) return refuse('APPOINTMENT_UNKNOWN', {});
  const call = appointment.callId === null ? undefined : await storage.callById(company, appointment.callId);
  const calls = call === undefined ? [] : [{ call, entries: await journal.read(company, call.id) }];
  return { ok: true, trace: await traceOf(deps, company, calls, new Set([id])) };
}

interface KnownCall {
  readonly call: Call;
  readonly entries: readonly JournalEntry[];
}

async function traceOf(
  deps: Deps,
  company: CompanyId,
  calls: readonly KnownCall[],
  owners: ReadonlySet<ClaimOwner>,
): Promise<Trace> {
  const { storage } = deps;
  const steps: Step[] = [];
  const rows: TracedRow[] = [];
  const customerOf = async ({ customerId }: Appointment | Call) =>
    customerId === null ? undefined : storage.customer(company, customerId);
  for (const { call, entries } of calls) {
    for (const { atMs, kind, told } of entries) steps.push({ atMs, kind, told });
    rows.push(tracedCall(call, await customerOf(call)));
    for (const hold of await storage.holdsOf(company, call.id)) rows.push(tracedHold(hold));
  }
  for (const id of owners) {
    const [owned, appointment] = await Promise.all([
      storage.ownedRows(company, id),
      storage.appointment(company, id as AppointmentId),
    ]);
    steps.push(...stepsOf(owned));
    if (appointment !== undefined) rows.push(tracedAppointment(appointment, await customerOf(appointment)));
    rows.push(...tracedRows(id, owned));
  }
  // Sorting keeps the order of what happened in the same millisecond: the journal's entries before the events.
  const timeline = steps
    .toSorted((a, b) => a.atMs - b.atMs)
    .map(({ atMs, kind, told }) => ({ at: formatUtc(atMs), kind, told }));
  return { timeline, rows };
}

type Step = JournalEntry;

const stepsOf = ({ events }: OwnedRows): readonly Step[] =>
  events.map(({ occurredMs, name, attempts, delivered, sentMs }) => ({
    atMs: occurredMs,
    kind: 'event',
    told: {
      name,
      attempts,
      ...(delivered.length === 0 ? {} : { delivered: delivered.join(', ') }),
      sent: sentMs === null ? null : formatUtc(sentMs),
    },
  }));
