import type { Row } from '../program.ts';

/** All rows of one owner of time, as they are stored. */
export interface Owner {
  readonly id: Uint8Array;
  /** Columns of `appointmentSql`. */
  readonly appointment: Row | undefined;
  /** Columns of `holdSql`. */
  readonly hold: Row | undefined;
  /** Columns of `sessionSql`. */
  readonly session: Row | undefined;
  readonly spans: readonly OwnedSpan[];
  readonly units: readonly OwnedUnit[];
  /** The resources of an appointment beyond its first, by which it is found: id and start. */
  readonly others: readonly string[];
}

/** Occupied time. */
export interface OwnedSpan {
  readonly resource: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly expiresMs: number | null;
}

/** A unit of a limit, or a seat. */
export interface OwnedUnit {
  readonly subject: string;
  readonly cell: number;
  readonly ordinal: number;
  readonly isSeat: boolean;
  readonly expiresMs: number | null;
  /** Undefined: there is no such claim. */
  readonly claimExpiresMs: number | null | undefined;
}

const bookedSql = 'id, branch_id, service_id, resource_ids, start_ms, end_ms, spans, details';

/** The columns of an appointment that are looked at; those before the status are a hold's as well. */
export const appointmentSql = `SELECT ${bookedSql}, status, version, metadata, staff_id FROM appointments`;
/** The same of a hold. */
export const holdSql = `SELECT ${bookedSql}, expires_ms FROM holds`;
/** The same of a session. */
export const sessionSql = 'SELECT id, resource_ids, end_ms, expires_ms FROM sessions';
