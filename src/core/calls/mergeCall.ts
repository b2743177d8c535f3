import type { CallStatus, Call } from '../model/call.ts';
import type { CallUpdate } from './sessions.ts';

const order: readonly CallStatus[] = ['inbound', 'ongoing', 'completed', 'analyzed'];

const later = (a: CallStatus, b: CallStatus): CallStatus => (order.indexOf(b) > order.indexOf(a) ? b : a);

/**
 * The state of a call after one more piece of knowledge. Events arrive in any order and repeatedly: the status only
 * moves forward, the first start and the last end stand, a longer transcript wins, and what is unknown erases nothing.
 * @returns the same object when nothing is new
 */
export function mergeCall(call: Call, update: CallUpdate): Call {
  const merged: Call = {
    ...call,
    status: update.status === undefined ? call.status : later(call.status, update.status),
    branchId: call.branchId ?? update.branchId ?? null,
    from: call.from ?? update.from ?? null,
    to: call.to ?? update.to ?? null,
    customerId: update.customerId ?? call.customerId,
    appointmentId: update.appointmentId ?? call.appointmentId,
    startedMs: earliest(call.startedMs, update.startedMs),
    endedMs: latest(call.endedMs, update.endedMs),
    transcript: longest(call.transcript, update.transcript),
    summary: update.summary ?? call.summary,
    outcome: update.outcome ?? call.outcome,
    offers: update.offers ?? call.offers,
  };
  return sameCall(call, merged) ? call : merged;
}

const earliest = (a: number | null, b: number | undefined): number | null =>
  b === undefined ? a : a === null ? b : Math.min(a, b);

const latest = (a: number | null, b: number | undefined): number | null =>
  b === undefined ? a : a === null ? b : Math.max(a, b);

const longest = (a: string | null, b: string | undefined): string | null =>
  b === undefined || (a !== null && a.length >= b.length) ? a : b;

function sameCall(a: Call, b: Call): boolean {
  for (const key of Object.keys(b) as (keyof Call)[]) if (a[key] !== b[key]) return false;
  return true;
}
