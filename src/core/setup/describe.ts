import type { CompanyConfig, Policies } from '../model/company.ts';
import type { Limits } from '../model/limits.ts';
import type { Resource } from '../model/resource.ts';
import type { Schedule } from '../model/schedule.ts';
import type { Service } from '../model/service.ts';
import { formatUtc } from '../time/instant.ts';
import type { CompanyDefinition, LimitsDefinition, SegmentDefinition, ServiceDefinition } from './definition.ts';

/** Names of stored entities by their ids. */
type KeyOf = (id: string) => string;

/** Fields that have a value. */
type Given<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/**
 * A stored configuration as the definition that describes it: applied again it changes nothing, and what is switched off is
 * in it as such. API keys are left out, because of their secrets only hashes are stored; a number's agent stands among the
 * agents.
 */
export function describe(config: CompanyConfig): CompanyDefinition {
  const { company } = config;
  const known = [...config.branches, ...config.schedules, ...config.resources, ...config.services];
  const keys = new Map<string, string>(known.map(({ id, key }) => [id, key]));
  // What is stored refers to nothing that is not.
  const keyOf: KeyOf = (id) => keys.get(id) ?? id;
  const or = (id: string | null): string | undefined => (id === null ? undefined : keyOf(id));
  return {
    key: company.key,
    name: company.name,
    timeZone: company.timeZone,
    locale: company.locale,
    country: company.country,
    grainMinutes: company.grainMinutes,
    policies: policiesOf(company.policies),
    active: company.active,
    branches: config.branches.map((branch) => ({
      key: branch.key,
      name: branch.name,
      ...given({
        // A branch in the company's zone goes with it.
        timeZone: branch.timeZone === company.timeZone ? undefined : branch.timeZone,
        address: branch.address ?? undefined,
        schedule: or(branch.scheduleId),
      }),
      active: branch.active,
    })),
    numbers: config.numbers.map((number) => ({
      number: number.e164,
      ...given({
        branch: or(number.branchId),
        defaultService: or(number.defaultServiceId),
        defaultResource: or(number.defaultResourceId),
      }),
      active: number.active,
    })),
    agents: config.agents.map((agent) => ({
      id: agent.agentId,
      ...given({ branch: or(agent.branchId) }),
      active: agent.active,
    })),
    schedules: config.schedules.map(scheduleOf),
    resources: config.resources.map((resource) => resourceOf(resource, keyOf)),
    services: config.services.map((service) => serviceOf(service, keyOf)),
  };
}

const given = <T extends object>(fields: T): Given<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<T>;

const limitsOf = ({ perDay, perWeek }: Limits): LimitsDefinition =>
  given({ perDay: perDay ?? undefined, perWeek: perWeek ?? undefined });

const limitsIn = (limits: Limits): LimitsDefinition | undefined =>
  limits.perDay === null && limits.perWeek === null ? undefined : limitsOf(limits);

const policiesOf = ({ customerLimits, ...policies }: Policies): NonNullable<CompanyDefinition['policies']> => ({
  ...policies,
  customerLimits: limitsOf(customerLimits),
});

const scheduleOf = (schedule: Schedule): NonNullable<CompanyDefinition['schedules']>[number] => ({
  key: schedule.key,
  weekly: schedule.weekly,
  ...given({
    timeZone: schedule.timeZone ?? undefined,
    overrides: schedule.overrides.length === 0 ? undefined : schedule.overrides,
    closedDates: schedule.closedDates.length === 0 ? undefined : schedule.closedDates,
    validFrom: schedule.validFrom ?? undefined,
    validTo: schedule.validTo ?? undefined,
  }),
  active: schedule.active,
});

const resourceOf = (resource: Resource, keyOf: KeyOf): NonNullable<CompanyDefinition['resources']>[number] => ({
  key: resource.key,
  name: resource.name,
  kind: resource.kind,
  branch: keyOf(resource.branchId),
  ...given({
    schedule: resource.scheduleId === null ? undefined : keyOf(resource.scheduleId),
    timeOff: resource.timeOff.length === 0 ? undefined : resource.timeOff.map(timeOffOf),
    withinBranch: resource.withinBranch ? true : undefined,
    skills: resource.skills.length === 0 ? undefined : resource.skills,
    priority: resource.priority === 0 ? undefined : resource.priority,
    limits: limitsIn(resource.limits),
  }),
  capacity: resource.capacity,
  active: resource.active,
});

const timeOffOf = ({ startMs, endMs, reason }: Resource['timeOff'][number]) => ({
  start: formatUtc(startMs),
  end: formatUtc(endMs),
  ...given({ reason: reason ?? undefined }),
});

function serviceOf(service: Service, keyOf: KeyOf): ServiceDefinition {
  const { composition } = service;
  const minutesOf = (minutes: Readonly<Record<string, number>>): Readonly<Record<string, number>> | undefined =>
    Object.keys(minutes).length === 0
      ? undefined
      : Object.fromEntries(Object.entries(minutes).map(([id, each]) => [keyOf(id), each]));
  const last = composition.segments.length - 1;
  const segments = composition.segments.map((segment, index): SegmentDefinition => {
    const { minGapAfterMinutes: min, maxGapAfterMinutes: max } = segment;
    return {
      key: segment.key,
      durationMinutes: segment.durationMinutes,
      ...given({
        gapAfterMinutes: index === last ? undefined : min === max ? min : { min, max },
        assign: segment.assign ?? undefined,
        skills: segment.skills ?? undefined,
        minutesOf: minutesOf(segment.minutesOf),
      }),
    };
  });
  return {
    key: service.key,
    name: service.name,
    durationMinutes: service.durationMinutes,
    ...given({
      segments: segments.length === 0 ? undefined : segments,
      skills: Object.keys(composition.skills).length === 0 ? undefined : composition.skills,
      minutesOf: minutesOf(composition.minutesOf),
      noticeMinutes: service.noticeMinutes ?? undefined,
      horizonDays: service.horizonDays ?? undefined,
      horizonDate: service.horizonDate ?? undefined,
      limits: limitsIn(service.limits),
      price: service.price ?? undefined,
      resources: service.resourceIds.length === 0 ? undefined : service.resourceIds.map(keyOf),
    }),
    assign: composition.assign,
    keep: composition.keep,
    assignBy: composition.assignBy,
    stepMinutes: service.stepMinutes,
    bufferBeforeMinutes: service.bufferBeforeMinutes,
    bufferAfterMinutes: service.bufferAfterMinutes,
    buffersWithinHours: service.buffersWithinHours,
    grid: service.grid,
    active: service.active,
  };
}
