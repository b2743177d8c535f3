import type { Branch, CompanyConfig } from '../model/company.ts';
import type { BranchId, ResourceId, ScheduleId, ServiceId } from '../model/ids.ts';
import { isLimit } from '../model/limits.ts';
import type { Resource } from '../model/resource.ts';
import type { Schedule, TimeOff, Window } from '../model/schedule.ts';
import type { Service } from '../model/service.ts';
import type { VisitTerms } from '../model/visit.ts';
import type { DayWindow } from '../slots/dateWindows.ts';
import type { SlotResource } from '../slots/question.ts';
import { compileSchedule, type CompiledSchedule } from '../slots/schedule.ts';
import { compileService, type BookingRules, type CompiledService } from '../slots/service.ts';
import { PolicyBook, type PolicyPlace } from './policies.ts';
import { neededKinds, rulesOf } from './serviceRules.ts';
import { localFormat, type InstantFormat } from '../time/instant.ts';
import { MINUTE_MS, parseLocalDate, WEEKDAYS } from '../time/localDate.ts';
import { UTC, zoneNamed, type Zone } from '../time/zone.ts';

/** A resource with its hours prepared. */
export interface Bookable {
  readonly resource: Resource;
  /** The resource alone, as slots name who serves them. */
  readonly resourceIds: readonly [ResourceId];
  readonly branchId: BranchId;
  readonly timeZone: string;
  readonly schedule: CompiledSchedule;
  /** ISO 8601 with the offset of the schedule's zone. */
  readonly format: InstantFormat;
  /** Notice and horizon, where they differ from those of the service that it is offered for. */
  readonly terms?: Pick<SlotResource, 'noticeMs' | 'horizonDays'>;
}

/** What several services are in one visit. */
export interface Visited {
  /** By ids. */
  readonly terms: VisitTerms<ServiceId>;
  readonly services: readonly Service[];
  readonly rules: BookingRules;
}

/** A service, or a visit of several, with those who can do it, in order of preference. */
export interface Offering {
  /** Of a visit: the one named first. */
  readonly service: Service;
  readonly visit?: Visited;
  readonly compiled: CompiledService;
  /** The longest it takes from the first start to the last end. */
  readonly longestMs: number;
  /** The buffers; of a visit the longest of its services. */
  readonly beforeMs: number;
  readonly afterMs: number;
  readonly bookables: readonly Bookable[];
  /** Whether a service or any who can do it has a limit. */
  readonly isLimited: boolean;
}

/** A company's configuration, prepared for questions. One revision, never changed. */
export interface Catalog {
  readonly config: CompanyConfig;
  readonly grainMs: number;
  /** Of the resources that take several appointments side by side: how many. */
  readonly capacities: ReadonlyMap<ResourceId, number>;
  readonly policies: PolicyBook;
  /** By key or id; active ones only. */
  branch(keyOrId: string): Branch | undefined;
  resource(keyOrId: string): Resource | undefined;
  offering(keyOrId: string): Offering | undefined;
  /** An active resource with its hours; undefined for one that has none. */
  bookable(id: ResourceId): Bookable | undefined;
  /** How many one session of a service takes, active or not: one that was switched off may still have held seats. */
  seatsOf(id: ServiceId): number;
}

/** Prepares a configuration. Schedules and services are compiled when they are first asked for. */
export function compileCatalog(config: CompanyConfig): Catalog {
  const branches = byKeyAndId(config.branches);
  const resources = byKeyAndId(config.resources);
  const services = byKeyAndId(config.services);
  const schedules = new Map<ScheduleId, Schedule>(config.schedules.map((schedule) => [schedule.id, schedule]));
  const grainMs = config.company.grainMinutes * 60_000;
  const policies = new PolicyBook(config);
  const hours = sharedHours();
  const bookables = new Map<ResourceId, Bookable | undefined>();
  const offerings = new Map<ServiceId, Offering>();

  const bookable = (resource: Resource): Bookable | undefined => {
    if (!bookables.has(resource.id)) bookables.set(resource.id, prepare(resource, branches, schedules, hours, grainMs));
    return bookables.get(resource.id);
  };
  const doers = (service: Service): readonly Resource[] => {
    const named = service.resourceIds.flatMap((id) => resources.get(id) ?? []);
    const needed = neededKinds(service.composition);
    // Where any or all serve, whoever is named does; else every kind needs somebody.
    const isOpen = (kind: Resource['kind']): boolean =>
      needed === undefined
        ? service.resourceIds.length === 0 && kind === 'staff'
        : needed.has(kind) && !named.some((other) => other.kind === kind);
    return [...named, ...config.resources.filter((resource) => resource.active && isOpen(resource.kind))];
  };

  return {
    config,
    grainMs,
    policies,
    capacities: new Map(
      config.resources.flatMap(({ id, capacity }) => (capacity === 1 ? [] : [[id, capacity] as const])),
    ),
    branch: (keyOrId) => branches.get(keyOrId),
    resource: (keyOrId) => resources.get(keyOrId),
    bookable(id) {
      const resource = resources.get(id);
      return resource === undefined ? undefined : bookable(resource);
    },
    seatsOf: (id) => config.services.find((service) => service.id === id)?.seats ?? 1,
    offering(keyOrId) {
      const service = services.get(keyOrId);
      if (service === undefined) return undefined;
      let offering = offerings.get(service.id);
      if (offering === undefined) {
        const compiled = compileService(rulesOf(service, config));
        const able = doers(service).flatMap((resource) => {
          const known = bookable(resource);
          return known === undefined ? [] : withTerms(known, policies, { serviceId: service.id }, compiled);
        });
        const limits = [service.limits, ...able.map(({ resource }) => resource.limits)];
        offering = {
          service,
          compiled,
          longestMs: longestMs(compiled),
          beforeMs: compiled.bufferBeforeMs,
          afterMs: compiled.bufferAfterMs,
          bookables: able,
          isLimited: limits.some(isLimit),
        };
        offerings.set(service.id, offering);
      }
      return offering;
    },
  };
}

/** With what the resource, or its branch, decides otherwise than the service or the visit. */
export function withTerms(
  known: Bookable,
  policies: PolicyBook,
  of: Pick<PolicyPlace, 'serviceId' | 'parts'>,
  { noticeMs, horizonDays }: CompiledService,
): Bookable {
  const { branchId, resourceIds } = known;
  const place = { ...of, branchId, resourceIds };
  const ownNoticeMs = policies.value('noticeMinutes', place) * MINUTE_MS;
  const ownHorizonDays = policies.value('horizonDays', place) ?? Infinity;
  if (ownNoticeMs === noticeMs && ownHorizonDays === horizonDays) return known;
  return {
    ...known,
    terms: {
      ...(ownNoticeMs === noticeMs ? {} : { noticeMs: ownNoticeMs }),
      ...(ownHorizonDays === horizonDays ? {} : { horizonDays: ownHorizonDays }),
    },
  };
}

/** The longest that a service takes, with the greatest gaps and whoever takes longest. */
export function longestMs({ segments, lengthsMs, maxGapsMs }: CompiledService): number {
  const parts = segments.map(({ ownLengthsMs }, index) => Math.max(lengthsMs[index] ?? 0, ...ownLengthsMs.values()));
  return [...parts, ...maxGapsMs].reduce((sum, ms) => sum + ms, 0);
}

/** Active entities by both of their names. A key cannot look like an id, because keys are at most 63 characters of another form. */
function byKeyAndId<T extends { readonly id: string; readonly key: string; readonly active: boolean }>(
  entities: readonly T[],
): ReadonlyMap<string, T> {
  const map = new Map<string, T>();
  for (const entity of entities) if (entity.active) map.set(entity.key, entity);
  // Ids last: should a key ever have the form of an id, the id wins.
  for (const entity of entities) if (entity.active) map.set(entity.id, entity);
  return map;
}

function prepare(
  resource: Resource,
  branches: ReadonlyMap<string, Branch>,
  schedules: ReadonlyMap<ScheduleId, Schedule>,
  hours: Hours,
  grainMs: number,
): Bookable | undefined {
  const branch = branches.get(resource.branchId);
  const scheduleId = resource.scheduleId ?? branch?.scheduleId ?? null;
  const schedule = scheduleId === null ? undefined : schedules.get(scheduleId);
  if (branch === undefined || schedule?.active !== true) return undefined;
  const timeZone = schedule.timeZone ?? branch.timeZone;
  const zone = zoneOf(timeZone);
  const open = branch.scheduleId === null ? undefined : schedules.get(branch.scheduleId);
  const within =
    resource.withinBranch && scheduleId !== branch.scheduleId && open?.active === true
      ? hours({ schedule: open, zone: zoneOf(open.timeZone ?? branch.timeZone), timeOff: [] })
      : undefined;
  return {
    resource,
    resourceIds: [resource.id],
    branchId: branch.id,
    timeZone,
    schedule: hours({ schedule, zone, timeOff: rounded(resource.timeOff, grainMs), within }),
    format: localFormat(zone),
  };
}

/** The zone of a configured name. Setup refuses unknown ones; one that a newer Node has dropped is better read as UTC than not at all. */
export function zoneOf(timeZone: string): Zone {
  const lookup = zoneNamed(timeZone);
  return lookup.ok ? lookup.zone : UTC;
}

/** What somebody's hours are made of. */
interface HoursOf {
  readonly schedule: Schedule;
  readonly zone: Zone;
  readonly timeOff: readonly Pick<TimeOff, 'startMs' | 'endMs'>[];
  /** Hours that these lie within. */
  readonly within?: CompiledSchedule | undefined;
}

type Hours = (wanted: HoursOf) => CompiledSchedule;

/** Compiles schedules, and those that several work by without time off of their own only once: what is remembered of one serves all. */
function sharedHours(): Hours {
  const compiled = new Map<string, CompiledSchedule>();
  return (wanted) => {
    if (wanted.timeOff.length > 0 || wanted.within !== undefined) return compile(wanted);
    const key = `${wanted.schedule.id} ${wanted.zone.name}`;
    let hours = compiled.get(key);
    if (hours === undefined) compiled.set(key, (hours = compile(wanted)));
    return hours;
  };
}

/** Times off may begin at any minute; what they leave has to be a multiple of the grain, so they are rounded outward. */
const rounded = (timeOff: readonly TimeOff[], grainMs: number): HoursOf['timeOff'] =>
  timeOff.map(({ startMs, endMs }) => ({
    startMs: Math.floor(startMs / grainMs) * grainMs,
    endMs: Math.ceil(endMs / grainMs) * grainMs,
  }));

function compile({ schedule, zone, timeOff, within }: HoursOf): CompiledSchedule {
  return compileSchedule({
    zone,
    weekly: schedule.weekly.flatMap((window) =>
      window.days.map((day) => ({
        weekday: WEEKDAYS.indexOf(day),
        ...minutes(window),
        ...validity(window.validFrom, window.validTo),
      })),
    ),
    overrides: new Map(
      schedule.overrides.map(({ date, windows }) => [parseLocalDate(date) ?? NaN, windows.map(minutes)]),
    ),
    ...validity(schedule.validFrom, schedule.validTo),
    closedDays: Float64Array.from(
      schedule.closedDates.flatMap(({ from, to }) => [parseLocalDate(from) ?? NaN, (parseLocalDate(to) ?? NaN) + 1]),
    ),
    timeOff: Float64Array.from(timeOff.flatMap(({ startMs, endMs }) => [startMs, endMs])),
    ...(within === undefined ? {} : { within: [within] }),
  });
}

function validity(
  from: string | null | undefined,
  to: string | null | undefined,
): { readonly validFromDay?: number; readonly validToDay?: number } {
  const validFromDay = from == null ? undefined : parseLocalDate(from);
  const validToDay = to == null ? undefined : parseLocalDate(to);
  return {
    ...(validFromDay === undefined ? {} : { validFromDay }),
    ...(validToDay === undefined ? {} : { validToDay }),
  };
}

const minutes = ({ from, to }: Window): DayWindow => ({ fromMinute: minuteOf(from), toMinute: minuteOf(to) });

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
