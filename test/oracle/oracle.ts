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
  for (const spans of arrangements(question.parts, start)) {
    const able = calendars.filter((calendar) => fits(question, calendar, spans));
    const chosen = choose(calendars, able, assign);
    if (chosen === undefined) continue;
    return {
      start: isoAt(question, start),
      end: isoAt(question, spans.at(-1)?.end ?? start),
      resources: chosen.map((calendar) => calendar.resource.id),
    };
  }
  return undefined;
}

function isoAt(question: Question, index: number): string {
  return new Date((question.firstMinute + index) * MINUTE_MS).toISOString();
}

/** Every way to lay the parts out from `start` on, in lexicographic order of their gaps. */
function* arrangements(parts: readonly Part[], start: number): Generator<readonly Span[]> {
  const [part, ...rest] = parts;
  if (part === undefined) {
    yield [];
    return;
  }
  const span = { start, end: start + part.minutes };
  for (let gap = part.leastGap; gap <= part.mostGap; gap++) {
    for (const later of arrangements(rest, span.end + gap)) yield [span, ...later];
  }
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

/** Whether one resource can keep an arrangement: allowed by notice and horizon, open throughout, free while it is needed. */
function fits(question: Question, calendar: MinuteCalendar, spans: readonly Span[]): boolean {
  const { service, bufferBefore, bufferAfter } = question;
  const start = spans[0]?.start ?? 0;
  const end = spans.at(-1)?.end ?? start;
  if (!allowedByNow(question, calendar, start)) return false;
  const openSpan = service.buffersWithinHours
    ? { start: start - bufferBefore, end: end + bufferAfter }
    : { start, end };
  if (!every(calendar.open, openSpan)) return false;
  return spans.every((span) =>
    every(calendar.free, {
      start: span.start === start ? start - bufferBefore : span.start,
      end: span.end === end ? end + bufferAfter : span.end,
    }),
  );
}

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
