import type {
  Agent,
  ApiKey,
  Branch,
  Company,
  CompanyId,
  PhoneNumber,
  Resource,
  ResourceId,
  Schedule,
  Service,
} from '../../adapter.ts';
import { noLimits, simpleComposition } from '../../adapter.ts';
import { branchRules, policiesIn, resourceRules, rulesOf, scheduleRules, serviceRules } from './configRules.ts';
import type { BranchRules, ResourceRules, ScheduleRules, ServiceRules } from './configRules.ts';
import { reading, storedFlag, storedId } from './modelRow.ts';
import type { StoredRow, TableName } from './models.ts';

/** How one kind of configured entity is stored. */
export interface EntityMapping<E> {
  readonly table: TableName;
  /** The column that tells it from the company's others. */
  readonly keyColumn: 'id' | 'agent_id';
  /** All its columns but company and position. */
  write(entity: E): StoredRow;
  read(row: StoredRow): E;
}

/** Branches. */
export const branchMapping: EntityMapping<Branch> = {
  table: 'branches',
  keyColumn: 'id',
  write: (branch) => ({
    id: storedId(branch.id),
    branch_key: branch.key,
    name: branch.name,
    time_zone: branch.timeZone,
    address: branch.address,
    schedule_id: storedId(branch.scheduleId),
    rules: branchRules(branch),
    active: storedFlag(branch.active),
  }),
  read: (row) => {
    const { id, idOrNull, text, textOrNull, flag } = reading(row);
    return {
      id: id('id'),
      key: text('branch_key'),
      name: text('name'),
      timeZone: text('time_zone'),
      address: textOrNull('address'),
      scheduleId: idOrNull('schedule_id'),
      ...policiesIn(rulesOf<BranchRules>(row)),
      active: flag('active'),
    };
  },
};

/** Phone numbers. */
export const numberMapping: EntityMapping<PhoneNumber> = {
  table: 'phone_numbers',
  keyColumn: 'id',
  write: (number) => ({
    id: storedId(number.id),
    e164: number.e164,
    branch_id: storedId(number.branchId),
    default_service_id: storedId(number.defaultServiceId),
    default_resource_id: storedId(number.defaultResourceId),
    active: storedFlag(number.active),
  }),
  read: (row) => {
    const { id, idOrNull, text, flag } = reading(row);
    return {
      id: id('id'),
      e164: text('e164'),
      branchId: idOrNull('branch_id'),
      defaultServiceId: idOrNull('default_service_id'),
      defaultResourceId: idOrNull('default_resource_id'),
      active: flag('active'),
    };
  },
};

/** Voice agents. */
export const agentMapping: EntityMapping<Agent> = {
  table: 'agents',
  keyColumn: 'agent_id',
  write: (agent) => ({
    agent_id: agent.agentId,
    branch_id: storedId(agent.branchId),
    active: storedFlag(agent.active),
  }),
  read: (row) => {
    const { idOrNull, text, flag } = reading(row);
    return { agentId: text('agent_id'), branchId: idOrNull('branch_id'), active: flag('active') };
  },
};

/** Keys of the HTTP API. */
export const apiKeyMapping: EntityMapping<ApiKey> = {
  table: 'api_keys',
  keyColumn: 'id',
  write: (key) => ({
    id: storedId(key.id),
    name: key.name,
    prefix: key.prefix,
    hash: key.hash,
    managed: storedFlag(key.managed),
    active: storedFlag(key.active),
  }),
  read: (row) => {
    const { id, text, flag } = reading(row);
    return {
      id: id('id'),
      name: text('name'),
      prefix: text('prefix'),
      hash: text('hash'),
      managed: flag('managed'),
      active: flag('active'),
    };
  },
};

/** Schedules. */
export const scheduleMapping: EntityMapping<Schedule> = {
  table: 'schedules',
  keyColumn: 'id',
  write: (schedule) => ({
    id: storedId(schedule.id),
    schedule_key: schedule.key,
    time_zone: schedule.timeZone,
    weekly: JSON.stringify(schedule.weekly),
    overrides: JSON.stringify(schedule.overrides),
    valid_from: schedule.validFrom,
    valid_to: schedule.validTo,
    rules: scheduleRules(schedule),
    active: storedFlag(schedule.active),
  }),
  read: (row) => {
    const { id, text, textOrNull, flag, json } = reading(row);
    return {
      id: id('id'),
      key: text('schedule_key'),
      timeZone: textOrNull('time_zone'),
      weekly: json('weekly'),
      overrides: json('overrides'),
      closedDates: rulesOf<ScheduleRules>(row).closedDates ?? [],
      validFrom: textOrNull('valid_from'),
      validTo: textOrNull('valid_to'),
      active: flag('active'),
    };
  },
};

/** Resources. */
export const resourceMapping: EntityMapping<Resource> = {
  table: 'resources',
  keyColumn: 'id',
  write: (resource) => ({
    id: storedId(resource.id),
    resource_key: resource.key,
    name: resource.name,
    kind: resource.kind,
    branch_id: storedId(resource.branchId),
    schedule_id: storedId(resource.scheduleId),
    time_off: JSON.stringify(resource.timeOff),
    capacity: resource.capacity,
    rules: resourceRules(resource),
    active: storedFlag(resource.active),
  }),
  read: (row) => {
    const { id, idOrNull, text, int, flag, json } = reading(row);
    const rules = rulesOf<ResourceRules>(row);
    return {
      id: id('id'),
      key: text('resource_key'),
      name: text('name'),
      kind: text('kind'),
      branchId: id('branch_id'),
      scheduleId: idOrNull('schedule_id'),
      timeOff: json('time_off'),
      withinBranch: rules.withinBranch ?? false,
      skills: rules.skills ?? [],
      priority: rules.priority ?? 0,
      limits: rules.limits ?? noLimits,
      capacity: int('capacity'),
      ...policiesIn(rules),
      active: flag('active'),
    };
  },
};

/** Services, without the resources that can do them: those are rows of their own. */
export const serviceMapping: EntityMapping<Service> = {
  table: 'services',
  keyColumn: 'id',
  write: (service) => ({
    id: storedId(service.id),
    service_key: service.key,
    name: service.name,
    duration_minutes: service.durationMinutes,
    step_minutes: service.stepMinutes,
    buffer_before_minutes: service.bufferBeforeMinutes,
    buffer_after_minutes: service.bufferAfterMinutes,
    buffers_within_hours: storedFlag(service.buffersWithinHours),
    grid: service.grid,
    notice_minutes: service.noticeMinutes,
    horizon_days: service.horizonDays,
    price_minor: service.price?.amountMinor ?? null,
    price_currency: service.price?.currency ?? null,
    rules: serviceRules(service),
    active: storedFlag(service.active),
  }),
  read: (row) => {
    const { id, text, int, intOrNull, flag } = reading(row);
    const amountMinor = intOrNull('price_minor');
    const rules = rulesOf<ServiceRules>(row);
    return {
      id: id('id'),
      key: text('service_key'),
      name: text('name'),
      durationMinutes: int('duration_minutes'),
      stepMinutes: int('step_minutes'),
      bufferBeforeMinutes: int('buffer_before_minutes'),
      bufferAfterMinutes: int('buffer_after_minutes'),
      buffersWithinHours: flag('buffers_within_hours'),
      grid: text('grid'),
      noticeMinutes: intOrNull('notice_minutes'),
      horizonDays: intOrNull('horizon_days'),
      price: amountMinor === null ? null : { amountMinor, currency: text('price_currency') },
      resourceIds: [],
      horizonDate: rules.horizonDate ?? null,
      composition: rules.composition ?? simpleComposition,
      limits: rules.limits ?? noLimits,
      ...policiesIn(rules),
      seats: rules.seats ?? 1,
      active: flag('active'),
    };
  },
};

/** Which resources can do a service, in order of preference. */
export const serviceResourceRows = (company: CompanyId, service: Service): readonly StoredRow[] =>
  service.resourceIds.map((resourceId, position) => ({
    company_id: storedId(company),
    service_id: storedId(service.id),
    position,
    resource_id: storedId(resourceId),
  }));

/** The service and the resource of a row of `service_resources`. */
export const readServiceResource = (
  row: StoredRow,
): { readonly serviceId: string; readonly resourceId: ResourceId } => {
  const { id } = reading(row);
  return { serviceId: id('service_id'), resourceId: id('resource_id') };
};

/** A company as its row, without the revision. */
export const companyRow = (company: Company): StoredRow => ({
  company_key: company.key,
  name: company.name,
  time_zone: company.timeZone,
  locale: company.locale,
  country: company.country,
  grain_minutes: company.grainMinutes,
  policies: JSON.stringify(company.policies),
  active: storedFlag(company.active),
});

const laterPolicies = { customerLimits: noLimits, outsideStaleMinutes: null };

/** A company and the revision of its configuration from its row. */
export const readCompany = (row: StoredRow): { readonly company: Company; readonly revision: number } => {
  const { id, text, int, flag, json } = reading(row);
  const company: Company = {
    id: id('company_id'),
    key: text('company_key'),
    name: text('name'),
    timeZone: text('time_zone'),
    locale: text('locale'),
    country: text('country'),
    grainMinutes: int('grain_minutes'),
    // Rows of earlier versions have nothing to say of what came later.
    policies: { ...laterPolicies, ...json<Omit<Company['policies'], keyof typeof laterPolicies>>('policies') },
    active: flag('active'),
  };
  return { company, revision: int('revision') };
};
