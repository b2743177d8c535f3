import type { CompanyConfig } from '../model/company.ts';
import type { Composition } from '../model/composition.ts';
import type { PolicyRules } from '../model/policies.ts';
import type { Service } from '../model/service.ts';
import type { Segment, ServiceRules } from '../slots/service.ts';
import { parseLocalDate } from '../time/localDate.ts';

/** A configured service in the terms of the slot engine; what it leaves open the company decides. */
export function rulesOf(service: Service, { company }: CompanyConfig): ServiceRules {
  const { composition } = service;
  const { noticeMinutes, horizonDays } = { ...company.policies, ...decidedByService(service) };
  const horizonDay = service.horizonDate === null ? undefined : parseLocalDate(service.horizonDate);
  return {
    segments: segmentsOf(service),
    stepMinutes: service.stepMinutes,
    grid: service.grid,
    assign: definedOnly(composition.assign),
    ...skillsOf(composition.skills),
    keep: composition.keep,
    assignBy: composition.assignBy,
    bufferBeforeMinutes: service.bufferBeforeMinutes,
    bufferAfterMinutes: service.bufferAfterMinutes,
    buffersWithinHours: service.buffersWithinHours,
    noticeMinutes,
    ...(horizonDays === null ? {} : { horizonDays }),
    ...(horizonDay === undefined ? {} : { horizonDay }),
    seats: service.seats,
  };
}

/** Notice and horizon, as far as the service decides them: they stand beside its policies as well. */
function decidedByService({
  noticeMinutes,
  horizonDays,
  policies,
}: Service): Pick<PolicyRules, 'noticeMinutes' | 'horizonDays'> {
  return {
    ...(policies?.noticeMinutes === undefined ? {} : { noticeMinutes: policies.noticeMinutes }),
    ...(policies?.horizonDays === undefined ? {} : { horizonDays: policies.horizonDays }),
    ...(noticeMinutes === null ? {} : { noticeMinutes }),
    ...(horizonDays === null ? {} : { horizonDays }),
  };
}

function segmentsOf({ composition, durationMinutes }: Service): readonly Segment[] {
  const { segments, minutesOf } = composition;
  if (segments.length === 0) return [{ durationMinutes, durationMinutesOf: minutesOf }];
  return segments.map((segment) => ({
    durationMinutes: segment.durationMinutes,
    durationMinutesOf: segment.minutesOf,
    minGapAfterMinutes: segment.minGapAfterMinutes,
    maxGapAfterMinutes: segment.maxGapAfterMinutes,
    ...(segment.assign === null ? {} : { assign: counts(segment.assign) }),
    ...(segment.skills === null ? {} : { skills: Object.fromEntries(Object.entries(segment.skills)) }),
  }));
}

/** No skills asked for is no condition, and keeps a plain service plain. */
function skillsOf(skills: Composition['skills']): Pick<Segment, 'skills'> {
  const entries = Object.entries(skills).filter(([, words]) => words.length > 0);
  return entries.length === 0 ? {} : { skills: Object.fromEntries(entries) };
}

const counts = (kinds: Readonly<Partial<Record<string, number>>>): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(kinds).flatMap(([kind, count]) => (count === undefined ? [] : [[kind, count]])));

const definedOnly = (assign: Composition['assign']): NonNullable<ServiceRules['assign']> =>
  typeof assign === 'object' ? counts(assign) : assign;

/** The kinds that a service needs so many of; undefined where any or all serve. */
export function neededKinds({ assign, segments }: Composition): ReadonlySet<string> | undefined {
  const parts = segments.length === 0 ? [assign] : segments.map((segment) => segment.assign ?? assign);
  if (parts.some((part) => typeof part !== 'object')) return undefined;
  return new Set(parts.flatMap((part) => Object.keys(part)));
}
