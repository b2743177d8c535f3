import { Temporal } from 'temporal-polyfill';

import type {
  CaseAssign,
  CaseFile,
  CaseLimits,
  CaseSegment,
  CaseService,
  CaseSkills,
  CaseTerms,
  CaseWindow,
  CaseWish,
} from './caseFile.ts';
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
    'own notice',
    'own horizon',
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
  ...sharing(0.005, [
    'fewest changes with own lengths',
    'fewest changes with three kinds',
    'fewest changes with segments',
    'fewest changes in a visit',
    'keeping preferred with own lengths',
    'own lengths twice',
    'one segment kept',
    'one segment that differs',
    'skills of a kind',
    'limits of 0',
    'preferred and wished',
    'part of the day past midnight',
  ]),
  ...sharing(0.002, ['customer limits with sessions of several zones']),
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
  const all = services.flatMap(
    ({ segments: parts, ...service }) => parts?.map((each) => ({ ...service, ...each })) ?? [service],
  );
  const ownLengths = all.filter(({ durationMinutesOf }) => durationMinutesOf).length;
  const isChanging = terms.assignBy === 'fewestChanges' && all.some((each) => kindsIn(each.assign) > 1);
  const isOne = all.length === 1;
  return {
    'fewest changes with own lengths': isChanging && ownLengths > 0,
    'fewest changes with three kinds': isChanging && all.some((each) => kindsIn(each.assign) > 2),
    'fewest changes with segments': isChanging && file.visit === undefined && all.length > 1,
    'fewest changes in a visit': isChanging && file.visit !== undefined,
    'keeping preferred with own lengths': terms.keep === 'preferred' && ownLengths > 0 && !isOne,
    'own lengths twice': ownLengths > 1,
    'one segment kept': isOne && (terms.keep ?? 'required') !== 'required',
    'one segment that differs': isOne && segments.some(({ assign, skills, eligible }) => assign ?? skills ?? eligible),
    'skills of a kind': all.some((each) => isByKind(each.skills)),
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

function kindsIn(assign: CaseAssign | undefined): number {
  return typeof assign === 'object' ? Object.keys(assign).length : 0;
}

function isByKind(skills: CaseSkills | undefined): boolean {
  return skills !== undefined && !Array.isArray(skills);
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
    'limits of 0': all.some(({ perDay, perWeek }) => perDay === 0 || perWeek === 0),
    'customer limits with sessions of several zones':
      isGiven(file.customer?.limits) &&
      file.sessions?.some(({ resources }) => {
        const zones = file.resources.filter(({ id }) => resources.includes(id)).map((each) => zoneOf(file, each));
        return new Set(zones).size > 1;
      }) === true,
    ...Object.fromEntries(Object.entries(limits).map(([who, each]) => [`limits of ${who}`, each.some(isGiven)])),
    'limits per week': all.some(({ perWeek }) => perWeek !== undefined),
    'own notice': file.resources.some(({ noticeMinutes }) => noticeMinutes !== undefined),
    'own horizon': file.resources.some(({ horizonDays }) => horizonDays !== undefined),
    capacity: file.resources.some(({ capacity = 1 }) => capacity > 1),
    busy: file.resources.some(({ busy = [] }) => busy.length > 0),
    now: file.now !== undefined,
  };
}

function isGiven(limits: CaseLimits | undefined): limits is CaseLimits {
  return limits !== undefined;
}

function ofQuestion(file: CaseFile): Uses {
  const { ask } = file;
  const [form = 'all'] = Object.keys(ask ?? {});
  const wish: CaseWish | undefined = ask && 'wish' in ask ? ask.wish : file.wish;
  const part = wish?.partOfDay;
  return {
    [`ask ${form}`]: true,
    prefer: file.prefer !== undefined,
    'preferred and wished': file.prefer !== undefined && wish?.resources !== undefined,
    'part of the day past midnight': typeof part === 'object' && part.to <= part.from,
    'wish with alternatives': file.wish !== undefined,
    'customer busy': file.customer?.busy !== undefined,
    'range without an end': file.range.to === undefined,
  };
}
