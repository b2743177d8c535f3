import { DatabaseSync } from 'node:sqlite';
import type { Appointment, AppointmentStatus } from '../../src/index.ts';

interface Piece {
  readonly resource: string;
  readonly startMs: number;
  readonly endMs: number;
}

interface Claimed {
  readonly owner: string;
  readonly resource: string;
  readonly cell: number;
  readonly expiresMs: number | null;
}

interface Spanned extends Piece {
  readonly owner: string;
  readonly expiresMs: number | null;
}

interface Owner {
  readonly id: string;
  /** Null for an appointment. */
  readonly expiresMs: number | null;
  /** Whether it must have its claims and spans; an expired hold may have lost some. */
  readonly isLive: boolean;
  readonly spans: readonly Piece[];
}

const occupying: ReadonlySet<string> = new Set<AppointmentStatus>(['pending', 'confirmed', 'completed', 'noShow']);

const hex = (column: string): string => `lower(hex(${column}))`;
const bare = (id: string): string => id.replaceAll('-', '');

/** Reads the tables beside the engine, and says what does not fit together. */
export class Ledger {
  readonly #db: DatabaseSync;
  readonly #grainMs: number;

  constructor(file: string, grainMs: number) {
    this.#db = new DatabaseSync(file);
    this.#db.exec('PRAGMA busy_timeout = 5000');
    this.#grainMs = grainMs;
  }

  close(): void {
    this.#db.close();
  }

  /** Forgets everything that was booked. */
  clear(): void {
    for (const table of ['claims', 'spans', 'holds', 'appointments', 'customers', 'idempotency', 'outbox'])
      this.#db.exec(`DELETE FROM ${table}`);
  }

  /** Makes claims accept two owners of one cell. */
  dropClaimsKey(): void {
    this.#db.exec('CREATE TABLE unguarded AS SELECT * FROM claims WHERE 0; DROP TABLE claims');
    this.#db.exec('ALTER TABLE unguarded RENAME TO claims');
  }

  /** Everything that contradicts itself at that moment, in words; empty when all is well. */
  contradictions(nowMs: number): readonly string[] {
    const owners = this.#owners(nowMs);
    const claims = this.#all<Claimed>(
      `SELECT ${hex('owner_id')} owner, ${hex('subject')} resource, cell, expires_ms expiresMs FROM claims`,
    );
    const spans = this.#all<Spanned>(
      `SELECT ${hex('owner_id')} owner, ${hex('resource_id')} resource, start_ms startMs, end_ms endMs,` +
        ' expires_ms expiresMs FROM spans',
    );
    const isLive = ({ expiresMs }: { readonly expiresMs: number | null }): boolean =>
      expiresMs === null || expiresMs > nowMs;
    return [
      ...this.#orphans(owners, claims, spans),
      ...this.#incomplete(owners, claims, spans),
      ...doubles(claims.filter(isLive)),
      ...overlaps(spans.filter(isLive)),
    ];
  }

  #all<T>(sql: string): readonly T[] {
    return this.#db.prepare(sql).all() as unknown as readonly T[];
  }

  #owners(nowMs: number): ReadonlyMap<string, Owner> {
    const read = (text: string): readonly Piece[] =>
      (JSON.parse(text) as readonly [string, number, number][]).map(([id, startMs, endMs]) => ({
        resource: bare(id),
        startMs,
        endMs,
      }));
    const appointments = this.#all<{ id: string; spans: string; status: Appointment['status'] }>(
      `SELECT ${hex('id')} id, spans, status FROM appointments`,
    );
    const holds = this.#all<{ id: string; spans: string; expiresMs: number }>(
      `SELECT ${hex('id')} id, spans, expires_ms expiresMs FROM holds`,
    );
    const booked = appointments
      .filter(({ status }) => occupying.has(status))
      .map(({ id, spans }): Owner => ({ id, expiresMs: null, isLive: true, spans: read(spans) }));
    const held = holds.map(({ id, spans, expiresMs }): Owner => ({
      id,
      expiresMs,
      isLive: expiresMs > nowMs,
      spans: read(spans),
    }));
    const both = booked.find(({ id }) => held.some((hold) => hold.id === id));
    if (both !== undefined) throw new Error(`${both.id} is a hold and an appointment`);
    return new Map([...booked, ...held].map((owner) => [owner.id, owner]));
  }

  #orphans(
    owners: ReadonlyMap<string, Owner>,
    claims: readonly Claimed[],
    spans: readonly Spanned[],
  ): readonly string[] {
    const ownerless = [
      ...claims.map(({ owner }) => ['claim', owner] as const),
      ...spans.map(({ owner }) => ['span', owner] as const),
    ];
    return ownerless.filter(([, owner]) => !owners.has(owner)).map(([what, owner]) => `${what} of nobody: ${owner}`);
  }

  #incomplete(
    owners: ReadonlyMap<string, Owner>,
    claims: readonly Claimed[],
    spans: readonly Spanned[],
  ): readonly string[] {
    const grainMs = this.#grainMs;
    const wrong: string[] = [];
    for (const { id, expiresMs, isLive, spans: wanted } of owners.values()) {
      if (!isLive) continue;
      const expiry = String(expiresMs);
      const cells = wanted.flatMap(({ resource, startMs, endMs }) =>
        Array.from(
          { length: (endMs - startMs) / grainMs },
          (_, index) => `${resource} ${startMs / grainMs + index} ${expiry}`,
        ),
      );
      const claimed = claims.filter(({ owner }) => owner === id);
      const spanned = spans.filter(({ owner }) => owner === id);
      const same = (a: readonly string[], b: readonly string[]): boolean =>
        a.toSorted().join('\n') === b.toSorted().join('\n');
      if (
        !same(
          cells,
          claimed.map((claim) => `${claim.resource} ${claim.cell} ${String(claim.expiresMs)}`),
        )
      )
        wrong.push(`claims of ${id} are not those of its time`);
      const text = ({ resource, startMs, endMs }: Piece, end: string): string =>
        `${resource} ${startMs} ${endMs} ${end}`;
      if (
        !same(
          wanted.map((span) => text(span, expiry)),
          spanned.map((span) => text(span, String(span.expiresMs))),
        )
      )
        wrong.push(`spans of ${id} are not those of its time`);
    }
    return wrong;
  }
}

function doubles(claims: readonly Claimed[]): readonly string[] {
  const seen = new Set<string>();
  return claims.flatMap(({ resource, cell }) => {
    const key = `${resource} ${cell}`;
    if (seen.has(key)) return [`two live claims of ${key}`];
    seen.add(key);
    return [];
  });
}

function overlaps(spans: readonly Spanned[]): readonly string[] {
  return spans.flatMap((a, index) =>
    spans
      .slice(index + 1)
      .filter((b) => a.resource === b.resource && a.startMs < b.endMs && b.startMs < a.endMs)
      .map((b) => `${a.owner} and ${b.owner} overlap`),
  );
}
