import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { Ledger } from '../engine/ledger.ts';

/** An appointment as it is stored. */
export interface StoredAppointment {
  readonly id: string;
  readonly company: string;
  readonly service: string;
  readonly resources: readonly string[];
  readonly startMs: number;
  readonly endMs: number;
  readonly status: string;
  readonly version: number;
  readonly customer: string | null;
  readonly call: string | null;
}

const GRAIN_MS = 300_000;

/** A UUID of 16 bytes as text. */
const uuid = (column: string): string => {
  const part = (from: number, length: number): string => `substr(lower(hex(${column})), ${from}, ${length})`;
  const parts = [part(1, 8), part(9, 4), part(13, 4), part(17, 4), part(21, 12)];
  return `CASE WHEN ${column} IS NULL THEN NULL ELSE ${parts.join(` || '-' || `)} END`;
};

/** The tables of a database, read and broken beside the engine that writes them. */
export class Rows {
  readonly #db: DatabaseSync;
  readonly #ledger: Ledger;

  constructor(file: string) {
    this.#db = new DatabaseSync(file);
    this.#db.exec('PRAGMA busy_timeout = 5000');
    this.#ledger = new Ledger(file, GRAIN_MS);
  }

  close(): void {
    this.#ledger.close();
    this.#db.close();
  }

  all<T>(sql: string, ...values: readonly SQLInputValue[]): readonly T[] {
    return this.#db.prepare(sql).all(...values) as unknown as readonly T[];
  }

  run(sql: string): void {
    this.#db.exec(sql);
  }

  /** How many rows a table has. */
  count(table: string): number {
    return this.all<{ count: number }>(`SELECT COUNT(*) count FROM ${table}`)[0]?.count ?? NaN;
  }

  /** By their start. */
  appointments(): readonly StoredAppointment[] {
    const found = this.all<Omit<StoredAppointment, 'resources'> & { readonly resources: string }>(
      `SELECT ${uuid('id')} id, ${uuid('company_id')} company, ${uuid('service_id')} service, resource_ids resources,
        start_ms startMs, end_ms endMs, status, version, ${uuid('customer_id')} customer, ${uuid('call_id')} "call"
        FROM appointments ORDER BY start_ms, id`,
    );
    return found.map((row) => ({ ...row, resources: JSON.parse(row.resources) as readonly string[] }));
  }

  /** The calls of the voice provider, by its ids. */
  calls(): readonly {
    readonly id: string;
    readonly provider: string;
    readonly status: string;
    readonly appointment: string | null;
  }[] {
    return this.all(
      `SELECT ${uuid('id')} id, provider_call_id provider, status, ${uuid('appointment_id')} appointment
        FROM calls ORDER BY provider_call_id`,
    );
  }

  /** The cells that an owner has claimed, in order, and until when. */
  claims(owner: string): readonly { readonly cell: number; readonly expiresMs: number | null }[] {
    return this.all(
      'SELECT cell, expires_ms expiresMs FROM claims WHERE owner_id = ? ORDER BY subject, cell',
      Buffer.from(owner.replaceAll('-', ''), 'hex'),
    );
  }

  /** The names of the events in the outbox, in the order in which they were written. */
  events(): readonly string[] {
    return this.all<{ name: string }>(
      "SELECT name FROM outbox WHERE name LIKE 'appointment.%' ORDER BY occurred_ms, aggregate, sequence",
    ).map(({ name }) => name);
  }

  /** Everything that contradicts itself, in words. */
  contradictions(nowMs: number): readonly string[] {
    return this.#ledger.contradictions(nowMs);
  }

  /** Takes the guard away that every writer meets: two owners of one cell are accepted. */
  dropClaimsKey(): void {
    this.#ledger.dropClaimsKey();
  }
}
