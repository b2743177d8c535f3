import { Temporal } from 'temporal-polyfill';

import type { CaseFile, CaseLimits, CaseSegment, CaseService, CaseTerms, CaseWindow } from './caseFile.ts';
import { zoneOf } from './minuteCalendar.ts';

/** The features of the documentation that a case uses, for counting what random cases cover. */
export function featuresOf(file: CaseFile): string[] {
  return Object.entries({ ...ofHours(file), ...ofServices(file), ...ofServing(file), ...ofQuestion(file) })
    .filter(([, isUsed]) => isUsed)
    .map(([feature]) => feature);
}

/** These each make out at least so much of all cases. */
export const LEAST_SHARES: Readonly<Record<string, number>> = {
  ...sharing(0.05, [
    'change of the clock',
    'windows past midnight',
    'overrides',
    'segments',
    'sessions',
    'joint resources',
    'limits',
  ]),
  ...sharing(0.03, [
    'visit',
    'capacity',
    'own lengths',
    'keep free',
    'keep preferred',
    'within',
    'weekly validity',
    'closed dates',
    'prefer',
    'skills',
    'eligible',
    ...['order', 'priority', 'roundRobin', 'leastRecent', 'mostFree', 'fewestChanges'].map((by) => `assignBy ${by}`),
    ...['next', 'firstOfDay', 'countPerDay', 'check', 'explain', 'alternatives', 'wish'].map((form) => `ask ${form}`),
  ]),
};

function sharing(share: number, features: readonly string[]): Record<string, number> {
  return Object.fromEntries(features.map((feature) => [feature, share]));
}

type Uses = Readonly<Record<string, boolean>>;

function ofHours(file: CaseFile): Uses {
  const schedules = [...file.resources, ...Object.values(file.schedules ?? {})];
  const windows: CaseWindow[] = schedules.flatMap(({ weekly = [], overrides = [] }) => [
    ...weekly,
    ...overrides.flatMap((override) => override.windows),
  ]);
  return {
    'change of the clock': file.resources.some((resource) => changesWithin(file, zoneOf(file, resource))),
    'windows past midnight': windows.some(({ from, to }) => to <= from),
    overrides: schedules.some(({ overrides }) => overrides),
    'closing override': schedules.some(({ overrides }) => overrides?.some((each) => each.windows.length === 0)),
    'valid dates': schedules.some(({ validFrom, validTo }) => validFrom ?? validTo),
    'weekly validity': schedules.some(({ weekly }) => weekly?.some(({ validFrom, validTo }) => validFrom ?? validTo)),
    'closed dates': schedules.some(({ closedDates }) => closedDates),
    'time off': schedules.some(({ timeOff }) => timeOff),
    within: file.resources.some(({ within }) => within),
    'within two': file.resources.some(({ within }) => (within?.length ?? 0) > 1),
    'schedule taken over': file.resources.some(({ within, weekly, overrides }) => within && !weekly && !overrides),
  } as unknown as Uses;
}

function changesWithin({ range }: CaseFile, zone: string): boolean {
  const from = Temporal.Instant.from(range.from);
  const to = range.to === undefined ? from.add({ hours: 24 }) : Temporal.Instant.from(range.to);
  const next = from.toZonedDateTimeISO(zone).getTimeZoneTransition('next');
  return next !== null && Temporal.Instant.compare(next.toInstant(), to) < 0;
}

function ofServices(file: CaseFile): Uses {
  const services: readonly CaseService[] = file.visit?.services ?? (file.service ? [file.service] : []);
  const segments: readonly CaseSegment[] = services.flatMap((service) => service.segments ?? []);
  const terms: CaseTerms = file.visit ?? file.service ?? {};
  const buffered = services.some((each) => each.bufferBeforeMinutes || each.bufferAfterMinutes);
  const assigns = [...services, ...segments].map(({ assign }) => assign);
  return {
    segments: services.some((service) => (service.segments?.length ?? 0) > 1),
    'gap with a choice': segments.some(({ gapAfterMinutes: gap }) => typeof gap === 'object' && gap.min < gap.max),
    'segments that differ': segments.some(({ assign, skills, eligible }) => assign ?? skills ?? eligible),
    'own lengths': [...services, ...segments].some(({ durationMinutesOf }) => durationMinutesOf),
    visit: file.visit !== undefined,
    'visit in any order': file.visit?.order === 'any',
    'visit with waiting': (file.visit?.maxWaitMinutes ?? 0) > 0,
    sessions: services.some(({ seats = 1 }) => seats > 1),
    'existing sessions': (file.sessions?.length ?? 0) > 0,
    'party of several': (file.partySize ?? 1) > 1,
    'joint resources': assigns.some((assign) => assign === 'all' || isJoint(assign)),
    'assign all': assigns.includes('all'),
    'several kinds': assigns.some((assign) => typeof assign === 'object' && Object.keys(assign).length > 1),
    buffers: buffered,
    'buffers within hours': buffered && terms.buffersWithinHours === true,
    [`grid ${terms.grid ?? 'default'}`]: true,
    [`assignBy ${terms.assignBy ?? 'default'}`]: true,
    [`keep ${terms.keep ?? 'default'}`]: true,
    notice: (terms.noticeMinutes ?? 0) > 0,
    'horizon in days': terms.horizonDays !== undefined,
    'horizon date': terms.horizonDate !== undefined,
    skills: [...services, ...segments].some((each) => each.skills),
    eligible: [...services, ...segments].some((each) => each.eligible),
  } as unknown as Uses;
}

function isJoint(assign: CaseService['assign']): boolean {
  return typeof assign === 'object' && Object.values(assign).reduce((sum, count) => sum + count, 0) > 1;
}

function ofServing(file: CaseFile): Uses {
  const services: readonly CaseService[] = file.visit?.services ?? (file.service ? [file.service] : []);
  const limits = {
    resource: file.resources.map((resource) => resource.limits),
    service: services.map((service) => service.limits),
    customer: [file.customer?.limits],
  };
  const all = Object.values(limits).flat().filter(isGiven);
  return {
    limits: all.length > 0,
    ...Object.fromEntries(Object.entries(limits).map(([who, each]) => [`limits of ${who}`, each.some(isGiven)])),
    'limits per week': all.some(({ perWeek }) => perWeek !== undefined),
    capacity: file.resources.some(({ capacity = 1 }) => capacity > 1),
    busy: file.resources.some(({ busy = [] }) => busy.length > 0),
    now: file.now !== undefined,
  };
}

function isGiven(limits: CaseLimits | undefined): limits is CaseLimits {
  return limits !== undefined;
}

function ofQuestion(file: CaseFile): Uses {
  const [form = 'all'] = Object.keys(file.ask ?? {});
  return {
    [`ask ${form}`]: true,
    prefer: file.prefer !== undefined,
    'wish with alternatives': file.wish !== undefined,
    'customer busy': file.customer?.busy !== undefined,
    'range without an end': file.range.to === undefined,
  };
}
