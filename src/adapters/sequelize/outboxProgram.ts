import type { DomainEvent } from '../../adapter.ts';
import { idBytes } from './ids.ts';
import { change } from './program.ts';
import type { Program } from './program.ts';

/**
 * The next number of an aggregate is found in the statement itself. Writers of one aggregate follow each other (they
 * change its row first), so numbers follow the commits; two that do not meet on the key and one of them starts again.
 */
const insertEvent =
  'INSERT INTO outbox (company_id, aggregate, sequence, id, name, occurred_ms, payload, attempts, due_ms, delivered)' +
  " SELECT ?, ?, COALESCE(MAX(sequence), 0) + 1, ?, ?, ?, ?, 0, ?, '[]' FROM outbox WHERE company_id = ? AND aggregate = ?";

/** Puts events into the outbox, due at once. */
export function* storeEvents(company: Uint8Array, events: readonly DomainEvent[], nowMs: number): Program<void> {
  for (const event of events) {
    const { aggregate } = event;
    yield* change(insertEvent, [
      company,
      aggregate,
      idBytes(event.id),
      event.name,
      event.occurredMs,
      JSON.stringify(event.payload),
      nowMs,
      company,
      aggregate,
    ]);
  }
}
