import { setTimeout } from 'node:timers/promises';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';

/** One row as the database gives it. */
export type Row = Readonly<Record<string, SQLOutputValue>>;

/** An appointment as it is stored. */
export interface AppointmentRow {
  readonly id: string;
  readonly status: string;
  readonly version: number;
  readonly source: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly resources: readonly string[];
  readonly customerName: string | null;
  readonly customerPhone: string | null;
  readonly providerCallId: string | null;
}

/** A phone call as it is stored. */
export interface CallRow {
  readonly id: string;
  readonly company: string;
  readonly status: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly transcript: string | null;
  readonly summary: string | null;
  readonly outcome: string | null;
  readonly offers: number;
  readonly appointmentId: string | null;
}

/** Occupied time as it is stored. */
export interface SpanRow {
  readonly resource: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** The claims of one appointment. */
export interface ClaimsRow {
  readonly count: number;
  readonly firstCell: number;
  readonly lastCell: number;
  /** How many of them would lapse by themselves. */
  readonly expiring: number;
}

/** What a service occupies around an appointment. */
export interface ServiceRow {
  readonly bufferBeforeMs: number;
  readonly bufferAfterMs: number;
  readonly grainMs: number;
}

const APPOINTMENT = `
  SELECT lower(hex(a.id)) AS id, a.status, a.version, a.source, a.start_ms, a.end_ms, a.resource_ids,
         c.name AS customer_name, c.phone AS customer_phone, p.provider_call_id
    FROM appointments a
    LEFT JOIN customers c ON c.company_id = a.company_id AND c.id = a.customer_id
    LEFT JOIN calls p ON p.company_id = a.company_id AND p.id = a.call_id`;

/** Reads the rows behind the host's back, through a connection of its own. */
export class Rows {
  readonly #db: DatabaseSync;
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
    this.#db = new DatabaseSync(file, { readOnly: true, timeout: 2_000 });
  }

  close(): void {
    this.#db.close();
  }

  /** Holds back all writing of the host for so long, as another process might, so that what is asked meanwhile meets. */
  async holdWrites(milliseconds: number): Promise<void> {
    const other = new DatabaseSync(this.#file, { timeout: 2_000 });
    try {
      other.exec('BEGIN IMMEDIATE');
      await setTimeout(milliseconds);
      other.exec('ROLLBACK');
    } finally {
      other.close();
    }
  }

  /** The appointments booked during a provider's call, in the order they were made. */
  appointmentsOf(providerCallId: string): readonly AppointmentRow[] {
    return this.all(`${APPOINTMENT} WHERE p.provider_call_id = ? ORDER BY a.id`, providerCallId).map(appointmentRow);
  }

  /** The appointment with this id. */
  appointment(id: string): AppointmentRow | undefined {
    return this.all(`${APPOINTMENT} WHERE a.id = ?`, bytes(id)).map(appointmentRow)[0];
  }

  /** The call of this provider's id, wherever it is stored. */
  call(providerCallId: string): CallRow | undefined {
    const sql = `
      SELECT lower(hex(p.id)) AS id, o.company_key, p.status, p.from_number, p.to_number, p.transcript, p.summary, p.outcome,
             p.offers, lower(hex(p.appointment_id)) AS appointment_id
        FROM calls p JOIN companies o ON o.company_id = p.company_id
       WHERE p.provider = 'retell' AND p.provider_call_id = ?`;
    const [row] = this.all(sql, providerCallId);
    if (row === undefined) return undefined;
    return {
      id: text(row, 'id'),
      company: text(row, 'company_key'),
      status: text(row, 'status'),
      from: textOrNull(row, 'from_number'),
      to: textOrNull(row, 'to_number'),
      transcript: textOrNull(row, 'transcript'),
      summary: textOrNull(row, 'summary'),
      outcome: textOrNull(row, 'outcome'),
      offers: Object.keys(JSON.parse(text(row, 'offers')) as object).length,
      appointmentId: textOrNull(row, 'appointment_id') === '' ? null : textOrNull(row, 'appointment_id'),
    };
  }

  /** The occupied time of an appointment. */
  spans(appointmentId: string): readonly SpanRow[] {
    const sql = `
      SELECT r.name AS resource, s.start_ms, s.end_ms
        FROM spans s JOIN resources r ON r.company_id = s.company_id AND r.id = s.resource_id
       WHERE s.owner_id = ? ORDER BY s.start_ms`;
    return this.all(sql, bytes(appointmentId)).map((row) => ({
      resource: text(row, 'resource'),
      startMs: number(row, 'start_ms'),
      endMs: number(row, 'end_ms'),
    }));
  }

  /** The claims of an appointment. */
  claims(appointmentId: string): ClaimsRow {
    const sql = `SELECT count(*) AS n, min(cell) AS first, max(cell) AS last, count(expires_ms) AS expiring
                   FROM claims WHERE owner_id = ?`;
    const [row] = this.all(sql, bytes(appointmentId));
    if (row === undefined) throw new Error('A count always has a row.');
    return {
      count: number(row, 'n'),
      firstCell: number(row, 'first'),
      lastCell: number(row, 'last'),
      expiring: number(row, 'expiring'),
    };
  }

  /** The names of the events about an appointment, in order. */
  events(appointmentId: string): readonly string[] {
    const sql = 'SELECT name FROM outbox WHERE aggregate = ? ORDER BY sequence';
    return this.all(sql, dashed(appointmentId)).map((row) => text(row, 'name'));
  }

  /** What a service of a company occupies. */
  service(company: string, service: string): ServiceRow {
    const sql = `
      SELECT s.buffer_before_minutes AS before, s.buffer_after_minutes AS after, o.grain_minutes AS grain
        FROM services s JOIN companies o ON o.company_id = s.company_id
       WHERE o.company_key = ? AND s.service_key = ?`;
    const [row] = this.all(sql, company, service);
    if (row === undefined) throw new Error(`The host has no service ${service} of ${company}.`);
    return {
      bufferBeforeMs: number(row, 'before') * 60_000,
      bufferAfterMs: number(row, 'after') * 60_000,
      grainMs: number(row, 'grain') * 60_000,
    };
  }

  /** The name of the customer with a phone number of one company; undefined when there is none. */
  customerName(company: string, phone: string): string | null | undefined {
    const sql = `SELECT c.name FROM customers c JOIN companies o ON o.company_id = c.company_id
                  WHERE o.company_key = ? AND c.phone = ?`;
    const [row] = this.all(sql, company, phone);
    return row === undefined ? undefined : textOrNull(row, 'name');
  }

  /** How many confirmed appointments of this id begin at an instant. */
  bookedAt(id: string, startMs: number): number {
    const row = id === '' ? undefined : this.appointment(id);
    return row?.status === 'confirmed' && row.startMs === startMs ? 1 : 0;
  }

  /** When the holds of a start lapse. */
  heldAt(startMs: number): readonly number[] {
    return this.all('SELECT expires_ms FROM holds WHERE start_ms = ?', startMs).map((row) => number(row, 'expires_ms'));
  }

  /** How many appointments of a company that were not cancelled begin within a day of an instant. */
  startingOn(company: string, fromMs: number): number {
    const sql = `SELECT count(*) AS n FROM appointments a JOIN companies o ON o.company_id = a.company_id
                  WHERE o.company_key = ? AND a.start_ms BETWEEN ? AND ? AND a.status <> 'cancelled'`;
    const [row] = this.all(sql, company, fromMs, fromMs + 86_399_999);
    return row === undefined ? NaN : number(row, 'n');
  }

  /** How many pairs of occupied times of one resource overlap, in the whole database. */
  overlaps(): number {
    const sql = `
      SELECT count(*) AS n
        FROM spans a JOIN spans b
          ON a.company_id = b.company_id AND a.resource_id = b.resource_id AND a.owner_id < b.owner_id
         AND a.start_ms < b.end_ms AND b.start_ms < a.end_ms
       WHERE a.expires_ms IS NULL AND b.expires_ms IS NULL`;
    const [row] = this.all(sql);
    return row === undefined ? NaN : number(row, 'n');
  }

  /** What any question reads. */
  all(sql: string, ...values: readonly (string | number | Uint8Array)[]): readonly Row[] {
    return this.#db.prepare(sql).all(...values);
  }
}

/** An id as the database keeps it. */
export const bytes = (id: string): Uint8Array => Buffer.from(id.replaceAll('-', ''), 'hex');
const dashed = (id: string): string =>
  id.replaceAll('-', '').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** A column that holds a text. */
export const text = (row: Row, column: string): string => String(row[column] ?? '');
const textOrNull = (row: Row, column: string): string | null => {
  const value = row[column] ?? null;
  return value === null ? null : String(value);
};
/** A column that holds a number. */
export const number = (row: Row, column: string): number => Number(row[column] ?? NaN);

const appointmentRow = (row: Row): AppointmentRow => ({
  id: text(row, 'id'),
  status: text(row, 'status'),
  version: number(row, 'version'),
  source: text(row, 'source'),
  startMs: number(row, 'start_ms'),
  endMs: number(row, 'end_ms'),
  resources: JSON.parse(text(row, 'resource_ids')) as string[],
  customerName: textOrNull(row, 'customer_name'),
  customerPhone: textOrNull(row, 'customer_phone'),
  providerCallId: textOrNull(row, 'provider_call_id'),
});
