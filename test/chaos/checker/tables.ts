import type { Span } from 'askpro/adapter';

/** A row of `claims`. Ids are hexadecimal without dashes, as everywhere in these tables. */
export interface ClaimRow {
  readonly subject: string;
  readonly cell: number;
  readonly ordinal: number;
  readonly owner: string;
  readonly expiresMs: number | null;
}

/** A row of `units`: what an owner has beside time. */
export interface UnitRow extends ClaimRow {
  readonly isSeat: boolean;
}

/** A row of `spans`. */
export interface SpanRow {
  readonly owner: string;
  readonly resource: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly expiresMs: number | null;
}

/** A hold or an appointment. */
export interface OwnerRow {
  readonly id: string;
  readonly spans: readonly Span[];
  readonly sessionId: string | null;
  readonly partySize: number;
  /** Null: it is an appointment. */
  readonly expiresMs: number | null;
  /** Whether its time is closed to others, unless it has expired. */
  readonly occupies: boolean;
}

/** What a company's tables hold at the end of a run. */
export interface Tables {
  readonly nowMs: number;
  readonly claims: readonly ClaimRow[];
  readonly units: readonly UnitRow[];
  readonly spans: readonly SpanRow[];
  readonly sessions: readonly { readonly id: string; readonly service: string }[];
  readonly owners: readonly OwnerRow[];
  /** What each idempotency key stands for. */
  readonly keys: ReadonlyMap<string, string>;
}

/** How much there is of what is scarce. */
export interface Scarce {
  readonly grainMs: number;
  /** Of resources with more than one place, by id without dashes. */
  readonly capacities?: ReadonlyMap<string, number>;
  /** Seats of a session, by the id of the service. */
  readonly seats?: ReadonlyMap<string, number>;
  /** Units of each period, by the subject that stands for the scope. */
  readonly limits?: ReadonlyMap<string, number>;
}

/** An id as the tables here have it. */
export const bare = (id: string): string => id.replaceAll('-', '').toLowerCase();

/** Whether something stands at a moment. */
export const isLiveAt =
  (nowMs: number) =>
  ({ expiresMs }: { readonly expiresMs: number | null }): boolean =>
    expiresMs === null || expiresMs > nowMs;

/** The rows by what a function tells of them. */
export function groupBy<T>(rows: readonly T[], keyOf: (row: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [row]);
    else known.push(row);
  }
  return groups;
}
