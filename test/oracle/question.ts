import type { CaseFile, CaseService, CaseStrategy, CaseTerms } from './caseFile.ts';
import { DAY_MINUTES, epochMs, MINUTE_MS } from './clocks.ts';
import { gridOf } from './grid.ts';
import { minuteCalendar, zoneOf, type MinuteCalendar } from './minuteCalendar.ts';
import { assignOf, bareSegments } from './parts.ts';

const DEFAULT_STEP_MINUTES = 15;
/** So much is written down around the range where whole dates of starts matter. */
const WHOLE_DATES = 2 * DAY_MINUTES;

/** A case made ready: every resource written down, the range in minutes, what has a default filled in. */
export interface Question {
  readonly file: CaseFile;
  /** In the order of the list. */
  readonly calendars: readonly MinuteCalendar[];
  /** The zone of the first resource, whose days count. */
  readonly zone: string;
  /** The first minute of the range, and the first after it. */
  readonly rangeStart: number;
  readonly rangeEnd: number;
  readonly terms: CaseTerms;
  readonly stepMinutes: number;
  readonly keep: NonNullable<CaseTerms['keep']>;
  readonly strategy: CaseStrategy;
  /** The services in the order of the list. */
  readonly services: readonly CaseService[];
  /** Who comes before all others. */
  readonly preferred: readonly string[];
  readonly seats: number;
  /** Whether every segment is served by `any` one. */
  readonly isAny: boolean;
}

/** Makes a valid case ready; `preferred` are the ids that come first in order. */
export function questionOf(file: CaseFile, preferred: readonly string[]): Question {
  const terms: CaseTerms = file.visit ?? file.service ?? {};
  const services = file.visit?.services ?? (file.service ? [file.service] : []);
  const stepMinutes = terms.stepMinutes ?? DEFAULT_STEP_MINUTES;
  const strategy = terms.assignBy ?? 'order';
  // A start lies on a whole minute at or after `from` and before `to`.
  const rangeStart = Math.ceil(epochMs(file.range.from) / MINUTE_MS);
  const rangeEnd = Math.ceil(epochMs(file.range.to ?? file.range.from) / MINUTE_MS);
  const around = strategy === 'mostFree' ? WHOLE_DATES : 0;
  const before = Math.max(...services.map((service) => service.bufferBeforeMinutes ?? 0));
  const after = Math.max(...services.map((service) => service.bufferAfterMinutes ?? 0));
  const span = {
    start: rangeStart - before - around,
    end: rangeEnd + longestMinutes(file, services) + after + around,
  };
  const [first] = file.resources;
  const grid = gridOf(terms, stepMinutes);
  return {
    file,
    calendars: file.resources.map((resource) => minuteCalendar(file, resource, span, grid)),
    zone: first === undefined ? 'UTC' : zoneOf(file, first),
    rangeStart,
    rangeEnd,
    terms,
    stepMinutes,
    keep: terms.keep ?? 'required',
    strategy,
    services,
    preferred,
    seats: file.service?.seats ?? 1,
    isAny: services.every((each) => bareSegments(each).every((segment) => assignOf(each, segment) === 'any')),
  };
}

function longestMinutes(file: CaseFile, services: readonly CaseService[]): number {
  let minutes = 0;
  for (const service of services) {
    minutes += file.visit?.maxWaitMinutes ?? 0;
    for (const { durationMinutes, durationMinutesOf = {}, gapAfterMinutes: gap = 0 } of bareSegments(service)) {
      minutes += Math.max(durationMinutes, ...Object.values(durationMinutesOf));
      minutes += typeof gap === 'number' ? gap : gap.max;
    }
  }
  return minutes;
}
