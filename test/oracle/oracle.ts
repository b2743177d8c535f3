import type { CaseAnswer, CaseAssign, CaseFile, CaseService } from './caseFile.ts';
import { epochMs, localDay, minuteCalendar, zoneOf, type MinuteCalendar } from './minuteCalendar.ts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;

/**
 * Answers a valid case file the slow and plain way: every resource written down minute by minute, every start tried,
 * every gap tried. Shares nothing with the engine, so that the two agreeing means something.
 */
export function oracleSlots(input: unknown): CaseAnswer {
  const file = input as CaseFile;
  const question = prepare(file);
  const { calendars } = question;
  const assign = file.service.assign ?? 'any';
  const [first] = calendars;
  const slots: CaseAnswer['slots'] = [];
  for (let start = question.rangeStart; start < question.rangeEnd; start++) {
    if (assign === 'any') {
      for (const calendar of calendars) {
        const found = onGrid(question, calendar, start) && firstArrangement(question, [calendar], start, 'all');
        if (!found) continue;
        slots.push(found);
        break;
      }
    } else if (first !== undefined && onGrid(question, first, start)) {
      const found = firstArrangement(question, calendars, start, assign);
      if (found) slots.push(found);
    }
  }
  return { slots };
}

interface Question {
  readonly service: CaseService;
  readonly calendars: readonly MinuteCalendar[];
  readonly stepMinutes: number;
  readonly bufferBefore: number;
  readonly bufferAfter: number;
  /** Minutes since the epoch of the calendars' entry 0. */
  readonly firstMinute: number;
  /** The first and the first no longer allowed start of the range, as entries of the calendars. */
  readonly rangeStart: number;
  readonly rangeEnd: number;
  readonly parts: readonly Part[];
  /** Undefined when the case has no `now`: then neither notice nor horizon is judged. */
  readonly nowMs: number | undefined;
  readonly today: ReadonlyMap<MinuteCalendar, number>;
}

interface Part {
  readonly minutes: number;
  readonly leastGap: number;
  readonly mostGap: number;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function prepare(file: CaseFile): Question {
  const { service } = file;
  const parts = partsOf(service);
  const bufferBefore = service.bufferBeforeMinutes ?? 0;
  const bufferAfter = service.bufferAfterMinutes ?? 0;
  const stepMinutes = service.stepMinutes ?? 15;
  const longest = parts.reduce((sum, part) => sum + part.minutes + part.mostGap, 0);
  // A start lies on a whole minute at or after `from` and before `to`.
  const rangeStartMinute = Math.ceil(epochMs(file.range.from) / MINUTE_MS);
  const rangeEndMinute = Math.ceil(epochMs(file.range.to) / MINUTE_MS);
  const firstMinute = rangeStartMinute - bufferBefore;
  const size = Math.max(0, rangeEndMinute + longest + bufferAfter - firstMinute);
  const calendars = file.resources.map((resource) => minuteCalendar(resource, firstMinute, size, stepMinutes));
  const nowMs = file.now === undefined ? undefined : epochMs(file.now);
  const today = new Map<MinuteCalendar, number>();
  if (nowMs !== undefined) for (const each of calendars) today.set(each, localDay(nowMs, zoneOf(each.resource)));
  return {
    service,
    calendars,
    stepMinutes,
    bufferBefore,
    bufferAfter,
    firstMinute,
    rangeStart: rangeStartMinute - firstMinute,
    rangeEnd: rangeEndMinute - firstMinute,
    parts,
    nowMs,
    today,
  };
}

/** A service without segments is one segment; the gap after the last segment means nothing. */
function partsOf(service: CaseService): Part[] {
  const segments = service.segments ?? [{ durationMinutes: service.durationMinutes }];
  return segments.map(({ durationMinutes, gapAfterMinutes = 0 }, index) => {
    const isLast = index === segments.length - 1;
    const gap = typeof gapAfterMinutes === 'number' ? { min: gapAfterMinutes, max: gapAfterMinutes } : gapAfterMinutes;
    return { minutes: durationMinutes, leastGap: isLast ? 0 : gap.min, mostGap: isLast ? 0 : gap.max };
  });
}

function onGrid(question: Question, calendar: MinuteCalendar, start: number): boolean {
  const grid = question.service.grid ?? 'auto';
  const wallMinute = calendar.wallMinute[start] ?? Number.NaN;
  if (grid === 'midnight') return modulo(wallMinute, DAY_MINUTES) % question.stepMinutes === 0;
  if (grid === 'auto' && 60 % question.stepMinutes === 0) return modulo(wallMinute, 60) % question.stepMinutes === 0;
  return calendar.onWindowGrid[start] === 1;
}

function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}

/** The first arrangement, least gaps first, that enough resources can keep. */
function firstArrangement(
  question: Question,
  calendars: readonly MinuteCalendar[],
  start: number,
  assign: CaseAssign,
): CaseAnswer['slots'][number] | undefined {
  const allowed = calendars.filter((calendar) => allowedByNow(question, calendar, start));
  const found = arrange(question, 0, start, start, allowed, (able) => choose(calendars, able, assign));
  if (found === undefined) return undefined;
  return {
    start: isoAt(question, start),
    end: isoAt(question, found.end),
    resources: found.chosen.map((calendar) => calendar.resource.id),
  };
}

interface Arrangement {
  readonly end: number;
  readonly chosen: readonly MinuteCalendar[];
}

type Choose = (able: readonly MinuteCalendar[]) => readonly MinuteCalendar[] | undefined;

/** Lays the parts from `partIndex` on, trying gaps from the least up; `able` kept everything before `partStart`. */
function arrange(
  question: Question,
  partIndex: number,
  start: number,
  partStart: number,
  able: readonly MinuteCalendar[],
  chooseFrom: Choose,
): Arrangement | undefined {
  const part = question.parts[partIndex];
  if (part === undefined) return undefined;
  const isFirst = partIndex === 0;
  const isLast = partIndex === question.parts.length - 1;
  const end = partStart + part.minutes;
  const occupied = {
    start: isFirst ? start - question.bufferBefore : partStart,
    end: isLast ? end + question.bufferAfter : end,
  };
  const still = able.filter((calendar) => every(calendar.free, occupied) && openFor(question, calendar, start, end));
  const chosen = chooseFrom(still);
  if (chosen === undefined || isLast) return chosen && { end, chosen };
  for (let gap = part.leastGap; gap <= part.mostGap; gap++) {
    const found = arrange(question, partIndex + 1, start, end + gap, still, chooseFrom);
    if (found !== undefined) return found;
  }
  return undefined;
}

function openFor(question: Question, calendar: MinuteCalendar, start: number, end: number): boolean {
  if (!question.service.buffersWithinHours) return every(calendar.open, { start, end });
  return every(calendar.open, { start: start - question.bufferBefore, end: end + question.bufferAfter });
}

function isoAt(question: Question, index: number): string {
  return new Date((question.firstMinute + index) * MINUTE_MS).toISOString();
}

function choose(
  all: readonly MinuteCalendar[],
  able: readonly MinuteCalendar[],
  assign: CaseAssign,
): readonly MinuteCalendar[] | undefined {
  if (assign === 'all' || assign === 'any') return able.length === all.length ? able : undefined;
  const missing = new Map(Object.entries(assign));
  const chosen = able.filter(({ resource: { kind = 'staff' } }) => {
    const count = missing.get(kind) ?? 0;
    missing.set(kind, Math.max(0, count - 1));
    return count > 0;
  });
  return [...missing.values()].every((count) => count === 0) ? chosen : undefined;
}

/** Whether notice and horizon let an appointment with this resource start here. */
function allowedByNow(question: Question, calendar: MinuteCalendar, start: number): boolean {
  const { nowMs, service } = question;
  const today = question.today.get(calendar);
  if (nowMs === undefined || today === undefined) return true;
  const startMs = (question.firstMinute + start) * MINUTE_MS;
  if (startMs - nowMs < (service.noticeMinutes ?? 0) * MINUTE_MS) return false;
  const day = Math.floor((calendar.wallMinute[start] ?? Number.NaN) / DAY_MINUTES);
  return service.horizonDays === undefined || day - today <= service.horizonDays;
}

function every(minutes: Uint8Array, span: Span): boolean {
  for (let index = span.start; index < span.end; index++) if (minutes[index] !== 1) return false;
  return true;
}
