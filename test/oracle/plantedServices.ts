import type { CaseFile, CaseKeep, CaseSegment, CaseService, CaseServing, CaseStrategy } from './caseFile.ts';
import { later, misreading, onResource, onService, onTerms, onVisit, without, type PlantedFault } from './planting.ts';

/** Mistakes with lengths, gaps, buffers, grids, and with who serves. */
export const FAULTS_OF_SERVICES: readonly PlantedFault[] = [
  onService('ignores the buffer before', (service) => ({ ...service, bufferBeforeMinutes: 0 })),
  onService('ignores the buffer after', (service) => ({ ...service, bufferAfterMinutes: 0 })),
  onTerms('lets buffers leave the hours', (terms) => ({ ...terms, buffersWithinHours: false })),
  onTerms('always keeps buffers within the hours', (terms) => ({ ...terms, buffersWithinHours: true })),
  onTerms('counts every grid from the opening hour', (terms) => ({ ...terms, grid: 'window' })),
  onTerms('counts every grid from midnight', (terms) => ({ ...terms, grid: 'midnight' })),
  onTerms('takes every grid for auto', (terms) => ({ ...terms, grid: 'auto' })),
  onService('takes all for n of a kind', (service) =>
    service.assign === 'all' ? { ...service, assign: { staff: 1 } } : service,
  ),
  onService('holds gaps at their least', (service) => withGaps(service, (min) => ({ min, max: min }))),
  onService('stretches gaps by a minute', (service) => withGaps(service, (min, max) => ({ min, max: max + 1 }))),
  onService('occupies the resource in fixed gaps', (service) => {
    const isFixed = service.segments?.every(isAlike) === true && service.durationMinutes !== undefined;
    return isFixed ? without(service, 'segments') : service;
  }),
  onVisit('waits a minute longer than allowed', (visit) => ({
    ...visit,
    maxWaitMinutes: (visit.maxWaitMinutes ?? 0) + 1,
  })),
  onVisit('never waits', (visit) => ({ ...visit, maxWaitMinutes: 0 })),
  onVisit('tries one order alone', (visit) => ({ ...visit, order: 'given' })),
  onVisit('tries the orders from the end of the list', (visit) =>
    visit.order === 'any' ? { ...visit, services: visit.services.toReversed() } : visit,
  ),
  onVisit('forgets the limits of all services but the first', (visit) => ({
    ...visit,
    services: visit.services.map((service, index) => (index === 0 ? service : without(service, 'limits'))),
  })),
  onTerms('lets those change that are kept', (terms) => keeping(terms, 'required', 'free')),
  onTerms('demands keeping where it is preferred', (terms) => keeping(terms, 'preferred', 'required')),
  onTerms('does not prefer keeping', (terms) => keeping(terms, 'preferred', 'free')),
  onTerms('prefers keeping where all are free', (terms) => keeping(terms, 'free', 'preferred')),
  onService('ignores own lengths', (service) =>
    everywhere(service, (serving) => without(serving, 'durationMinutesOf')),
  ),
  onService('takes the own length for that of all', (service) =>
    everywhere(service, (serving) => {
      const [own] = Object.values(serving.durationMinutesOf ?? {});
      return own === undefined ? serving : { ...without(serving, 'durationMinutesOf'), durationMinutes: own };
    }),
  ),
  onService('ignores skills', (service) => everywhere(service, (serving) => without(serving, 'skills'))),
  onService('ignores who is eligible', (service) => everywhere(service, (serving) => without(serving, 'eligible'))),
  onService('adds the skills of a segment to those of the service', (service) => ({
    ...service,
    ...(service.segments && service.skills
      ? { segments: service.segments.map((segment) => without(segment, 'skills')) }
      : {}),
  })),
  ...(['priority', 'roundRobin', 'leastRecent', 'mostFree', 'fewestChanges'] as const).map((strategy) =>
    onTerms(`picks by order instead of ${strategy}`, (terms) => picking(terms, strategy, 'order')),
  ),
  onTerms('takes leastRecent for roundRobin', (terms) => picking(terms, 'roundRobin', 'leastRecent')),
  onResource('ignores weights', (resource) => without(resource, 'weight')),
  onResource('puts the lower priority first', (resource) => ({ ...resource, priority: -(resource.priority ?? 0) })),
  onResource('takes who never served for the last', (resource) => ({
    ...resource,
    lastServed: resource.lastServed ?? '2037-01-01T00:00:00Z',
  })),
  misreading('picks from the end of the list', (file) => ({ ...file, resources: file.resources.toReversed() })),
  misreading('ignores who is preferred', (file) => (file.prefer ? { ...file, prefer: [] } : file)),
  misreading('takes those preferred in the order of the list', (file) => {
    const { prefer } = file;
    if (prefer === undefined) return file;
    const known = file.resources.map(({ id }) => id).filter((id) => prefer.includes(id));
    return { ...file, prefer: [...known, ...prefer.filter((id) => !known.includes(id))] };
  }),
  onTerms('has the horizon a day short', (terms) =>
    terms.horizonDays === undefined ? terms : { ...terms, horizonDays: terms.horizonDays - 1 },
  ),
  onTerms('has the horizon a day long', (terms) =>
    terms.horizonDays === undefined ? terms : { ...terms, horizonDays: terms.horizonDays + 1 },
  ),
  onTerms('ignores the last date of the horizon', (terms) =>
    terms.horizonDate === undefined ? terms : { ...terms, horizonDate: '2099-12-31' },
  ),
  onResource('forgets the notice that a resource has in place of its service', (resource) =>
    without(resource, 'noticeMinutes'),
  ),
  onResource('forgets the horizon that a resource has in place of its service', (resource) =>
    without(resource, 'horizonDays'),
  ),
  misreading('takes the longer of the notices of resource and service', (file) => {
    const { noticeMinutes: least = 0 } = file.visit ?? file.service ?? {};
    const longer = (own: number | undefined): number | undefined => (own === undefined ? own : Math.max(own, least));
    return {
      ...file,
      resources: file.resources.map((resource) => ({ ...resource, noticeMinutes: longer(resource.noticeMinutes) })),
    } as CaseFile;
  }),
  onTerms('forgets the notice', (terms) => ({ ...terms, noticeMinutes: 0 })),
  misreading('refuses a start exactly at the notice', (file) =>
    file.now ? { ...file, now: later(file.now, 1) } : file,
  ),
  misreading('lets a start a millisecond inside the notice pass', (file) =>
    file.now ? { ...file, now: later(file.now, -1) } : file,
  ),
];

function withGaps(
  service: CaseService,
  change: (min: number, max: number) => { min: number; max: number },
): CaseService {
  if (service.segments === undefined) return service;
  return {
    ...service,
    segments: service.segments.map((segment) => {
      const { gapAfterMinutes: gap } = segment;
      return typeof gap === 'object' ? { ...segment, gapAfterMinutes: change(gap.min, gap.max) } : segment;
    }),
  };
}

/** Whether a segment differs from a piece of its service in its length and a fixed gap alone. */
function isAlike(segment: CaseSegment): boolean {
  const { durationMinutesOf, assign, skills, eligible } = segment;
  return typeof segment.gapAfterMinutes !== 'object' && !(durationMinutesOf ?? assign ?? skills ?? eligible);
}

function everywhere(service: CaseService, change: (serving: Serving) => Serving): CaseService {
  const changed: CaseService = { ...(change(service) as CaseService) };
  return service.segments === undefined
    ? changed
    : { ...changed, segments: service.segments.map((segment) => change(segment) as CaseSegment) };
}

type Serving = CaseServing & { readonly durationMinutes?: number };

function keeping<Terms extends { readonly keep?: CaseKeep }>(terms: Terms, from: CaseKeep, to: CaseKeep): Terms {
  return (terms.keep ?? 'required') === from ? { ...terms, keep: to } : terms;
}

function picking<Terms extends { readonly assignBy?: CaseStrategy }>(
  terms: Terms,
  from: CaseStrategy,
  to: CaseStrategy,
): Terms {
  return terms.assignBy === from ? { ...terms, assignBy: to } : terms;
}
