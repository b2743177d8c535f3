import type { CompanyConfig } from '../model/company.ts';
import type { ResourceId } from '../model/ids.ts';
import type { Schedule } from '../model/schedule.ts';
import type { Service } from '../model/service.ts';
import type { CaseFile, CaseResource, CaseSession } from '../slots/case/caseFile.ts';
import type { CaseLimits } from '../slots/case/caseLimits.ts';
import type { CaseInterval, CaseSchedule } from '../slots/case/caseSchedule.ts';
import type { Limits } from '../slots/limits.ts';
import type { Session } from '../slots/question.ts';
import { formatUtc } from '../time/instant.ts';
import { MINUTE_MS } from '../time/localDate.ts';
import type { Bookable } from './catalog.ts';
import type { Snapshot } from './catalogs.ts';
import type { Counted } from './limits.ts';
import { serviceOf, visitOf } from './caseServices.ts';
import { sessionsOf, type Candidates, type Group } from './wish.ts';

/**
 * A live question about one group as a case file: what `askpro slots` answers without the database. Resources go by their
 * keys; nothing of any customer is in it.
 */
export function caseFileOf(
  candidates: Candidates,
  group: Group,
  snapshot: Snapshot,
  nowMs: number,
  range: { readonly fromMs: number; readonly toMs: number },
): CaseFile {
  const {
    bookables,
    places,
    service: { segments },
  } = group;
  const { config, grainMs } = snapshot.catalog;
  const { counted = [], sessions } = snapshot;
  const { partySize, prefer } = candidates;
  const keys = new Map(bookables.map(({ resource: { id, key } }) => [id, key]));
  const eligible = segments[0]?.eligible;
  const own = bookables.map((bookable, index) =>
    resourceOf(config, bookable, grainMs, snapshot, places?.[index] ?? index, counted),
  );
  const customer = counted.find(({ of }) => of === 'customer');
  const { service, visit } = candidates.offering;
  const limits = ({ id }: Service): { readonly limits?: CaseLimits } =>
    limitsOf(counted.find(({ serviceId }) => serviceId === id));
  return {
    now: formatUtc(nowMs),
    range: { from: formatUtc(range.fromMs), to: formatUtc(range.toMs) },
    ...(visit === undefined
      ? {
          service: {
            ...serviceOf(service, config, keys),
            ...limits(service),
            ...(eligible === undefined
              ? {}
              : { eligible: [...eligible].map((id) => keys.get(id as ResourceId) ?? id) }),
          },
        }
      : { visit: visitOf(visit, group.service, keys, limits) }),
    ...within(config, bookables),
    resources: own,
    ...(sessions === undefined ? {} : { sessions: sessionsOf(group, sessions).map((each) => sessionIn(each, keys)) }),
    ...(partySize === 1 ? {} : { partySize }),
    ...(prefer.length === 0 ? {} : { prefer: prefer.map((id) => keys.get(id) ?? id) }),
    ...(customer === undefined ? {} : { customer: limitsOf(customer) }),
  };
}

const NO_END_DAYS = 36_500;

const sessionIn = ({ startMs, resources, taken }: Session, keys: ReadonlyMap<ResourceId, string>): CaseSession => ({
  start: formatUtc(startMs),
  resources: resources.map((id) => keys.get(id as ResourceId) ?? id),
  taken,
});

function resourceOf(
  config: CompanyConfig,
  { resource, timeZone, terms }: Bookable,
  grainMs: number,
  { busy, busyKinds }: Snapshot,
  place: number,
  counted: readonly Counted[],
): CaseResource {
  const branch = config.branches.find(({ id }) => id === resource.branchId);
  const schedule = config.schedules.find(({ id }) => id === (resource.scheduleId ?? branch?.scheduleId));
  const timeOff = resource.timeOff.map(({ startMs, endMs }) =>
    intervalOf(Math.floor(startMs / grainMs) * grainMs, Math.ceil(endMs / grainMs) * grainMs),
  );
  const isWithin = resource.withinBranch && resource.scheduleId !== null && branch?.scheduleId != null;
  return {
    id: resource.key,
    kind: resource.kind,
    ...(terms?.noticeMs === undefined ? {} : { noticeMinutes: terms.noticeMs / MINUTE_MS }),
    // A case file has no word for no end at all.
    ...(terms?.horizonDays === undefined ? {} : { horizonDays: Math.min(terms.horizonDays, NO_END_DAYS) }),
    ...(schedule === undefined ? {} : hoursOf(schedule, timeZone)),
    ...(timeOff.length === 0 ? {} : { timeOff }),
    ...(isWithin ? { within: [branch.key] } : {}),
    ...(resource.capacity === 1 ? {} : { capacity: resource.capacity }),
    ...(resource.skills.length === 0 ? {} : { skills: resource.skills }),
    ...(resource.priority === 0 ? {} : { priority: resource.priority }),
    ...limitsOf(counted.find((each) => each.of === 'resource' && each.place === place)),
    busy: busyOf(busy[place], busyKinds?.[place]),
  };
}

/** The hours of branches that some resources keep within. */
function within({ branches, schedules }: CompanyConfig, bookables: readonly Bookable[]): Pick<CaseFile, 'schedules'> {
  const named = branches.flatMap((branch) => {
    const schedule = schedules.find(({ id }) => id === branch.scheduleId);
    const isNeeded = bookables.some(({ resource }) => resource.withinBranch && resource.branchId === branch.id);
    return schedule === undefined || !isNeeded
      ? []
      : [[branch.key, hoursOf(schedule, schedule.timeZone ?? branch.timeZone)] as const];
  });
  return named.length === 0 ? {} : { schedules: Object.fromEntries(named) };
}

const hoursOf = ({ weekly, overrides, validFrom, validTo, closedDates }: Schedule, timeZone: string): CaseSchedule => ({
  timeZone,
  weekly,
  ...(overrides.length === 0 ? {} : { overrides }),
  ...(validFrom === null ? {} : { validFrom }),
  ...(validTo === null ? {} : { validTo }),
  ...(closedDates.length === 0 ? {} : { closedDates }),
});

function limitsOf(counted: Counted | undefined): { readonly limits?: CaseLimits } {
  if (counted === undefined) return {};
  const { perDay, perWeek, booked }: Limits = counted.limits;
  return {
    limits: {
      ...(perDay === undefined ? {} : { perDay }),
      ...(perWeek === undefined ? {} : { perWeek }),
      booked: Array.from(booked, formatUtc),
    },
  };
}

const intervalOf = (startMs: number, endMs: number): CaseInterval => ({
  start: formatUtc(startMs),
  end: formatUtc(endMs),
});

function busyOf(
  busy: Float64Array = new Float64Array(0),
  kinds?: readonly string[],
): NonNullable<CaseResource['busy']> {
  return Array.from({ length: busy.length / 2 }, (_, index) => {
    const kind = kinds?.[index];
    return {
      ...intervalOf(busy[index * 2] ?? NaN, busy[index * 2 + 1] ?? NaN),
      ...(kind === undefined ? {} : { kind }),
    };
  });
}
