import type { BookingWrite, UnitClaim } from '../contracts/bookingWrite.ts';
import type { BusyAnswer, LiveSession, UnitQuery } from '../contracts/storage.ts';
import type { Span } from '../model/appointment.ts';
import type { ResourceId, ServiceId, SessionId } from '../model/ids.ts';
import { DAY_MS } from '../time/localDate.ts';
import type { Bookable } from './catalog.ts';
import { STORED } from './withOutside.ts';

/** What an appointment of a batch takes away from those after it. */
export type Taking = Pick<BookingWrite, 'claims' | 'units' | 'seats'>;

/** Some occupied time of a resource. */
interface Stretch {
  readonly startMs: number;
  readonly endMs: number;
  readonly kind: string;
}

interface Occupied {
  /** None longer than a day, ascending by start. */
  readonly short: Stretch[];
  /** Whatever is longer, as outside time may be. */
  readonly long: Stretch[];
}

/** What is occupied in a stretch of time, as a question takes it. */
export interface Around {
  readonly busy: readonly Float64Array[];
  readonly busyKinds?: readonly (readonly string[])[];
}

/** Occupied time and counted units as they were read, together with what a batch has taken of them since. */
export class Taken {
  readonly #occupied = new Map<ResourceId, Occupied>();
  readonly #counts = new Map<string, number>();
  readonly #sessions = new Map<SessionId, LiveSession & { readonly serviceId: ServiceId }>();
  /** Whether anything outside was read, and so what occupies a time is told. */
  #hasKinds = false;

  /** Adds what was read of these resources. No span may be read twice. */
  addBusy(
    resourceIds: readonly ResourceId[],
    busy: BusyAnswer['busy'],
    kinds: readonly (readonly string[])[] | undefined,
  ): void {
    this.#hasKinds ||= kinds !== undefined;
    resourceIds.forEach((id, at) => {
      const { short, long } = this.#of(id);
      const pairs = busy[at] ?? NOTHING;
      for (let index = 0; index + 1 < pairs.length; index += 2) {
        const [startMs = NaN, endMs = NaN] = [pairs[index], pairs[index + 1]];
        const kind = kinds?.[at]?.[index / 2] ?? STORED;
        (endMs - startMs > DAY_MS ? long : short).push({ startMs, endMs, kind });
      }
      short.sort((left, right) => left.startMs - right.startMs);
    });
  }

  /** Adds what was counted. */
  addUnits(queries: readonly UnitQuery[], units: BusyAnswer['units'] = []): void {
    queries.forEach(({ scope, fromPeriod }, at) => {
      units[at]?.forEach((count, index) => this.#counts.set(keyOf(scope, fromPeriod + index), count));
    });
  }

  /** Adds the sessions of a service that were read. */
  addSessions(serviceId: ServiceId, sessions: BusyAnswer['sessions'] = []): void {
    for (const session of sessions) this.#sessions.set(session.id, { ...session, serviceId });
  }

  /** Takes away what an appointment takes. */
  take({ claims = [], units = [], seats = [] }: Taking): void {
    for (const { spans } of claims) this.#occupy(spans);
    this.#count(units);
    for (const seat of seats) {
      const { session: id, serviceId, startMs, resourceIds } = seat;
      const open = this.#sessions.get(id);
      // Whoever opens a session takes its time and its share of the limits, and nobody after him.
      if (open === undefined) {
        this.#occupy(seat.spans);
        this.#count(seat.units ?? []);
      }
      const taken = (open?.taken ?? 0) + seat.take;
      this.#sessions.set(id, open === undefined ? { id, serviceId, startMs, resourceIds, taken } : { ...open, taken });
    }
  }

  /** Gives back what was read of an appointment that would leave its place, as far as it was read. */
  giveBack({ claims = [], units = [], seats = [] }: Taking): void {
    for (const { spans } of claims) this.#free(spans);
    this.#discount(units);
    for (const { session: id, spans, take, units: shared = [] } of seats) {
      const open = this.#sessions.get(id);
      if (open === undefined) continue;
      if (open.taken > take) {
        this.#sessions.set(id, { ...open, taken: open.taken - take });
        continue;
      }
      this.#sessions.delete(id);
      this.#free(spans);
      this.#discount(shared);
    }
  }

  /** The sessions of a service. */
  sessionsOf(serviceId: ServiceId): readonly LiveSession[] {
    return [...this.#sessions.values()].filter((session) => session.serviceId === serviceId);
  }

  #occupy(spans: readonly Span[]): void {
    for (const { resourceId, startMs, endMs } of spans) {
      const { short } = this.#of(resourceId);
      short.splice(firstFrom(short, startMs), 0, { startMs, endMs, kind: STORED });
    }
  }

  #count(units: readonly Pick<UnitClaim, 'scope' | 'period' | 'take'>[]): void {
    for (const { scope, period, take } of units) {
      const key = keyOf(scope, period);
      this.#counts.set(key, (this.#counts.get(key) ?? 0) + take);
    }
  }

  #free(spans: readonly Span[]): void {
    for (const { resourceId, startMs, endMs } of spans) {
      const { short } = this.#of(resourceId);
      for (let at = firstFrom(short, startMs); short[at]?.startMs === startMs; at++) {
        if (short[at]?.endMs !== endMs || short[at]?.kind !== STORED) continue;
        short.splice(at, 1);
        break;
      }
    }
  }

  #discount(units: readonly Pick<UnitClaim, 'scope' | 'period' | 'take'>[]): void {
    for (const { scope, period, take } of units) {
      const key = keyOf(scope, period);
      const count = this.#counts.get(key);
      if (count !== undefined) this.#counts.set(key, Math.max(0, count - take));
    }
  }

  /** What occupies these within a range. */
  around(bookables: readonly Bookable[], fromMs: number, toMs: number): Around {
    const found = bookables.map(({ resource }) => this.#within(resource.id, fromMs, toMs));
    const busy = found.map((stretches) => {
      const pairs = new Float64Array(stretches.length * 2);
      stretches.forEach(({ startMs, endMs }, index) => pairs.set([startMs, endMs], index * 2));
      return pairs;
    });
    return this.#hasKinds ? { busy, busyKinds: found.map((all) => all.map(({ kind }) => kind)) } : { busy };
  }

  /** How many units are gone in each period of each query. */
  counts(queries: readonly UnitQuery[]): readonly (readonly number[])[] {
    return queries.map(({ scope, fromPeriod, toPeriod }) =>
      Array.from(
        { length: toPeriod - fromPeriod },
        (_, index) => this.#counts.get(keyOf(scope, fromPeriod + index)) ?? 0,
      ),
    );
  }

  #of(id: ResourceId): Occupied {
    let occupied = this.#occupied.get(id);
    if (occupied === undefined) this.#occupied.set(id, (occupied = { short: [], long: [] }));
    return occupied;
  }

  #within(id: ResourceId, fromMs: number, toMs: number): readonly Stretch[] {
    const { short, long } = this.#of(id);
    const found: Stretch[] = [];
    for (let at = firstFrom(short, fromMs - DAY_MS); at < short.length; at++) {
      const stretch = short[at];
      if (stretch === undefined || stretch.startMs >= toMs) break;
      if (stretch.endMs > fromMs) found.push(stretch);
    }
    for (const stretch of long) if (stretch.startMs < toMs && stretch.endMs > fromMs) found.push(stretch);
    return found;
  }
}

const NOTHING = new Float64Array(0);

const keyOf = (scope: string, period: number): string => `${scope} ${period}`;

/** The place of the first that begins then or later. */
function firstFrom(stretches: readonly Stretch[], fromMs: number): number {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stretches[middle]?.startMs ?? Infinity) < fromMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
