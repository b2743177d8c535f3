import { stored, type BrokenAdapter, type Ground } from './brokenAdapter.ts';
import { brokenAfter, brokenInput, brokenWrite, type FaultyWrite } from './faultyWrite.ts';

/** A session as the database has it. */
export interface StoredSession {
  readonly subject: Uint8Array;
  /** When its time lapses. */
  readonly expiresMs: number | null;
  /** Who has a live seat in it, and until when. */
  readonly seats: readonly { readonly owner: string; readonly expiresMs: number | null }[];
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** The sessions in which owners have seats. */
export function sessionsOf({ raw, clock }: Ground, owners: readonly string[] = []): readonly StoredSession[] {
  const theirs = raw.prepare(
    'SELECT DISTINCT u.subject, s.expires_ms FROM units u JOIN sessions s ON s.id = u.subject WHERE owner_id = ?',
  );
  const seats = raw.prepare(
    'SELECT owner_id, expires_ms FROM claims WHERE subject = ? AND cell = 0 AND (expires_ms IS NULL OR expires_ms > ?)',
  );
  const found = owners.flatMap((owner) => theirs.all(stored(owner)));
  return found.map((session) => {
    const subject = session['subject'] as Uint8Array;
    return {
      subject,
      expiresMs: session['expires_ms'] as number | null,
      seats: seats.all(subject, clock.now()).map((seat) => ({
        owner: hex(seat['owner_id'] as Uint8Array),
        expiresMs: seat['expires_ms'] as number | null,
      })),
    };
  });
}

/** Those in a session beside these owners. */
export const others = (session: StoredSession, owners: readonly string[]): StoredSession['seats'] =>
  session.seats.filter(({ owner }) => !owners.some((id) => hex(stored(id)) === owner));

/** Sets when the time of a session lapses. */
export function lapse({ raw }: Ground, subject: Uint8Array, expiresMs: number | null): void {
  for (const table of ['claims', 'spans'])
    raw.prepare(`UPDATE ${table} SET expires_ms = ? WHERE owner_id = ?`).run(expiresMs, subject);
  raw.prepare('UPDATE sessions SET expires_ms = ? WHERE id = ?').run(expiresMs, subject);
}

/** Gives the time of a session to anybody. */
export function free({ raw }: Ground, subject: Uint8Array): void {
  for (const table of ['claims', 'spans']) raw.prepare(`DELETE FROM ${table} WHERE owner_id = ?`).run(subject);
}

/** Takes away whatever stands in the time of a session. */
export function clear({ raw, write }: FaultyWrite): void {
  const cells = raw.prepare('DELETE FROM claims WHERE subject = ? AND cell >= ? AND cell < ?');
  const { spans = [], grainMs = 1 } = write.seats?.[0] ?? {};
  for (const { resourceId, startMs, endMs } of spans) cells.run(stored(resourceId), startMs / grainMs, endMs / grainMs);
}

/** Faults in seats, one write after the other. */
export const seatFaults: readonly BrokenAdapter[] = [
  brokenAfter(
    'tells the time of a session once for each participant',
    'who comes first opens a session, others join it, and its time is busy once',
    ({ raw, write }) => {
      const [seats] = write.seats ?? [];
      if (!seats) return;
      raw
        .prepare(
          `INSERT INTO spans (company_id, resource_id, start_ms, owner_id, end_ms, expires_ms, first_cell, end_cell)
            SELECT company_id, resource_id, start_ms, ?, end_ms, expires_ms, first_cell, end_cell FROM spans
            WHERE owner_id = ?`,
        )
        .run(stored(seats.owner), stored(seats.session));
    },
  ),
  brokenInput(
    'takes seats in one session a write',
    'one write takes seats in several sessions, in all of them or in none',
    (write) => ({ ...write, seats: write.seats?.slice(0, 1) }),
  ),
  brokenWrite(
    'gives a party the seats that are left',
    'parties get their seats whole or not at all, and are told how many are left',
    async ({ write, really }) => {
      const outcome = await really(write);
      if (outcome.kind !== 'session-full' || outcome.left === 0 || !write.seats || write.claims) return outcome;
      return really({ ...write, seats: write.seats.map((each) => ({ ...each, take: outcome.left })) });
    },
  ),
  brokenWrite(
    'tells that no seat is left',
    'parties get their seats whole or not at all, and are told how many are left',
    async ({ write, really }) => {
      const outcome = await really(write);
      return outcome.kind === 'session-full' ? { ...outcome, left: 0 } : outcome;
    },
  ),
  brokenWrite(
    'opens a session where somebody else is',
    'the time of a session is taken for all others, and time that is taken makes no session',
    async (asked) => {
      const outcome = await asked.really(asked.write);
      if (outcome.kind !== 'taken' || !asked.write.seats || asked.write.claims) return outcome;
      clear(asked);
      return asked.really(asked.write);
    },
  ),
  brokenWrite(
    'keeps all else of a write whose session is not opened',
    'a write refused because the time of a session is taken leaves nothing',
    async ({ write, really }) => {
      const outcome = await really(write);
      if (outcome.kind === 'taken' && write.claims && write.seats) await really({ ...write, seats: undefined });
      return outcome;
    },
  ),
  brokenWrite(
    'frees the time of a session when anybody leaves',
    'the time of a session is free when the last one has left, and not before',
    async (asked) => {
      const left = sessionsOf(asked, asked.write.release);
      const outcome = await asked.really(asked.write);
      if (outcome.kind === 'committed' && !asked.write.seats) for (const { subject } of left) free(asked, subject);
      return outcome;
    },
  ),
  brokenAfter(
    'ends a session with the first hold that lapses',
    'seats of a hold are free when it expires, and the session is over with its last hold',
    (asked) => {
      const [seats] = asked.write.seats ?? [];
      const [session] = seats ? sessionsOf(asked, [seats.owner]) : [];
      const ends = (session?.seats ?? []).flatMap(({ expiresMs }) => (expiresMs === null ? [] : [expiresMs]));
      if (session && ends.length === session.seats.length) lapse(asked, session.subject, Math.min(...ends));
    },
  ),
  brokenInput(
    'lets seats lapse one millisecond late',
    'seats of a hold are free when it expires, and the session is over with its last hold',
    (write) => ({
      ...write,
      seats: write.seats?.map((each) => ({ ...each, expiresMs: each.expiresMs && each.expiresMs + 1 })),
    }),
  ),
  brokenWrite(
    'lets the time of a session lapse with the hold that was converted',
    'a session in which one hold was converted stays',
    async (asked) => {
      const sessions = sessionsOf(asked, asked.write.convert ? [asked.write.convert.id] : []);
      const outcome = await asked.really(asked.write);
      for (const { subject, expiresMs } of outcome.kind === 'committed' ? sessions : [])
        lapse(asked, subject, expiresMs);
      return outcome;
    },
  ),
  brokenWrite(
    'ends a session with the hold that opened it',
    'a session opened by a hold stays when somebody joins for good',
    async (asked) => {
      const { raw, clock, write, really } = asked;
      const open = raw.prepare('SELECT expires_ms FROM sessions WHERE id = ? AND expires_ms > ?');
      const [seats] = write.seats ?? [];
      const known = seats && open.get(stored(seats.session), clock.now());
      const outcome = await really(write);
      if (known && outcome.kind === 'committed') lapse(asked, stored(seats.session), known['expires_ms'] as number);
      return outcome;
    },
  ),
  brokenWrite(
    'keeps a session for good once somebody was in it for good',
    'when one who was there for good leaves, a session lasts as long as the holds that are left',
    async (asked) => {
      const sessions = sessionsOf(asked, asked.write.release).filter(({ expiresMs }) => expiresMs === null);
      const outcome = await asked.really(asked.write);
      for (const { subject } of outcome.kind === 'committed' ? sessions : []) lapse(asked, subject, null);
      return outcome;
    },
  ),
  brokenWrite(
    'lets nobody into a session that was over',
    'a session that is over is opened anew, unless somebody has its time',
    async ({ raw, clock, write, really }) => {
      const over = raw.prepare('SELECT 1 FROM sessions WHERE id = ? AND expires_ms <= ?');
      const [seats] = write.seats ?? [];
      const known = seats && over.get(stored(seats.session), clock.now());
      return known ? { kind: 'taken' } : really(write);
    },
  ),
  brokenWrite(
    'releases seats after it has taken some',
    'who is in a full session may change within it: what a write releases it may take itself',
    async ({ write, really }) => {
      if (!write.seats || !write.release) return really(write);
      const outcome = await really({ ...write, release: undefined });
      return outcome;
    },
  ),
  brokenAfter(
    'takes two places of a shared resource for a session',
    'a session takes one place of a shared resource',
    ({ raw, write }) => {
      const [seats] = write.seats ?? [];
      if (!seats?.spans.some(({ capacity = 1 }) => capacity > 1)) return;
      raw
        .prepare(
          'INSERT OR IGNORE INTO claims SELECT company_id, subject, cell, 1, owner_id, expires_ms FROM claims WHERE owner_id = ?',
        )
        .run(stored(seats.session));
    },
  ),
];
