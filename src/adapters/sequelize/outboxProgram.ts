import type { DomainEvent, PluginEvent } from '../../adapter.ts';
import { idBytes } from './ids.ts';
import { admit } from './program.ts';
import type { Program, SqlValue } from './program.ts';

/**
 * The next number of an aggregate is found in the statement itself. Writers of one aggregate mostly follow each other,
 * because they change its row first, so numbers follow the commits; those who meet are told apart by the key.
 */
export const insertEvent =
  'INSERT INTO outbox (company_id, aggregate, sequence, id, name, occurred_ms, payload, attempts, due_ms, delivered)' +
  " SELECT ?, ?, COALESCE(MAX(sequence), 0) + 1, ?, ?, ?, ?, 0, ?, '[]' FROM outbox WHERE company_id = ? AND aggregate = ?";

/** The values of {@link insertEvent}. */
export const eventValues = (
  company: Uint8Array,
  { id, aggregate, name, occurredMs, payload }: DomainEvent | PluginEvent,
  nowMs: number,
): SqlValue[] => [
  company, aggregate, idBytes(id), name, occurredMs, JSON.stringify(payload), nowMs, company, aggregate,
]; // prettier-ignore

/** Puts events into the outbox, due at once. */
export function* storeEvents(
  company: Uint8Array,
  events: readonly (DomainEvent | PluginEvent)[],
  nowMs: number,
): Program<void> {
  for (const event of events) {
    const values = eventValues(company, event, nowMs);
    // Refused: another writer committed the same number meanwhile, so the next one is one higher.
    while (!(yield* admit(insertEvent, values)));
  }
}
