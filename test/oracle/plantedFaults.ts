import { Temporal } from 'temporal-polyfill';

import type { CaseFile, CaseResource, CaseService, CaseSpan, CaseWindow } from './caseFile.ts';

/** A mistake an engine could make, as the question it would then be answering instead of the one it was asked. */
export interface PlantedFault {
  readonly name: string;
  readonly misread: (file: CaseFile) => CaseFile;
}

/** One mistake for every rule that random cases are meant to guard; each must be noticed. */
export const PLANTED_FAULTS: readonly PlantedFault[] = [
  onService('ignores the buffer before', (service) => ({ ...service, bufferBeforeMinutes: 0 })),
  onService('ignores the buffer after', (service) => ({ ...service, bufferAfterMinutes: 0 })),
  onService('lets buffers leave the hours', (service) => ({ ...service, buffersWithinHours: false })),
  onService('always keeps buffers within the hours', (service) => ({ ...service, buffersWithinHours: true })),
  onService('counts every grid from the opening hour', (service) => ({ ...service, grid: 'window' })),
  onService('counts every grid from midnight', (service) => ({ ...service, grid: 'midnight' })),
  onService('takes every grid for auto', (service) => ({ ...service, grid: 'auto' })),
  onService('takes all for n of a kind', (service) =>
    service.assign === 'all' ? { ...service, assign: { staff: 1 } } : service,
  ),
  onService('has the horizon a day short', ({ horizonDays, ...service }) =>
    horizonDays === undefined ? service : { ...service, horizonDays: horizonDays - 1 },
  ),
  onService('has the horizon a day long', ({ horizonDays, ...service }) =>
    horizonDays === undefined ? service : { ...service, horizonDays: horizonDays + 1 },
  ),
  onService('forgets the notice', (service) => ({ ...service, noticeMinutes: 0 })),
  onService('holds gaps at their least', (service) => withGaps(service, (min) => ({ min, max: min }))),
  onService('stretches gaps by a minute', (service) => withGaps(service, (min, max) => ({ min, max: max + 1 }))),
  onService('occupies the resource in fixed gaps', ({ segments, ...service }) =>
    segments?.every(({ gapAfterMinutes: gap }) => typeof gap !== 'object') === false
      ? { ...service, segments }
      : service,
  ),
  {
    name: 'refuses a start exactly at the notice',
    misread: (file) => (file.now === undefined ? file : { ...file, now: later(file.now, 1) }),
  },
  {
    name: 'lets a start a millisecond inside the notice pass',
    misread: (file) => (file.now === undefined ? file : { ...file, now: later(file.now, -1) }),
  },
  {
    name: 'takes the end of the range in',
    misread: (file) => ({ ...file, range: { ...file.range, to: later(file.range.to, 1) } }),
  },
  {
    name: 'leaves the start of the range out',
    misread: (file) => ({ ...file, range: { ...file.range, from: later(file.range.from, 1) } }),
  },
  {
    name: 'picks from the end of the list',
    misread: (file) => ({ ...file, resources: file.resources.toReversed() }),
  },
  onResource('ignores busy time', ({ busy: _busy, ...resource }) => resource),
  onResource('closes busy time at its end', ({ busy, ...resource }) =>
    busy ? { ...resource, busy: busy.map((span) => stretched(span, 0, 1)) } : resource,
  ),
  onResource('starts busy time a minute early', ({ busy, ...resource }) =>
    busy ? { ...resource, busy: busy.map((span) => stretched(span, 1, 0)) } : resource,
  ),
  onResource('ignores time off', ({ timeOff: _timeOff, ...resource }) => resource),
  onResource('ignores overrides', ({ overrides: _overrides, ...resource }) => resource),
  onResource('ignores dates that are closed', ({ overrides = [], ...resource }) => ({
    ...resource,
    overrides: overrides.filter((override) => override.windows.length > 0),
  })),
  onResource('ignores the first valid date', ({ validFrom: _validFrom, ...resource }) => resource),
  onResource('ignores the last valid date', ({ validTo: _validTo, ...resource }) => resource),
  onResource('cuts windows at midnight', (resource) =>
    withWindows(resource, ({ from, to }) => ({ from, to: to <= from ? '24:00' : to })),
  ),
  onResource('reads every clock as UTC', ({ timeZone: _timeZone, ...resource }) => resource),
  {
    name: 'knows no changes of the clock',
    misread: (file) => ({
      ...file,
      resources: file.resources.map((resource) => ({ ...resource, timeZone: offsetAt(file.range.from, resource) })),
    }),
  },
];

function onService(name: string, change: (service: CaseService) => CaseService): PlantedFault {
  return { name, misread: (file) => ({ ...file, service: change(file.service) }) };
}

function onResource(name: string, change: (resource: CaseResource) => CaseResource): PlantedFault {
  return { name, misread: (file) => ({ ...file, resources: file.resources.map(change) }) };
}

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

function withWindows(resource: CaseResource, change: (window: CaseWindow) => CaseWindow): CaseResource {
  return {
    ...resource,
    weekly: (resource.weekly ?? []).map((window) => ({ ...window, ...change(window) })),
    overrides: (resource.overrides ?? []).map(({ date, windows }) => ({ date, windows: windows.map(change) })),
  };
}

function stretched(span: CaseSpan, minutesBefore: number, minutesAfter: number): CaseSpan {
  return { start: later(span.start, -minutesBefore * 60_000), end: later(span.end, minutesAfter * 60_000) };
}

function later(iso: string, milliseconds: number): string {
  return Temporal.Instant.from(iso).add({ milliseconds }).toString();
}

function offsetAt(iso: string, { timeZone = 'UTC' }: CaseResource): string {
  return Temporal.Instant.from(iso).toZonedDateTimeISO(timeZone).offset;
}
