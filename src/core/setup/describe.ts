import type { Agent, Branch, CompanyConfig, PhoneNumber, Policies } from '../model/company.ts';
import type { ServiceSegment } from '../model/composition.ts';
import type { Limits } from '../model/limits.ts';
import type { Resource } from '../model/resource.ts';
import type { Schedule, TimeOff } from '../model/schedule.ts';
import type { Service } from '../model/service.ts';
import { formatUtc } from '../time/instant.ts';
import type {
  AgentDefinition,
  BranchDefinition,
  CompanyDefinition,
  LimitsDefinition,
  NumberDefinition,
  ResourceDefinition,
  ScheduleDefinition,
  SegmentDefinition,
  ServiceDefinition,
  TimeOffDefinition,
} from './definition.ts';

/** Every field of a definition, so that none that is new can be forgotten here: a change of one entry would reset it. */
type Whole<T> = { readonly [K in keyof Required<T>]: T[K] | undefined };

/** The definition without the fields that have nothing to say. */
const given = <T extends object>(fields: Whole<T>): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as unknown as T;

/** Names of stored entities by their ids. */
type KeyOf = (id: string) => string;

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
  return given<CompanyDefinition>({
    key: company.key,
    name: company.name,
    timeZone: company.timeZone,
    locale: company.locale,
    country: company.country,
    grainMinutes: company.grainMinutes,
    policies: policiesOf(company.policies),
    branches: config.branches.map((branch) => branchOf(branch, company.timeZone, keyOf)),
    numbers: config.numbers.map((number) => numberOf(number, keyOf)),
    agents: config.agents.map((agent) => agentOf(agent, keyOf)),
    schedules: config.schedules.map(scheduleOf),
    resources: config.resources.map((resource) => resourceOf(resource, keyOf)),
    services: config.services.map((service) => serviceOf(service, keyOf)),
    keys: undefined,
    active: company.active,
  });
}

const orKey = (id: string | null, keyOf: KeyOf): string | undefined => (id === null ? undefined : keyOf(id));

const filled = <T>(list: readonly T[]): readonly T[] | undefined => (list.length === 0 ? undefined : list);

const limitsOf = ({ perDay, perWeek }: Limits): LimitsDefinition =>
  given<LimitsDefinition>({ perDay: perDay ?? undefined, perWeek: perWeek ?? undefined });

const limitsIn = (limits: Limits): LimitsDefinition | undefined =>
  limits.perDay === null && limits.perWeek === null ? undefined : limitsOf(limits);

const policiesOf = ({ customerLimits, ...policies }: Policies): NonNullable<CompanyDefinition['policies']> => ({
  ...policies,
  customerLimits: limitsOf(customerLimits),
});

const branchOf = (branch: Branch, companyZone: string, keyOf: KeyOf): BranchDefinition =>
  given<BranchDefinition>({
    key: branch.key,
    name: branch.name,
    // A branch in the company's zone goes with it.
    timeZone: branch.timeZone === companyZone ? undefined : branch.timeZone,
    address: branch.address ?? undefined,
    schedule: orKey(branch.scheduleId, keyOf),
    policies: branch.policies,
    active: branch.active,
  });

const numberOf = (number: PhoneNumber, keyOf: KeyOf): NumberDefinition =>
  given<NumberDefinition>({
    number: number.e164,
    branch: orKey(number.branchId, keyOf),
    agent: undefined,
    defaultService: orKey(number.defaultServiceId, keyOf),
    defaultResource: orKey(number.defaultResourceId, keyOf),
    active: number.active,
  });

const agentOf = (agent: Agent, keyOf: KeyOf): AgentDefinition =>
  given<AgentDefinition>({ id: agent.agentId, branch: orKey(agent.branchId, keyOf), active: agent.active });

const scheduleOf = (schedule: Schedule): ScheduleDefinition =>
  given<ScheduleDefinition>({
    key: schedule.key,
    timeZone: schedule.timeZone ?? undefined,
    weekly: schedule.weekly,
    overrides: filled(schedule.overrides),
    closedDates: filled(schedule.closedDates),
    validFrom: schedule.validFrom ?? undefined,
    validTo: schedule.validTo ?? undefined,
    active: schedule.active,
  });

const resourceOf = (resource: Resource, keyOf: KeyOf): ResourceDefinition =>
  given<ResourceDefinition>({
    key: resource.key,
    name: resource.name,
    kind: resource.kind,
    branch: keyOf(resource.branchId),
    schedule: orKey(resource.scheduleId, keyOf),
    timeOff: filled(resource.timeOff.map(timeOffOf)),
    withinBranch: resource.withinBranch ? true : undefined,
    skills: filled(resource.skills),
    capacity: resource.capacity,
    limits: limitsIn(resource.limits),
    priority: resource.priority === 0 ? undefined : resource.priority,
    policies: resource.policies,
    active: resource.active,
  });

const timeOffOf = ({ startMs, endMs, reason }: TimeOff): TimeOffDefinition =>
  given<TimeOffDefinition>({ start: formatUtc(startMs), end: formatUtc(endMs), reason: reason ?? undefined });

const minutesBy = (
  minutes: Readonly<Record<string, number>>,
  keyOf: KeyOf,
): Readonly<Record<string, number>> | undefined =>
  Object.keys(minutes).length === 0
    ? undefined
    : Object.fromEntries(Object.entries(minutes).map(([id, each]) => [keyOf(id), each]));

function serviceOf(service: Service, keyOf: KeyOf): ServiceDefinition {
  const { assign, skills, keep, assignBy, segments, minutesOf } = service.composition;
  const last = segments.length - 1;
  return given<ServiceDefinition>({
    key: service.key,
    name: service.name,
    durationMinutes: service.durationMinutes,
    segments: filled(segments.map((segment, index) => segmentOf(segment, index === last, keyOf))),
    assign,
    skills: Object.keys(skills).length === 0 ? undefined : skills,
    keep,
    assignBy,
    minutesOf: minutesBy(minutesOf, keyOf),
    stepMinutes: service.stepMinutes,
    bufferBeforeMinutes: service.bufferBeforeMinutes,
    bufferAfterMinutes: service.bufferAfterMinutes,
    buffersWithinHours: service.buffersWithinHours,
    grid: service.grid,
    noticeMinutes: service.noticeMinutes ?? undefined,
    horizonDays: service.horizonDays ?? undefined,
    limits: limitsIn(service.limits),
    seats: service.seats === 1 ? undefined : service.seats,
    horizonDate: service.horizonDate ?? undefined,
    price: service.price ?? undefined,
    resources: filled(service.resourceIds.map(keyOf)),
    policies: service.policies,
    active: service.active,
  });
}

function segmentOf(segment: ServiceSegment, isLast: boolean, keyOf: KeyOf): SegmentDefinition {
  const { minGapAfterMinutes: min, maxGapAfterMinutes: max } = segment;
  return given<SegmentDefinition>({
    key: segment.key,
    durationMinutes: segment.durationMinutes,
    gapAfterMinutes: isLast ? undefined : min === max ? min : { min, max },
    assign: segment.assign ?? undefined,
    skills: segment.skills ?? undefined,
    minutesOf: minutesBy(segment.minutesOf, keyOf),
  });
}
