import type { Appointment, BookingWrite, SeatClaim, SessionId, Span } from 'askpro/adapter';
import type { Arena } from '../storage/contests.ts';
import { bookingOf, minutes, mondayMs, newId, sampleAppointment } from '../storage/sample.ts';

/** The unit of time of the companies in a contest. */
export const grainMs = minutes(5);

/** Something that many want at once. */
export interface Contest {
  readonly name: string;
  /** What is wanted, in the order of the attempts. */
  writes(arena: Arena, attempts: number): readonly BookingWrite[];
  /** How many must get it; undefined where it depends on who comes first, and then no time that is free may be refused. */
  committed(attempts: number): number | undefined;
}

const times = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, i) => make(i));

/** An appointment that occupies another time than its own. */
function booking(arena: Arena, startMs: number, lengthMinutes: number, bufferMinutes = 0, capacity = 1): BookingWrite {
  const endMs = startMs + minutes(lengthMinutes);
  const span: Span = {
    resourceId: arena.resource,
    startMs: startMs - minutes(bufferMinutes),
    endMs: endMs + minutes(bufferMinutes),
  };
  const row = sampleAppointment(arena.config, arena.resource, startMs, { endMs, spans: [span] });
  return bookingOf(row, { claims: [{ owner: row.id, spans: [{ ...span, capacity }], grainMs, expiresMs: null }] });
}

/** Seats of a session, which the row of whoever takes them names. */
function joining(arena: Arena, session: SessionId, more: Partial<SeatClaim>): BookingWrite {
  const row: Appointment = { ...arena.appointment(), sessionId: session, partySize: more.take ?? 1 };
  return arena.joining(row, { session, ...more });
}

/** Everybody wants what there is too little of. */
export const contests: readonly Contest[] = [
  {
    name: 'one slot',
    writes: (arena, attempts) => times(attempts, () => booking(arena, mondayMs, 30)),
    committed: () => 1,
  },
  {
    name: 'four places of one resource',
    writes: (arena, attempts) => times(attempts, () => booking(arena, mondayMs, 30, 0, 4)),
    committed: () => 4,
  },
  {
    name: 'six seats of one session',
    writes: (arena, attempts) => {
      const session = newId<SessionId>();
      return times(attempts, () => joining(arena, session, { seats: 6 }));
    },
    committed: () => 6,
  },
  {
    name: 'overlapping starts and lengths',
    writes: (arena, attempts) =>
      times(attempts, (index) => booking(arena, mondayMs + minutes(5 * ((index * 11) % 48)), 15 + 15 * (index % 5))),
    committed: () => undefined,
  },
  {
    name: 'two group services on one instructor',
    writes: (arena, attempts) => {
      const sessions = [newId<SessionId>(), newId<SessionId>()] as const;
      // Each process wants both.
      return times(attempts, (index) =>
        joining(arena, sessions[Math.floor(index / 4) % 2 === 0 ? 0 : 1], { seats: 1000 }),
      );
    },
    committed: (attempts) => attempts / 2,
  },
  {
    name: 'neighbours with buffers',
    writes: (arena, attempts) =>
      times(attempts, (index) => booking(arena, mondayMs + minutes(40 * ((index * 7) % 12)), 30, 10)),
    committed: () => undefined,
  },
  {
    name: 'one booking a day',
    writes: (arena, attempts) =>
      times(attempts, (index) => {
        const row = arena.appointment(index);
        const scope = `day:resource:${arena.resource}`;
        return bookingOf(row, { units: [{ owner: row.id, scope, period: 1, most: 1, take: 1, expiresMs: null }] });
      }),
    committed: () => 1,
  },
];
