import type { Agent, ApiKey, Branch, Company, CompanyConfig, PhoneNumber, Policies } from '../model/company.ts';
import type { BranchId, CompanyId, ResourceId, ScheduleId, ServiceId } from '../model/ids.ts';
import { noLimits, type Limits } from '../model/limits.ts';
import { undecidedPolicies, type PolicyRules } from '../model/policies.ts';
import type { Resource } from '../model/resource.ts';
import type { Schedule } from '../model/schedule.ts';
import type { Service } from '../model/service.ts';
import { toE164 } from '../phone/e164.ts';
import { parseInstant } from '../time/instant.ts';
import { compositionOf, leastMinutes } from './compositions.ts';
import type { AgentDefinition, CompanyDefinition } from './definition.ts';
import { Differences } from './differences.ts';
import type { Change } from './change.ts';
import type { ApplyOptions } from './setup.ts';

/** What a company has where neither it nor a service decides. */
const defaultPolicies: Policies = {
  noticeMinutes: undecidedPolicies.noticeMinutes,
  horizonDays: undecidedPolicies.horizonDays,
  cancelNoticeMinutes: undecidedPolicies.cancelNoticeMinutes,
  rescheduleNoticeMinutes: undecidedPolicies.rescheduleNoticeMinutes,
  customerLimits: noLimits,
  outsideStaleMinutes: null,
  holdSeconds: undecidedPolicies.holdSeconds,
};

/** The policies of an entity, as far as it decides any. */
const policiesOf = (rules: PolicyRules | undefined): { readonly policies?: PolicyRules } =>
  rules === undefined || Object.keys(rules).length === 0 ? {} : { policies: rules };

const limitsOf = ({ perDay = null, perWeek = null }: LimitsInput = {}): Limits => ({ perDay, perWeek });

interface LimitsInput {
  readonly perDay?: number | null | undefined;
  readonly perWeek?: number | null | undefined;
}

/** What the reconciliation needs from outside. */
export interface ReconcileTools {
  readonly newId: () => string;
  /** SHA-256 as lower-case hex. */
  readonly hash: (secret: string) => string;
}

/**
 * The configuration that a company's part of a document describes, with the ids that are stored already, and how it
 * differs from what is stored. The definition must be free of contradictions.
 */
export function reconcile(
  wanted: CompanyDefinition,
  stored: CompanyConfig | undefined,
  { newId, hash }: ReconcileTools,
  { keepKeys = false }: Pick<ApplyOptions, 'keepKeys'> = {},
): { readonly config: CompanyConfig; readonly changes: readonly Change[] } {
  const differences = new Differences(`companies.${wanted.key}`);
  const companyId = stored?.company.id ?? (newId() as CompanyId);
  /** Ids of one kind of entity, by key: the stored one or a new one. */
  const ids = <I extends string>(
    entries: readonly { readonly key: string }[] | undefined,
    known: readonly { readonly key: string; readonly id: I }[] | undefined,
  ): ((key: string) => I) => {
    const byKey = new Map<string, I>(known?.map(({ key, id }) => [key, id]));
    for (const { key } of entries ?? []) if (!byKey.has(key)) byKey.set(key, newId() as I);
    // Contradictions are refused before, so each key that is asked for is one of these.
    return (key) => byKey.get(key) as I;
  };
  const branchId = ids<BranchId>(wanted.branches, stored?.branches);
  const scheduleId = ids<ScheduleId>(wanted.schedules, stored?.schedules);
  const resourceId = ids<ResourceId>(wanted.resources, stored?.resources);
  const serviceId = ids<ServiceId>(wanted.services, stored?.services);
  const or = <T, R>(value: T | undefined, map: (value: T) => R): R | null => (value === undefined ? null : map(value));

  const company: Company = {
    id: companyId,
    key: wanted.key,
    name: wanted.name,
    timeZone: wanted.timeZone,
    locale: wanted.locale ?? 'en',
    country: wanted.country,
    grainMinutes: wanted.grainMinutes ?? 5,
    policies: { ...defaultPolicies, ...wanted.policies, customerLimits: limitsOf(wanted.policies?.customerLimits) },
    active: wanted.active ?? true,
  };
  const branches = wanted.branches.map((entry): Branch => ({
    id: branchId(entry.key),
    key: entry.key,
    name: entry.name,
    timeZone: entry.timeZone ?? wanted.timeZone,
    address: entry.address ?? null,
    scheduleId: or(entry.schedule, scheduleId),
    ...policiesOf(entry.policies),
    active: entry.active ?? true,
  }));
  const schedules = (wanted.schedules ?? []).map((entry): Schedule => ({
    id: scheduleId(entry.key),
    key: entry.key,
    timeZone: entry.timeZone ?? null,
    weekly: entry.weekly,
    overrides: entry.overrides ?? [],
    closedDates: (entry.closedDates ?? []).map((dates) =>
      typeof dates === 'string' ? { from: dates, to: dates } : dates,
    ),
    validFrom: entry.validFrom ?? null,
    validTo: entry.validTo ?? null,
    active: entry.active ?? true,
  }));
  const resources = (wanted.resources ?? []).map((entry): Resource => ({
    id: resourceId(entry.key),
    key: entry.key,
    name: entry.name,
    kind: entry.kind ?? 'staff',
    branchId: branchId(entry.branch ?? wanted.branches[0]?.key ?? ''),
    scheduleId: or(entry.schedule, scheduleId),
    timeOff: (entry.timeOff ?? []).map(({ start, end, reason }) => ({
      startMs: parseInstant(start) ?? 0,
      endMs: parseInstant(end) ?? 0,
      reason: reason ?? null,
    })),
    withinBranch: entry.withinBranch ?? false,
    skills: entry.skills ?? [],
    priority: entry.priority ?? 0,
    limits: limitsOf(entry.limits),
    capacity: entry.capacity ?? 1,
    ...policiesOf(entry.policies),
    active: entry.active ?? true,
  }));
  const services = (wanted.services ?? []).map((entry): Service => ({
    id: serviceId(entry.key),
    key: entry.key,
    name: entry.name,
    durationMinutes: entry.durationMinutes ?? leastMinutes(entry.segments ?? []),
    stepMinutes: entry.stepMinutes ?? 15,
    bufferBeforeMinutes: entry.bufferBeforeMinutes ?? 0,
    bufferAfterMinutes: entry.bufferAfterMinutes ?? 0,
    buffersWithinHours: entry.buffersWithinHours ?? false,
    grid: entry.grid ?? 'auto',
    noticeMinutes: entry.noticeMinutes ?? null,
    horizonDays: entry.horizonDays ?? null,
    horizonDate: entry.horizonDate ?? null,
    price: entry.price ?? null,
    resourceIds: (entry.resources ?? []).map(resourceId),
    composition: compositionOf(entry, resourceId),
    limits: limitsOf(entry.limits),
    ...policiesOf(entry.policies),
    seats: entry.seats ?? 1,
    active: entry.active ?? true,
  }));
  const storedNumbers = new Map(stored?.numbers.map((number) => [number.e164, number]));
  const numbers = (wanted.numbers ?? []).map((entry): PhoneNumber => {
    const e164 = toE164(entry.number, wanted.country) ?? entry.number;
    return {
      id: storedNumbers.get(e164)?.id ?? (newId() as PhoneNumber['id']),
      e164,
      branchId: or(entry.branch, branchId),
      defaultServiceId: or(entry.defaultService, serviceId),
      defaultResourceId: or(entry.defaultResource, resourceId),
      active: entry.active ?? true,
    };
  });
  const agents = agentsOf(wanted).map((entry): Agent => ({
    agentId: entry.id,
    branchId: or(entry.branch, branchId),
    active: entry.active ?? true,
  }));
  const storedKeys = new Map(stored?.keys.map((key) => [key.hash, key]));
  const keys = (wanted.keys ?? []).map((entry): ApiKey => {
    const digest = hash(entry.secret);
    return {
      id: storedKeys.get(digest)?.id ?? (newId() as ApiKey['id']),
      name: entry.name,
      prefix: entry.secret.slice(0, 8),
      hash: digest,
      managed: true,
      active: true,
    };
  });

  const config: CompanyConfig = {
    company: differences.one(company, stored?.company),
    revision: (stored?.revision ?? 0) + 1,
    branches: differences.many('branches', branches, stored?.branches, byKey),
    numbers: differences.many('numbers', numbers, stored?.numbers, { identity: ({ e164 }) => e164 }),
    agents: differences.many('agents', agents, stored?.agents, { identity: ({ agentId }) => agentId }),
    schedules: differences.many('schedules', schedules, stored?.schedules, byKey),
    resources: differences.many('resources', resources, stored?.resources, byKey),
    services: differences.many('services', services, stored?.services, byKey),
    keys: differences.many('keys', keys, stored?.keys, {
      identity: (key) => key.hash,
      name: (key) => key.name,
      managed: (key) => key.managed && !keepKeys,
    }),
  };
  return { config, changes: differences.changes };
}

const byKey = { identity: ({ key }: { readonly key: string }): string => key };

/** The agents that are listed, and those that numbers name: of one branch where all their numbers agree on it. */
function agentsOf(company: CompanyDefinition): readonly AgentDefinition[] {
  const listed = new Map((company.agents ?? []).map((agent) => [agent.id, agent]));
  const derived = new Map<string, AgentDefinition>();
  for (const { agent, branch, active } of company.numbers ?? []) {
    if (agent === undefined || listed.has(agent) || active === false) continue;
    const known = derived.get(agent);
    const shared = known === undefined ? branch : known.branch === branch ? branch : undefined;
    derived.set(agent, shared === undefined ? { id: agent } : { id: agent, branch: shared });
  }
  return [...listed.values(), ...derived.values()];
}
