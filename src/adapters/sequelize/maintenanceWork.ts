import type { DomainEvent, EventId, LeasedEvent, Maintenance, OutboxBacklog } from '../../adapter.ts';
import { bytes, int, intOrNull, json, text } from './cell.ts';
import type { Database } from './dialect.ts';
import { idBytes, idText } from './ids.ts';
import { change, rows } from './program.ts';
import type { Program, Row } from './program.ts';
import { sweepClaims, sweepHolds, sweepIdempotency, sweepSentEvents } from './sweepProgram.ts';

// An event that is lent is due again when its lease runs out, so one column tells who may be lent what.
const dueSql =
  'SELECT company_id, aggregate, sequence, id, name, occurred_ms, payload, attempts, due_ms, delivered FROM outbox o' +
  ' WHERE sent_ms IS NULL AND due_ms <= ? AND NOT EXISTS (SELECT 1 FROM outbox earlier WHERE' +
  ' earlier.company_id = o.company_id AND earlier.aggregate = o.aggregate AND earlier.sequence < o.sequence' +
  ' AND earlier.sent_ms IS NULL) ORDER BY due_ms LIMIT ?';
const leaseSql =
  'UPDATE outbox SET lease_owner = ?, due_ms = ?, attempts = attempts + 1' +
  ' WHERE company_id = ? AND aggregate = ? AND sequence = ? AND due_ms = ? AND attempts = ? AND sent_ms IS NULL';
const lentSql = 'SELECT delivered FROM outbox WHERE id = ? AND lease_owner = ? AND due_ms > ? AND sent_ms IS NULL';
const whereLent = ' WHERE id = ? AND lease_owner = ? AND due_ms > ? AND sent_ms IS NULL';
const deliveredSql = `UPDATE outbox SET delivered = ?${whereLent}`;
const sentSql = `UPDATE outbox SET sent_ms = ?, lease_owner = NULL${whereLent}`;
const postponeSql = `UPDATE outbox SET due_ms = ?, last_error = ?, lease_owner = NULL${whereLent}`;
const backlogSql = 'SELECT COUNT(*), MIN(occurred_ms) FROM outbox WHERE sent_ms IS NULL';

const leased = (row: Row): LeasedEvent => ({
  event: {
    id: idText(bytes(row[3])),
    companyId: idText(bytes(row[0])),
    name: text<DomainEvent['name']>(row[4]),
    aggregate: text(row[1]),
    occurredMs: int(row[5]),
    payload: json(row[6]),
  },
  attempts: int(row[7]),
  delivered: json(row[9]),
});

function* lease(owner: string, leaseMs: number, limit: number, nowMs: number): Program<readonly LeasedEvent[]> {
  const lent: LeasedEvent[] = [];
  for (const row of yield* rows(dueSql, [nowMs, limit])) {
    const [company = null, aggregate = null, sequence = null] = row;
    const unchanged = [company, aggregate, sequence, int(row[8]), int(row[7])];
    // Another relay may have read the same rows: only one of the two finds them unchanged.
    if ((yield* change(leaseSql, [owner, nowMs + leaseMs, ...unchanged])) === 1) lent.push(leased(row));
  }
  return lent;
}

function* markDelivered(owner: string, event: EventId, handler: string, nowMs: number, lock: string): Program<boolean> {
  const id = idBytes(event);
  const [row] = yield* rows(lentSql + lock, [id, owner, nowMs]);
  if (row === undefined) return false;
  const delivered = json<readonly string[]>(row[0]);
  if (!delivered.includes(handler)) {
    yield* change(deliveredSql, [JSON.stringify([...delivered, handler]), id, owner, nowMs]);
  }
  return true;
}

function* markSent(owner: string, event: EventId, nowMs: number): Program<boolean> {
  return (yield* change(sentSql, [nowMs, idBytes(event), owner, nowMs])) === 1;
}

function* postpone(owner: string, event: EventId, delayMs: number, error: string, nowMs: number): Program<boolean> {
  return (yield* change(postponeSql, [nowMs + delayMs, error, idBytes(event), owner, nowMs])) === 1;
}

function* backlog(): Program<OutboxBacklog> {
  const [row] = yield* rows(backlogSql, []);
  return { unsent: int(row?.[0] ?? 0), oldestMs: intOrNull(row?.[1] ?? null) };
}

const yes = (kept: boolean): boolean => kept;
const always = (): boolean => true;

/** The outbox's leases and the sweep, each in a transaction of its own. */
export const maintenanceWork = (database: () => Database): Maintenance => ({
  leaseEvents: (owner, leaseMs, limit) =>
    database().write(
      (nowMs) => lease(owner, leaseMs, limit, nowMs),
      (lent) => lent.length > 0,
    ),
  markDelivered: (owner, event, handler) => {
    const storage = database();
    return storage.write((nowMs) => markDelivered(owner, event, handler, nowMs, storage.sql.forUpdate), yes);
  },
  markSent: (owner, event) => database().write((nowMs) => markSent(owner, event, nowMs), yes),
  postpone: (owner, event, delayMs, error) =>
    database().write((nowMs) => postpone(owner, event, delayMs, error, nowMs), yes),
  backlog: () => database().read(backlog),
  sweep: async (retention, limit) => {
    const storage = database();
    return {
      expiredHolds: await storage.write((nowMs) => sweepHolds(storage.sql, nowMs, limit), always),
      pastClaims: await storage.write((nowMs) => sweepClaims(nowMs - retention.pastClaimsMs, limit), always),
      sentEvents: await storage.write((nowMs) => sweepSentEvents(nowMs - retention.sentEventsMs, limit), always),
      idempotencyRecords: await storage.write(
        (nowMs) => sweepIdempotency(nowMs - retention.idempotencyMs, limit),
        always,
      ),
    };
  },
});
