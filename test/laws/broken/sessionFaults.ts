import { nextTurn } from '../../../src/core/contracts/storageLaws/scene.ts';
import { broken, replaced, stored, type BrokenAdapter, type Ground } from './brokenAdapter.ts';
import { brokenWrite, type FaultyWrite } from './faultyWrite.ts';
import type { BusyQuery, Storage } from '../../../src/core/contracts/storage.ts';
import { clear, free, lapse, others, sessionsOf } from './seatFaults.ts';

/** An adapter that tells other sessions than there are. */
const brokenSessions = (fault: string, aim: string, other: (query: BusyQuery) => BusyQuery): BrokenAdapter =>
  broken(fault, aim, ({ real }) =>
    replaced(real, {
      busy: async (company, query) => {
        const { sessions } = await real.busy(company, other(query));
        return { ...(await real.busy(company, query)), ...(sessions && { sessions }) };
      },
    }),
  );

/** An adapter that reads what is busy while the database says something else. */
const disguised = (
  fault: string,
  aim: string,
  change: (ground: Ground) => void,
  restore: (ground: Ground) => void,
): BrokenAdapter =>
  broken(fault, aim, (ground) => {
    const busy: Storage['busy'] = async (company, query) => {
      if (query.except) change(ground);
      const answer = await ground.real.busy(company, query);
      if (query.except) restore(ground);
      return answer;
    };
    return replaced(ground.real, { busy });
  });

/** An adapter that looks how many seats are left, for parties or for single guests. */
const unguardedSeats = (fault: string, aim: string, isMine: (take: number) => boolean): BrokenAdapter =>
  brokenWrite(fault, aim, async (asked) => {
    const { clock, write, really, raw } = asked;
    const [seats] = write.seats ?? [];
    if (!seats || !isMine(seats.take) || write.release || write.claims || write.units) return really(write);
    const live = raw.prepare(
      'SELECT COUNT(*) n FROM claims WHERE subject = ? AND cell = 0 AND (expires_ms IS NULL OR expires_ms > ?)',
    );
    const taken = Number(live.get(stored(seats.session), clock.now())?.['n']);
    const left = Math.max(0, seats.seats - taken);
    if (left < seats.take) return { kind: 'session-full', session: seats.session, left };
    await nextTurn();
    return really({ ...write, seats: [{ ...seats, seats: 1000 }] });
  });

/** Every row that makes the time of a session. */
const timeOf = ({ raw }: FaultyWrite, subject: Uint8Array) =>
  (['claims', 'spans'] as const).map(
    (table) => [table, raw.prepare(`SELECT * FROM ${table} WHERE owner_id = ?`).all(subject)] as const,
  );

/** Faults in what is told of sessions, and those that show only when many come and go at once. */
export const sessionFaults: readonly BrokenAdapter[] = [
  brokenSessions(
    'lists sessions that end where the range begins',
    'busy lists the live sessions of a service that overlap the range, with their seats',
    (query) => ({ ...query, fromMs: query.fromMs - 1 }),
  ),
  brokenSessions(
    'counts the seats of `except`',
    'busy leaves out the seats of `except`, and a session in which it is alone',
    (query) => ({ ...query, except: undefined }),
  ),
  disguised(
    'keeps the time of a session for the only one who is in it',
    'busy leaves out the seats of `except`, and a session in which it is alone',
    ({ raw }) => void raw.exec('UPDATE units SET seat = 2 WHERE seat = 1'),
    ({ raw }) => void raw.exec('UPDATE units SET seat = 1 WHERE seat = 2'),
  ),
  disguised(
    'sees those who have expired beside `except`',
    'a session is left out for `except` where all others in it have expired',
    ({ raw, clock }) =>
      void raw
        .prepare('UPDATE claims SET expires_ms = expires_ms + 1e13 WHERE cell = 0 AND expires_ms <= ?')
        .run(clock.now()),
    ({ raw }) => void raw.exec('UPDATE claims SET expires_ms = expires_ms - 1e13 WHERE expires_ms > 1e13'),
  ),
  unguardedSeats(
    'looks whether a seat is left, and then takes it without a guard',
    'of fifty who want the seats of one session at once, as many get one as there are',
    (take) => take === 1,
  ),
  unguardedSeats(
    'looks whether a party has room, and then lets it in without a guard',
    'of fifty parties of three who want the four seats of one session at once, one gets in',
    (take) => take > 1,
  ),
  brokenWrite(
    'looks whether the time of a session is free, and then opens it without a guard',
    'of many who open two sessions of one instructor at once, one is opened',
    async (asked) => {
      const { real, company, write, really } = asked;
      const [seats] = write.seats ?? [];
      if (!seats || write.claims) return really(write);
      const { startMs, endMs } = seats.spans[0] ?? seats;
      const { busy } = await real.busy(company, {
        resourceIds: seats.spans.map((each) => each.resourceId),
        fromMs: startMs,
        toMs: endMs,
      });
      await nextTurn();
      const outcome = await really(write);
      if (outcome.kind !== 'taken' || busy.some((pairs) => pairs.length > 0)) return outcome;
      clear(asked);
      return really(write);
    },
  ),
  brokenWrite(
    'keeps the time of a session in which it saw others',
    'the last two who leave at once free the time',
    async (asked) => {
      const { raw, write, really } = asked;
      const seen = sessionsOf(asked, write.release).filter(
        (session) => others(session, write.release ?? []).length > 0,
      );
      const time = seen.flatMap(({ subject }) => timeOf(asked, subject));
      await nextTurn();
      const outcome = await really(write);
      for (const [table, kept] of outcome.kind === 'committed' && !write.seats ? time : [])
        for (const row of kept) {
          const marks = Object.keys(row).map(() => '?');
          raw.prepare(`INSERT OR IGNORE INTO ${table} VALUES (${marks.join()})`).run(...Object.values(row));
        }
      return outcome;
    },
  ),
  brokenWrite(
    'frees the time of a session in which it saw nobody else',
    'who joins while the last one leaves is in the session, whoever comes first',
    async (asked) => {
      const { write, really } = asked;
      const seen = sessionsOf(asked, write.release).filter(
        (session) => others(session, write.release ?? []).length === 0,
      );
      await nextTurn();
      const outcome = await really(write);
      if (outcome.kind === 'committed' && !write.seats) for (const { subject } of seen) free(asked, subject);
      return outcome;
    },
  ),
  brokenWrite(
    'ends a session with the holds that it saw when somebody left',
    'a hold that is converted while another participant leaves keeps the session',
    async (asked) => {
      const { write, really } = asked;
      const seen = sessionsOf(asked, write.release);
      await nextTurn();
      const outcome = await really(write);
      for (const session of outcome.kind === 'committed' && !write.seats ? seen : []) {
        const ends = others(session, write.release ?? []).map(({ expiresMs }) => expiresMs);
        if (ends.length > 0 && !ends.includes(null)) lapse(asked, session.subject, Math.max(...ends.map(Number)));
      }
      return outcome;
    },
  ),
];
