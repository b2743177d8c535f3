import { bytes, number, text, type Rows } from './rows.ts';

/** A group session as it is stored. */
export interface SessionRow {
  readonly id: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** A seat of a session, and the appointment that has it. */
export interface SeatRow {
  readonly seat: number;
  readonly appointment: string;
}

/** The session in which an appointment has seats. */
export function sessionOf(rows: Rows, appointmentId: string): SessionRow | undefined {
  const sql = `
    SELECT DISTINCT lower(hex(s.id)) AS id, s.start_ms, s.end_ms
      FROM sessions s JOIN claims c ON c.company_id = s.company_id AND c.subject = s.id
     WHERE c.owner_id = ?`;
  const [row] = rows.all(sql, bytes(appointmentId));
  if (row === undefined) return undefined;
  return { id: text(row, 'id'), startMs: number(row, 'start_ms'), endMs: number(row, 'end_ms') };
}

/** The taken seats of a session, in order. */
export function seatsOf(rows: Rows, sessionId: string): readonly SeatRow[] {
  const sql = 'SELECT ordinal, lower(hex(owner_id)) AS owner FROM claims WHERE subject = ? ORDER BY ordinal';
  return rows
    .all(sql, bytes(sessionId))
    .map((row) => ({ seat: number(row, 'ordinal'), appointment: text(row, 'owner') }));
}

/** How many sessions of a service are stored at a start. */
export function sessionsAt(rows: Rows, service: string, startMs: number): number {
  const sql = `SELECT count(*) AS n FROM sessions s JOIN services v ON v.company_id = s.company_id AND v.id = s.service_id
                WHERE v.service_key = ? AND s.start_ms = ?`;
  const [row] = rows.all(sql, service, startMs);
  return row === undefined ? NaN : number(row, 'n');
}
