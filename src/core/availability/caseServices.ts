import type { CompanyConfig } from '../model/company.ts';
import type { ServiceSegment } from '../model/composition.ts';
import type { ResourceId } from '../model/ids.ts';
import type { Service } from '../model/service.ts';
import type { CaseContent, CaseSegment, CaseService, CaseVisit } from '../slots/case/caseService.ts';
import type { CompiledService } from '../slots/service.ts';
import type { Visited } from './catalog.ts';
import { rulesOf } from './serviceRules.ts';

/** Keys of the resources by their ids. */
type Keys = ReadonlyMap<ResourceId, string>;

/** A service in the terms of case files. Resources go by their keys. */
export function serviceOf(service: Service, config: CompanyConfig, keys: Keys): CaseService {
  const { composition } = service;
  const { noticeMinutes = 0, horizonDays } = rulesOf(service, config);
  return {
    ...contentOf(service, keys),
    keep: composition.keep,
    assignBy: composition.assignBy,
    stepMinutes: service.stepMinutes,
    grid: service.grid,
    buffersWithinHours: service.buffersWithinHours,
    noticeMinutes,
    ...(horizonDays === undefined ? {} : { horizonDays }),
    ...(service.horizonDate === null ? {} : { horizonDate: service.horizonDate }),
    ...(service.seats === 1 ? {} : { seats: service.seats }),
  };
}

/** What is done and with whom. */
function contentOf({ composition, ...service }: Service, keys: Keys): CaseContent {
  const ownMinutes = (minutes: Readonly<Record<ResourceId, number>>): Pick<CaseSegment, 'durationMinutesOf'> => {
    const byKey = Object.entries(minutes).flatMap(([id, each]) => {
      const key = keys.get(id as ResourceId);
      return key === undefined ? [] : [[key, each] as const];
    });
    return byKey.length === 0 ? {} : { durationMinutesOf: Object.fromEntries(byKey) };
  };
  const segmentOf = (segment: ServiceSegment): CaseSegment => ({
    durationMinutes: segment.durationMinutes,
    gapAfterMinutes: { min: segment.minGapAfterMinutes, max: segment.maxGapAfterMinutes },
    ...ownMinutes(segment.minutesOf),
    ...(segment.assign === null ? {} : { assign: { ...segment.assign } as Readonly<Record<string, number>> }),
    ...(segment.skills === null
      ? {}
      : { skills: { ...segment.skills } as Readonly<Record<string, readonly string[]>> }),
  });
  const { assign, skills } = composition;
  const byKind = composition.segments.some((segment) => segment.assign !== null);
  return {
    ...(composition.segments.length === 0
      ? { durationMinutes: service.durationMinutes, ...ownMinutes(composition.minutesOf) }
      : { segments: composition.segments.map(segmentOf) }),
    ...(byKind && typeof assign !== 'object' ? {} : { assign: assign as NonNullable<CaseService['assign']> }),
    ...(Object.keys(skills).length === 0
      ? {}
      : { skills: { ...skills } as Readonly<Record<string, readonly string[]>> }),
    bufferBeforeMinutes: service.bufferBeforeMinutes,
    bufferAfterMinutes: service.bufferAfterMinutes,
  };
}

/** A visit in the terms of case files, each of its services with those who may do it. */
export function visitOf(
  { terms, services, rules: { horizonDay: _, ...rules } }: Visited,
  { segments }: CompiledService,
  keys: Keys,
  limitsOf: (service: Service) => Pick<CaseContent, 'limits'>,
): CaseVisit {
  const [horizonDate] = services.flatMap((service) => service.horizonDate ?? []).toSorted();
  return {
    services: services.map((service) => {
      const eligible = segments.find(({ serviceId }) => serviceId === service.id)?.eligible ?? new Set<string>();
      return {
        id: service.key,
        ...contentOf(service, keys),
        ...limitsOf(service),
        eligible: [...eligible].flatMap((id) => keys.get(id as ResourceId) ?? []),
      };
    }),
    order: terms.order,
    maxWaitMinutes: terms.maxWaitMinutes,
    ...rules,
    ...(horizonDate === undefined ? {} : { horizonDate }),
  };
}
