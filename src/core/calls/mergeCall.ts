import { callStatuses, type Call, type CallStatus } from '../model/call.ts';
import { REAPED, type CallUpdate } from './sessions.ts';

/**
 * The state of a call after one more piece of knowledge. Every field keeps the greatest value it was ever told, in an order
 * of its own, so that updates come to the same state in any sequence and however often each is repeated:
 * - the furthest status, the first start and the last end;
 * - the longest transcript, summary and outcome: later events of a call tell more, never less; that a call was reaped is
 *   said only while nobody has told how it ended, and it says nothing about when;
 * - the customer and the appointment made last, which UUIDv7 ids tell;
 * - of branch and numbers, which no call changes, the greater text where events contradict each other.
 *
 * What is unknown erases nothing. Offers, version and time of change are not told by updates and stay as they are.
 * @returns the same object when nothing is new
 */
export function mergeCall(call: Call, update: CallUpdate): Call {
  const merged: Call = {
    ...call,
    status: best(call.status, update.status, isFurther),
    branchId: best(call.branchId, update.branchId, isGreater),
    from: best(call.from, update.from, isGreater),
    to: best(call.to, update.to, isGreater),
    customerId: best(call.customerId, update.customerId, isGreater),
    appointmentId: best(call.appointmentId, update.appointmentId, isGreater),
    startedMs: best(call.startedMs, update.startedMs, (a, b) => a < b),
    endedMs: best(call.endedMs, update.endedMs, isGreater),
    transcript: best(call.transcript, update.transcript, isLonger),
    summary: best(call.summary, update.summary, isLonger),
    outcome: best(call.outcome, update.outcome, tellsMore),
  };
  return sameCall(call, merged) ? call : merged;
}

const best = <T, Known extends T | null>(
  known: Known,
  told: T | undefined,
  beats: (a: T, b: T) => boolean,
): T | Known => (told !== undefined && (known === null || beats(told, known)) ? told : known);

const isGreater = <T extends string | number>(a: T, b: T): boolean => a > b;

const isLonger = (a: string, b: string): boolean => a.length > b.length || (a.length === b.length && a > b);

/** That a call was reaped says more than nothing, and less than anything else. */
const tellsMore = (a: string, b: string): boolean =>
  a === REAPED || b === REAPED ? b === '' || (a !== '' && a !== REAPED) : isLonger(a, b);

const isFurther = (a: CallStatus, b: CallStatus): boolean => callStatuses.indexOf(a) > callStatuses.indexOf(b);

function sameCall(a: Call, b: Call): boolean {
  for (const key of Object.keys(b) as (keyof Call)[]) if (a[key] !== b[key]) return false;
  return true;
}
