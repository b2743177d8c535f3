import type { ClaimOwner, CompanyId, OwnedRows, StoredSpan } from '../../adapter.ts';
import { bookingSql } from './bookingSql.ts';
import { idOf, int, intOrNull, json, text } from './cell.ts';
import { idBytes } from './ids.ts';
import { rows } from './program.ts';
import type { Program } from './program.ts';

/** More events of one aggregate are not told. */
const MOST_EVENTS = 500;

/** What tells of an owner's time and events. */
export const ownedSql = {
  /** One span by its key, and how many of its cells are claimed. */
  span:
    'SELECT s.end_ms, s.expires_ms, (SELECT COUNT(*) FROM claims c WHERE c.company_id = s.company_id' +
    ' AND c.subject = s.resource_id AND c.cell >= s.first_cell AND c.cell < s.end_cell AND c.owner_id = s.owner_id)' +
    ' FROM spans s WHERE s.company_id = ? AND s.resource_id = ? AND s.start_ms = ? AND s.owner_id = ?',
  events:
    'SELECT id, name, occurred_ms, attempts, delivered, sent_ms, payload FROM outbox' +
    ' WHERE company_id = ? AND aggregate = ? ORDER BY sequence LIMIT ?',
} as const;

/** Reads what is stored about an owner of time. */
export function* ownedRows(company: CompanyId, owner: ClaimOwner): Program<OwnedRows> {
  const [companyBytes, ownerBytes] = [idBytes(company), idBytes(owner)];
  const spans: StoredSpan[] = [];
  // One by one by their key: asked for together, a planner would look through all spans of the company.
  for (const [resource = null, startMs = null] of yield* rows(bookingSql.spansOfOwner, [companyBytes, ownerBytes])) {
    const [row] = yield* rows(ownedSql.span, [companyBytes, resource, startMs, ownerBytes]);
    if (row === undefined) continue;
    const [endMs, expiresMs, claims] = [int(row[0]), intOrNull(row[1]), int(row[2])];
    spans.push({ resourceId: idOf(resource), startMs: int(startMs), endMs, expiresMs, claims });
  }
  spans.sort((a, b) => a.startMs - b.startMs || (a.resourceId < b.resourceId ? -1 : 1));
  const events = yield* rows(ownedSql.events, [companyBytes, owner, MOST_EVENTS]);
  return {
    spans,
    events: events.map((row) => ({
      id: idOf(row[0]),
      name: text(row[1]),
      occurredMs: int(row[2]),
      payload: json(row[6]),
      attempts: int(row[3]),
      delivered: json(row[4]),
      sentMs: intOrNull(row[5]),
    })),
  };
}
