import type { CallUpdate, Clock, Journal, Line } from '../../plugin.ts';
import { maskWord } from '../../plugin.ts';
import type { RetellEndpoint } from './options.ts';
import { recordCall } from './recordCall.ts';
import { partiesOf, type Tenants } from './tenant.ts';
import type { CallPayload } from './webhook/payload.ts';

interface Deps {
  readonly tenants: Tenants;
  readonly journal: Journal;
  readonly clock: Clock;
}

type Stage = NonNullable<CallUpdate['status']>;

/** How far a call has come when an event of this kind is sent. Kinds that are not here tell nothing about that. */
const stages: Readonly<Record<string, Stage>> = {
  call_started: 'ongoing',
  transcript_updated: 'ongoing',
  transfer_started: 'ongoing',
  call_ended: 'completed',
  call_analyzed: 'analyzed',
};

/** What an event tells about a call. */
function updateOf(event: string, call: CallPayload, line: Line | undefined): CallUpdate {
  const isOver = event === 'call_ended' || event === 'call_analyzed';
  return {
    status: Object.hasOwn(stages, event) ? stages[event] : undefined,
    ...origin(call, line),
    startedMs: call.start_timestamp,
    endedMs: call.end_timestamp,
    transcript: call.transcript === '' ? undefined : call.transcript,
    summary: call.call_analysis?.call_summary,
    outcome: isOver ? call.disconnection_reason : undefined,
  };
}

/** Who talks with whom, as far as the line tells. Numbers are kept as the caller's and the dialled one. */
export function origin(call: CallPayload, line: Line | undefined): CallUpdate {
  if (line === undefined) return {};
  const { ours } = partiesOf(call);
  const [company, other] = [ours === '' ? undefined : ours, line.from ?? undefined];
  const isOutbound = call.direction === 'outbound';
  return {
    from: isOutbound ? company : other,
    to: isOutbound ? other : company,
    branchId: line.branchId ?? undefined,
    customerId: line.customer?.id,
  };
}

/**
 * Stores what an event tells. Order and repetition do not matter: what is known is merged and never goes back. An event of
 * nobody's call is dropped, because sending it again would not help.
 */
export async function recordEvent(
  { tenants, journal, clock }: Deps,
  endpoint: RetellEndpoint,
  event: string,
  call: CallPayload,
): Promise<void> {
  const begunMs = clock.now();
  const tenant = await tenants.ofCall(call, endpoint);
  if (tenant === undefined) return;
  const { door, line } = tenant;
  const recorded = await recordCall(door, call.call_id, updateOf(event, call, line));
  if (recorded === undefined) return;
  await door.calls.heard(recorded);
  const told = { event: maskWord(event), ms: clock.now() - begunMs };
  journal.note(door.company.id, recorded.id, 'webhook', told, begunMs);
}
