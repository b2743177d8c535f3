import type { Branch, CompanyConfig } from '../model/company.ts';
import type { BranchId, ResourceId, ScheduleId, ServiceId } from '../model/ids.ts';
import type { Resource } from '../model/resource.ts';
import type { Schedule, TimeOff, Window } from '../model/schedule.ts';
import type { Service } from '../model/service.ts';
import type { DayWindow } from '../slots/dateWindows.ts';
import { compileSchedule, type CompiledSchedule } from '../slots/schedule.ts';
import { compileService, type CompiledService } from '../slots/service.ts';
import { localFormat, type InstantFormat } from '../time/instant.ts';
import { parseLocalDate, WEEKDAYS } from '../time/localDate.ts';
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
}

/** A service with those who can do it, in order of preference. */
export interface Offering {
  readonly service: Service;
  readonly compiled: CompiledService;
  readonly bookables: readonly Bookable[];
}

/** A company's configuration, prepared for questions. One revision, never changed. */
export interface Catalog {
  readonly config: CompanyConfig;
  readonly grainMs: number;
  /** By key or id; active ones only. */
  branch(keyOrId: string): Branch | undefined;
  resource(keyOrId: string): Resource | undefined;
  offering(keyOrId: string): Offering | undefined;
}

/** Prepares a configuration. Schedules and services are compiled when they are first asked for. */
export function compileCatalog(config: CompanyConfig): Catalog {
  const branches = byKeyAndId(config.branches);
  const resources = byKeyAndId(config.resources);
  const services = byKeyAndId(config.services);
  const schedules = new Map<ScheduleId, Schedule>(config.schedules.map((schedule) => [schedule.id, schedule]));
  const hours = sharedHours();
  const bookables = new Map<ResourceId, Bookable | undefined>();
  const offerings = new Map<ServiceId, Offering>();

  const bookable = (resource: Resource): Bookable | undefined => {
    if (!bookables.has(resource.id)) bookables.set(resource.id, prepare(resource, branches, schedules, hours));
    return bookables.get(resource.id);
  };
  const doers = (service: Service): readonly Resource[] =>
    service.resourceIds.length === 0
      ? config.resources.filter((resource) => resource.active && resource.kind === 'staff')
      : service.resourceIds.flatMap((id) => resources.get(id) ?? []);

  return {
    config,
    grainMs: config.company.grainMinutes * 60_000,
    branch: (keyOrId) => branches.get(keyOrId),
    resource: (keyOrId) => resources.get(keyOrId),
    offering(keyOrId) {
      const service = services.get(keyOrId);
      if (service === undefined) return undefined;
      let offering = offerings.get(service.id);
      if (offering === undefined) {
        offering = {
          service,
          compiled: compileService(rulesOf(service, config)),
          bookables: doers(service).flatMap((resource) => bookable(resource) ?? []),
        };
        offerings.set(service.id, offering);
      }
      return offering;
    },
  };
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
): Bookable | undefined {
  const branch = branches.get(resource.branchId);
  const scheduleId = resource.scheduleId ?? branch?.scheduleId ?? null;
  const schedule = scheduleId === null ? undefined : schedules.get(scheduleId);
  if (branch === undefined || schedule?.active !== true) return undefined;
  const timeZone = schedule.timeZone ?? branch.timeZone;
  const lookup = zoneNamed(timeZone);
  // Setup refuses unknown zones; one that a newer Node has dropped is better read as UTC than not at all.
  const zone = lookup.ok ? lookup.zone : UTC;
  return {
    resource,
    resourceIds: [resource.id],
    branchId: branch.id,
    timeZone,
    schedule: hours(schedule, zone, resource.timeOff),
    format: localFormat(zone),
  };
}

type Hours = (schedule: Schedule, zone: Zone, timeOff: readonly TimeOff[]) => CompiledSchedule;

/** Compiles schedules, and those that several work by without time off of their own only once: what is remembered of one serves all. */
function sharedHours(): Hours {
  const compiled = new Map<string, CompiledSchedule>();
  return (schedule, zone, timeOff) => {
    if (timeOff.length > 0) return compile(schedule, zone, timeOff);
    const key = `${schedule.id} ${zone.name}`;
    let hours = compiled.get(key);
    if (hours === undefined) compiled.set(key, (hours = compile(schedule, zone, timeOff)));
    return hours;
  };
}

function compile(schedule: Schedule, zone: Zone, timeOff: readonly TimeOff[]): CompiledSchedule {
  const validFromDay = schedule.validFrom === null ? undefined : parseLocalDate(schedule.validFrom);
  const validToDay = schedule.validTo === null ? undefined : parseLocalDate(schedule.validTo);
  return compileSchedule({
    zone,
    weekly: schedule.weekly.flatMap((window) =>
      window.days.map((day) => ({ weekday: WEEKDAYS.indexOf(day), ...minutes(window) })),
    ),
    overrides: new Map(
      schedule.overrides.map(({ date, windows }) => [parseLocalDate(date) ?? NaN, windows.map(minutes)]),
    ),
    ...(validFromDay === undefined ? {} : { validFromDay }),
    ...(validToDay === undefined ? {} : { validToDay }),
    timeOff: Float64Array.from(timeOff.flatMap(({ startMs, endMs }) => [startMs, endMs])),
  });
}

const minutes = ({ from, to }: Window): DayWindow => ({ fromMinute: minuteOf(from), toMinute: minuteOf(to) });

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

function rulesOf(service: Service, { company }: CompanyConfig): Parameters<typeof compileService>[0] {
  const horizonDays = service.horizonDays ?? company.policies.horizonDays;
  return {
    segments: [{ durationMinutes: service.durationMinutes }],
    stepMinutes: service.stepMinutes,
    grid: service.grid,
    assign: 'any',
    bufferBeforeMinutes: service.bufferBeforeMinutes,
    bufferAfterMinutes: service.bufferAfterMinutes,
    buffersWithinHours: service.buffersWithinHours,
    noticeMinutes: service.noticeMinutes ?? company.policies.noticeMinutes,
    ...(horizonDays === null ? {} : { horizonDays }),
  };
}
