import {
  compileSegment,
  compileSegments,
  type BookingRules,
  type CompiledService,
  type Segment,
  type ServiceRules,
} from './service.ts';

/** One of the services of a visit. */
export type VisitedService = Omit<ServiceRules, keyof BookingRules | 'seats'> & { readonly id: string };

/** Several services in one appointment. */
export interface VisitRules extends BookingRules {
  /** At least one; all `any`, or all kinds. */
  readonly services: readonly VisitedService[];
  /** Whether they are done in the order given; `given` unless told otherwise. */
  readonly order?: 'given' | 'any';
  /** The longest wait between two services, in whole minutes; none unless given. */
  readonly maxWaitMinutes?: number;
}

/**
 * Prepares a visit: one appointment of the services' segments in turn. It has the buffer before of the service done
 * first, the one after of the service done last, and none between; every service's limits count.
 *
 * @example
 * const cut = { id: 'cut', segments: [{ durationMinutes: 30 }] };
 * const colour = { id: 'colour', segments: [{ durationMinutes: 60 }] };
 * const visit = compileVisit({ services: [cut, colour], order: 'any', stepMinutes: 15 });
 */
export function compileVisit(rules: VisitRules): CompiledService {
  const { services, order = 'given' } = rules;
  const [first, ...others] = (order === 'any' ? permutations(services) : [services]).map((each) =>
    compileOrder(rules, each),
  );
  if (first === undefined) throw new RangeError('A visit needs at least one service.');
  return others.length === 0 ? first : { ...first, orders: [first, ...others] };
}

function compileOrder(rules: VisitRules, services: readonly VisitedService[]): CompiledService {
  const maxGapAfterMinutes = rules.maxWaitMinutes ?? 0;
  const times = services.flatMap(({ segments }) =>
    segments.map((segment, index): Segment =>
      index === segments.length - 1 ? { ...segment, minGapAfterMinutes: 0, maxGapAfterMinutes } : segment,
    ),
  );
  const compiled = services.flatMap((service) =>
    service.segments.map((segment) => compileSegment(service, segment, service.id)),
  );
  return compileSegments(rules, times, compiled, {
    bufferBeforeMinutes: services[0]?.bufferBeforeMinutes ?? 0,
    bufferAfterMinutes: services[services.length - 1]?.bufferAfterMinutes ?? 0,
    limits: services.flatMap(({ limits }) => (limits === undefined ? [] : [limits])),
    seats: 1,
  });
}

/** Every order, sorted by the places in the list. */
function permutations<T>(list: readonly T[]): T[][] {
  if (list.length === 0) return [[]];
  return list.flatMap((head, index) =>
    permutations([...list.slice(0, index), ...list.slice(index + 1)]).map((tail) => [head, ...tail]),
  );
}
