import { Temporal } from 'temporal-polyfill';

import type { CaseResource, CaseSchedule, CaseSpan, CaseWindow } from './caseFile.ts';
import { dateOf, dayOf, isoAt, MINUTE_MS, startOfDay } from './clocks.ts';
import { zoneOf } from './minuteCalendar.ts';
import { later, misreading, onResource, onSchedule, type PlantedFault } from './planting.ts';

/** Mistakes with hours, dates, zones and busy time. */
export const FAULTS_OF_HOURS: readonly PlantedFault[] = [
  onResource('ignores busy time', ({ busy: _busy, ...resource }) => resource),
  onResource('closes busy time at its end', ({ busy, ...resource }) =>
    busy ? { ...resource, busy: busy.map((span) => stretched(span, 0, 1)) } : resource,
  ),
  onResource('starts busy time a minute early', ({ busy, ...resource }) =>
    busy ? { ...resource, busy: busy.map((span) => stretched(span, 1, 0)) } : resource,
  ),
  onResource('ignores capacity', ({ capacity: _capacity, ...resource }) => resource),
  onResource('takes one more than its capacity', (resource) =>
    resource.capacity === undefined ? resource : { ...resource, capacity: resource.capacity + 1 },
  ),
  onSchedule('ignores time off', (schedule) => ({ ...schedule, timeOff: [] })),
  onSchedule('ignores overrides', (schedule) => (schedule.overrides ? { ...schedule, overrides: [] } : schedule)),
  onSchedule('ignores overrides that close', (schedule) =>
    schedule.overrides
      ? { ...schedule, overrides: schedule.overrides.filter(({ windows }) => windows.length > 0) }
      : schedule,
  ),
  onSchedule('ignores the first valid date', (schedule) => ({ ...schedule, validFrom: '0001-01-01' })),
  onSchedule('ignores the last valid date', (schedule) => ({ ...schedule, validTo: '9999-12-31' })),
  onSchedule('ignores the dates of a weekly entry', (schedule) =>
    schedule.weekly
      ? { ...schedule, weekly: schedule.weekly.map(({ days, from, to }) => ({ days, from, to })) }
      : schedule,
  ),
  onSchedule('ends a weekly entry a day early', (schedule) =>
    schedule.weekly
      ? {
          ...schedule,
          weekly: schedule.weekly.map((entry) =>
            entry.validTo === undefined ? entry : { ...entry, validTo: dateOf(dayOf(entry.validTo) - 1) },
          ),
        }
      : schedule,
  ),
  onSchedule('opens closed dates that have an override', (schedule) => ({
    ...schedule,
    closedDates:
      schedule.closedDates?.filter(
        (closed) => !schedule.overrides?.some(({ date }) => date === closed && typeof closed === 'string'),
      ) ?? [],
  })),
  onSchedule('opens closed dates', (schedule) => ({ ...schedule, closedDates: [] })),
  onSchedule('leaves the last of closed dates open', (schedule) => ({
    ...schedule,
    closedDates: (schedule.closedDates ?? []).map((closed) =>
      typeof closed === 'string' || closed.from === closed.to
        ? closed
        : { from: closed.from, to: dateOf(dayOf(closed.to) - 1) },
    ),
  })),
  misreading('cuts the window of the evening before off a closed date', (file) => ({
    ...file,
    resources: file.resources.map((resource) => {
      const off = closedTime(resource, zoneOf(file, resource));
      return off.length > 0 ? { ...resource, timeOff: [...(resource.timeOff ?? []), ...off] } : resource;
    }),
  })),
  onSchedule('cuts windows at midnight', (schedule) => withWindows(schedule, untilMidnight)),
  onResource('ignores the schedules around', (resource) => {
    const { within: _within, ...rest } = resource;
    return resource.weekly || resource.overrides ? rest : resource;
  }),
  onResource('looks at the first schedule around alone', (resource) =>
    resource.within ? { ...resource, within: resource.within.slice(0, 1) } : resource,
  ),
  misreading('reads the schedules around in the zone of the first resource', (file) => {
    const [first] = file.resources;
    const timeZone = first ? zoneOf(file, first) : 'UTC';
    const schedules = Object.entries(file.schedules ?? {}).map(
      ([name, each]) => [name, { ...each, timeZone }] as const,
    );
    return file.schedules ? { ...file, schedules: Object.fromEntries(schedules) } : file;
  }),
  onResource('reads every clock as UTC', ({ timeZone: _timeZone, ...resource }) => resource),
  misreading('knows no changes of the clock', (file) => ({
    ...file,
    resources: file.resources.map((resource) =>
      resource.within && !resource.weekly && !resource.overrides
        ? resource
        : {
            ...resource,
            timeZone: Temporal.Instant.from(file.range.from).toZonedDateTimeISO(zoneOf(file, resource)).offset,
          },
    ),
  })),
];

function withWindows<Hours extends CaseSchedule>(schedule: Hours, change: (window: CaseWindow) => CaseWindow): Hours {
  return {
    ...schedule,
    ...(schedule.weekly ? { weekly: schedule.weekly.map((window) => ({ ...window, ...change(window) })) } : {}),
    ...(schedule.overrides
      ? { overrides: schedule.overrides.map(({ date, windows }) => ({ date, windows: windows.map(change) })) }
      : {}),
  };
}

function untilMidnight({ from, to }: CaseWindow): CaseWindow {
  return { from, to: to <= from ? '24:00' : to };
}

/** The closed dates of a resource's own, from midnight to midnight. */
function closedTime({ closedDates = [] }: CaseResource, zone: string): CaseSpan[] {
  return closedDates.map((closed) => {
    const { from, to } = typeof closed === 'string' ? { from: closed, to: closed } : closed;
    const at = (day: number): string => isoAt(startOfDay(day, zone) * MINUTE_MS);
    return { start: at(dayOf(from)), end: at(dayOf(to) + 1) };
  });
}

function stretched(span: CaseSpan, minutesBefore: number, minutesAfter: number): CaseSpan {
  return { start: later(span.start, -minutesBefore * MINUTE_MS), end: later(span.end, minutesAfter * MINUTE_MS) };
}
