import type { UnitClaim } from '../contracts/bookingWrite.ts';
import type { UnitQuery } from '../contracts/storage.ts';
import type { Company } from '../model/company.ts';
import type { CustomerId, ServiceId } from '../model/ids.ts';
import { isLimit, type Limits as Most } from '../model/limits.ts';
import type { Limits } from '../slots/limits.ts';
import { DAY_MS, epochDayAt, weekdayOf, type EpochDay } from '../time/localDate.ts';
import { instantOf, localMsAt, type Zone } from '../time/zone.ts';
import { zoneOf, type Bookable, type Offering } from './catalog.ts';

/** Something that may happen so often in a day or week. */
export interface Limited {
  /** What is counted: `resource:<id>`. */
  readonly subject: string;
  readonly of: 'resource' | 'service' | 'customer';
  readonly serviceId?: ServiceId | undefined;
  /** Of a resource: its place among the candidates. */
  readonly place: number | undefined;
  readonly most: Most;
  readonly zone: Zone;
}

const UNLIMITED: readonly Limited[] = [];

/** Every limit that counts for an appointment of a service with these resources, and for a customer who is known. */
export function limitedBy(
  company: Company,
  { service, visit, isLimited }: Pick<Offering, 'service' | 'visit' | 'isLimited'>,
  bookables: readonly Bookable[],
  customerId: CustomerId | null,
): readonly Limited[] {
  const isCustomerLimited = customerId !== null && isLimit(company.policies.customerLimits);
  if (!isLimited && !isCustomerLimited) return UNLIMITED;
  const zone = zoneOf(company.timeZone);
  const all: Limited[] = [
    ...(visit?.services ?? [service]).map(({ id, limits }) => ({
      subject: `service:${id}`,
      of: 'service' as const,
      serviceId: id,
      place: undefined,
      most: limits,
      zone,
    })),
    ...bookables.map(({ resource, schedule }, place) => ({
      subject: `resource:${resource.id}`,
      of: 'resource' as const,
      place,
      most: resource.limits,
      zone: schedule.zone,
    })),
  ];
  if (isCustomerLimited) all.push(customerLimit(company, zone, customerId));
  return all.filter(({ most }) => isLimit(most));
}

const customerLimit = ({ policies }: Company, zone: Zone, customerId: CustomerId): Limited => ({
  subject: `customer:${customerId}`,
  of: 'customer',
  place: undefined,
  most: policies.customerLimits,
  zone,
});

const mondayOf = (day: EpochDay): EpochDay => day - weekdayOf(day);

/** What to count for starts in [fromMs, toMs): for each limit the days of whole weeks where days are limited, else the weeks. */
export function unitQueries(limited: readonly Limited[], fromMs: number, toMs: number): readonly UnitQuery[] {
  return limited.map(({ subject, most, zone }) => {
    const fromPeriod = mondayOf(epochDayAt(localMsAt(zone, fromMs)));
    const lastMonday = mondayOf(epochDayAt(localMsAt(zone, toMs)));
    return most.perDay === null
      ? { scope: `week:${subject}`, fromPeriod, toPeriod: lastMonday + 1 }
      : { scope: `day:${subject}`, fromPeriod, toPeriod: lastMonday + 7 };
  });
}

/** A limit in the terms of the slot engine. */
export interface Counted extends Pick<Limited, 'of' | 'serviceId' | 'place'> {
  readonly limits: Limits;
}

/** What was counted, as limits that the slot engine judges. `units` answers {@link unitQueries}. */
export function countedLimits(
  limited: readonly Limited[],
  queries: readonly UnitQuery[],
  units: readonly (readonly number[])[],
): readonly Counted[] {
  return limited.map(({ of, serviceId, place, most, zone }, index): Counted => {
    const booked = noons(zone, queries[index], units[index] ?? []);
    return {
      of,
      serviceId,
      place,
      limits: {
        ...(most.perDay === null ? {} : { perDay: most.perDay }),
        ...(most.perWeek === null ? {} : { perWeek: most.perWeek }),
        booked,
      },
    };
  });
}

/** As many noons of each counted date as there are appointments: whichever zone of a company looks, the date is the same. */
function noons(zone: Zone, query: UnitQuery | undefined, counts: readonly number[]): Float64Array {
  if (query === undefined) return new Float64Array(0);
  return Float64Array.from(
    counts.flatMap((count, index) => {
      const noonMs = instantOf(zone, (query.fromPeriod + index) * DAY_MS + DAY_MS / 2);
      return new Array<number>(count).fill(noonMs);
    }),
  );
}

/** What an appointment that starts then takes of these limits, but for its owner. */
export function unitsTaken(
  limited: readonly Limited[],
  startMs: number,
): readonly Omit<UnitClaim, 'owner' | 'expiresMs'>[] {
  return limited.flatMap(({ subject, most, zone }) => {
    const day = epochDayAt(localMsAt(zone, startMs));
    const taken = (per: string, period: number, days: number, count: number | null): ReturnType<typeof unitsTaken> =>
      count === null
        ? []
        : [
            {
              scope: `${per}:${subject}`,
              period,
              most: count,
              take: 1,
              endMs: instantOf(zone, (period + days) * DAY_MS),
            },
          ];
    return [...taken('day', day, 1, most.perDay), ...taken('week', mondayOf(day), 7, most.perWeek)];
  });
}
