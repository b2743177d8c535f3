import type {
  DomainEvent,
  EventId,
  LeasedEvent,
  Maintenance,
  OutboxBacklog,
  Retention,
  SweepReport,
} from '../../adapter.ts';
import { idOf, int, intOrNull, json, text } from './cell.ts';
import type { Database, SqlDialect } from './dialect.ts';
import { idBytes } from './ids.ts';
import { change, rows } from './program.ts';
import type { Program, Row } from './program.ts';
import { staleCalls } from './staleCalls.ts';
import { sweepSessions, sweepUnits } from './sweepScarce.ts';
import { due } from './sweepCounts.ts';
import { sweepHolds, sweepIdempotency, sweepSentEvents, sweepSpans } from './sweepProgram.ts';

const whereEvent = 'WHERE company_id = ? AND aggregate = ? AND sequence = ?';

/** The statements of the outbox. An event that is lent is due again when its lease runs out: one column tells both. */
export const outboxSql = {
  /** Before their order, which is told by the dialect. */
  due:
    'SELECT company_id, aggregate, sequence, id, name, occurred_ms, payload, attempts, due_ms, delivered FROM outbox o' +
    ' WHERE sent_ms IS NULL AND due_ms <= ? AND NOT EXISTS (SELECT 1 FROM outbox earlier WHERE' +
    ' earlier.company_id = o.company_id AND earlier.aggregate = o.aggregate AND earlier.sequence < o.sequence' +
    ' AND earlier.sent_ms IS NULL)',
  lease:
    'UPDATE outbox SET lease_owner = ?, due_ms = ?, attempts = attempts + 1' +
    ` ${whereEvent} AND due_ms = ? AND attempts = ? AND sent_ms IS NULL`,
  event: 'SELECT company_id, aggregate, sequence, lease_owner, due_ms, sent_ms, delivered FROM outbox WHERE id = ?',
  delivered: `UPDATE outbox SET delivered = ? ${whereEvent}`,
  sent: `UPDATE outbox SET sent_ms = ?, lease_owner = NULL ${whereEvent}`,
  postpone: `UPDATE outbox SET due_ms = ?, last_error = ?, lease_owner = NULL ${whereEvent}`,
  backlog: 'SELECT COUNT(*), MIN(occurred_ms) FROM outbox WHERE sent_ms IS NULL',
} as const;

/** When a lease is judged, and what keeps the event's row as it is until the commit. */
interface Moment {
  readonly nowMs: number;
  readonly lock: string;
}

const leased = (row: Row): LeasedEvent => ({
  event: {
    id: idOf(row[3]),
    companyId: idOf(row[0]),
    name: text<DomainEvent['name']>(row[4]),
    aggregate: text(row[1]),
    occurredMs: int(row[5]),
    payload: json(row[6]),
  },
  attempts: int(row[7]),
  delivered: json(row[9]),
});

function* lease(
  { dueOrder }: SqlDialect,
  owner: string,
  leaseMs: number,
  limit: number,
  nowMs: number,
): Program<readonly LeasedEvent[]> {
  const lent: LeasedEvent[] = [];
  for (const row of yield* rows(`${outboxSql.due} ORDER BY ${dueOrder} LIMIT ?`, [nowMs, limit])) {
    const [company = null, aggregate = null, sequence = null] = row;
    const unchanged = [company, aggregate, sequence, int(row[8]), int(row[7])];
    // Another relay may have read the same rows: only one of the two finds them unchanged.
    if ((yield* change(outboxSql.lease, [owner, nowMs + leaseMs, ...unchanged])) === 1) lent.push(leased(row));
  }
  return lent;
}

/** An event's key and the handlers it was delivered to, where this owner's lease on it still runs. */
function* lentTo(
  owner: string,
  event: EventId,
  { nowMs, lock }: Moment,
): Program<{ readonly key: Row; readonly delivered: readonly string[] } | undefined> {
  const [row] = yield* rows(outboxSql.event + lock, [idBytes(event)]);
  if (row === undefined || row[3] !== owner || int(row[4]) <= nowMs || row[5] !== null) return undefined;
  return { key: row.slice(0, 3), delivered: json(row[6]) };
}

function* markDelivered(owner: string, event: EventId, handler: string, moment: Moment): Program<boolean> {
  const lent = yield* lentTo(owner, event, moment);
  if (lent === undefined) return false;
  if (lent.delivered.includes(handler)) return true;
  yield* change(outboxSql.delivered, [JSON.stringify([...lent.delivered, handler]), ...lent.key]);
  return true;
}

function* markSent(owner: string, event: EventId, moment: Moment): Program<boolean> {
  const lent = yield* lentTo(owner, event, moment);
  if (lent === undefined) return false;
  yield* change(outboxSql.sent, [moment.nowMs, ...lent.key]);
  return true;
}

function* postpone(owner: string, event: EventId, delayMs: number, error: string, moment: Moment): Program<boolean> {
  const lent = yield* lentTo(owner, event, moment);
  if (lent === undefined) return false;
  yield* change(outboxSql.postpone, [moment.nowMs + delayMs, error, ...lent.key]);
  return true;
}

function* backlog(): Program<OutboxBacklog> {
  const [row] = yield* rows(outboxSql.backlog, []);
  return { unsent: int(row?.[0] ?? 0), oldestMs: intOrNull(row?.[1] ?? null) };
}

const yes = (kept: boolean): boolean => kept;
const always = (): boolean => true;

/** The outbox's leases and the sweep, each in a transaction of its own. */
export const maintenanceWork = (database: () => Database): Maintenance => {
  const whileLent = async (program: (moment: Moment) => Program<boolean>): Promise<boolean> => {
    const storage = database();
    return storage.write((nowMs) => program({ nowMs, lock: storage.sql.forUpdate }), yes);
  };
  return {
    leaseEvents: async (owner, leaseMs, limit) => {
      const storage = database();
      return storage.write(
        (nowMs) => lease(storage.sql, owner, leaseMs, limit, nowMs),
        (lent) => lent.length > 0,
      );
    },
    markDelivered: (owner, event, handler) => whileLent((moment) => markDelivered(owner, event, handler, moment)),
    markSent: (owner, event) => whileLent((moment) => markSent(owner, event, moment)),
    postpone: (owner, event, delayMs, error) => whileLent((moment) => postpone(owner, event, delayMs, error, moment)),
    backlog: async () => database().read(backlog),
    staleCalls: async (silentMs, limit) => database().read((nowMs) => staleCalls(nowMs - silentMs, limit)),
    sweep: async (retention, limit) => sweep(database(), retention, limit),
    due: async (retention) => database().read((nowMs) => due(retention, nowMs)),
  };
};

async function sweep(storage: Database, retention: Retention, limit: number): Promise<SweepReport> {
  const { sentEventsMs, idempotencyMs, expiredHoldsMs, pastClaimsMs } = retention;
  return {
    expiredHolds: await storage.write((nowMs) => sweepHolds(storage.sql, nowMs, nowMs - expiredHoldsMs, limit), always),
    pastSpans: await storage.write((nowMs) => sweepSpans(storage.sql, nowMs - pastClaimsMs, limit), always),
    units: await storage.write((nowMs) => sweepUnits(nowMs, nowMs - pastClaimsMs, limit), always),
    sessions: await storage.write((nowMs) => sweepSessions(nowMs, nowMs - pastClaimsMs, limit), always),
    sentEvents: await storage.write((nowMs) => sweepSentEvents(nowMs - sentEventsMs, limit), always),
    idempotencyRecords: await storage.write((nowMs) => sweepIdempotency(nowMs - idempotencyMs, limit), always),
  };
}
