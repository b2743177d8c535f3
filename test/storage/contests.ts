import type { Appointment, BookingWrite, CompanyConfig, SeatClaim, SessionId, Storage } from '../../src/adapter.ts';
import { bookingOf, minutes, mondayMs, newId, sampleAppointment } from './sample.ts';

/** How many try at once. */
export const ATTEMPTS = 200;
const attempts = Array.from({ length: ATTEMPTS }, (_, attempt) => attempt);

/** A company with what it is booked for in a race. */
export class Arena {
  readonly config: CompanyConfig;
  readonly resource: Appointment['resourceIds'][number];
  readonly service: Appointment['serviceId'];

  constructor(config: CompanyConfig) {
    const [resource, service] = [config.resources[0], config.services[0]];
    if (resource === undefined || service === undefined) throw new TypeError('the company of a race is incomplete');
    [this.config, this.resource, this.service] = [config, resource.id, service.id];
  }

  appointment(halfHour = 0): Appointment {
    return sampleAppointment(this.config, this.resource, mondayMs + minutes(30 * halfHour));
  }

  /** Seats of a session that lasts that half hour. */
  seat(
    { id, startMs, endMs, spans, resourceIds }: Appointment,
    more: Partial<SeatClaim> & Pick<SeatClaim, 'session'>,
  ): SeatClaim {
    const time = { startMs, endMs, spans, resourceIds, grainMs: minutes(5) };
    return { owner: id, serviceId: this.service, ...time, seats: 250, take: 1, expiresMs: null, ...more };
  }

  /** A booking of seats alone. */
  joining(row: Appointment, more: Partial<SeatClaim> & Pick<SeatClaim, 'session'>): BookingWrite {
    return bookingOf(row, { claims: [], seats: [this.seat(row, more)] });
  }

  /** What is busy, and who is in which session, over the days of a race. */
  look(storage: Storage) {
    const range = { fromMs: mondayMs, toMs: mondayMs + minutes(30 * 24 * 60) };
    const query = { ...range, resourceIds: [this.resource], sessions: { serviceId: this.service } };
    return storage.busy(this.config.company.id, query);
  }
}

/** What many want at once, and who may have it. */
export interface Contest {
  readonly name: string;
  writes(arena: Arena): readonly BookingWrite[];
  /** How many of the attempts must be committed; what all others are told. */
  readonly committed: number;
  readonly others: 'taken' | 'limit-reached' | 'session-full';
}

const session = (): SessionId => newId<SessionId>();

/** Contests in which too many would win without a guard. */
export const contests: readonly Contest[] = [
  {
    name: 'four places of one resource',
    writes: (arena) =>
      attempts.map(() => {
        const row = arena.appointment();
        const spans = row.spans.map((span) => ({ ...span, capacity: 4 }));
        return bookingOf(row, { claims: [{ owner: row.id, spans, grainMs: minutes(5), expiresMs: null }] });
      }),
    committed: 4,
    others: 'taken',
  },
  {
    name: 'one booking a day',
    writes: (arena) =>
      attempts.map((attempt) => {
        const row = arena.appointment(attempt);
        const unit = {
          owner: row.id,
          scope: `day:resource:${arena.resource}`,
          period: 1,
          most: 1,
          take: 1,
          expiresMs: null,
        };
        return bookingOf(row, { units: [unit] });
      }),
    committed: 1,
    others: 'limit-reached',
  },
  {
    name: 'six seats of one session',
    writes: (arena) => {
      const id = session();
      return attempts.map(() => arena.joining(arena.appointment(), { session: id, seats: 6 }));
    },
    committed: 6,
    others: 'session-full',
  },
  {
    name: 'four seats, for parties of three',
    writes: (arena) => {
      const id = session();
      return attempts.map(() => arena.joining(arena.appointment(), { session: id, seats: 4, take: 3 }));
    },
    committed: 1,
    others: 'session-full',
  },
  {
    name: 'one instructor, for two sessions',
    writes: (arena) => {
      const ids = [session(), session()] as const;
      return attempts.map((attempt) =>
        arena.joining(arena.appointment(), { session: ids[Math.floor(attempt / 4) % 2 === 0 ? 0 : 1] }),
      );
    },
    committed: ATTEMPTS / 2,
    others: 'taken',
  },
];

/** Fifty sessions of one participant each: twice he leaves, and two others join, all at once. */
export function leavingAndJoining(arena: Arena): {
  readonly before: readonly BookingWrite[];
  readonly race: readonly BookingWrite[];
  readonly after: readonly BookingWrite[];
} {
  const rounds = Array.from({ length: ATTEMPTS / 4 }, (_, round) => {
    const id = session();
    const [last, one, two] = [arena.appointment(round), arena.appointment(round), arena.appointment(round)];
    return {
      opening: arena.joining(last, { session: id }),
      leaving: { release: [last.id], events: [] },
      joining: [arena.joining(one, { session: id }), arena.joining(two, { session: id })],
      leavingLast: [one, two].map((each) => ({ release: [each.id], events: [] })),
    };
  });
  return {
    before: rounds.map(({ opening }) => opening),
    race: rounds.flatMap(({ leaving, joining }, round) =>
      // Every process leaves and joins, in turns.
      [...(round % 2 === 0 ? [leaving, ...joining, leaving] : [...joining, leaving, leaving])],
    ),
    after: rounds.flatMap(({ leavingLast }) => leavingLast),
  };
}
