import { localFormat, parseInstant } from '../time/instant.ts';
import { UTC, zoneNamed, type Zone } from '../time/zone.ts';
import { answerCase } from './case/answerCase.ts';
import type { CaseFile, CaseResource } from './case/caseFile.ts';
import type { CaseInterval, CaseWeeklyWindows } from './case/caseSchedule.ts';
import type { CaseService } from './case/caseService.ts';
import { parseCase } from './case/parseCase.ts';
import type { FindQuestion } from './question.ts';

/** A question about days of one zone, in the short form tests are written in. */
export interface Asked {
  readonly service: CaseService;
  /** Berlin and open 09:00–12:00 every day unless told otherwise. */
  readonly resources?: readonly Partial<CaseResource>[];
  readonly timeZone?: string;
  readonly date?: string;
  readonly days?: number;
  readonly now?: string;
  readonly range?: CaseFile['range'];
}

const EVERY_DAY = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'];

/** Windows of every day, written `09:00-12:00`. */
export function daily(...windows: string[]): CaseWeeklyWindows[] {
  return windows.map((window) => ({ days: EVERY_DAY, ...windowOf(window) }));
}

/** A window written `09:00-12:00`. */
export function windowOf(text: string): { from: string; to: string } {
  const [from = '', to = ''] = text.split('-');
  return { from, to };
}

/** A stretch of Tuesday 2026-11-24 in Berlin, written `10:00-11:00`. */
export function at(text: string, date = '2026-11-24'): CaseInterval {
  const { from, to } = windowOf(text);
  return { start: `${date}T${from}:00+01:00`, end: `${date}T${to}:00+01:00` };
}

/** The zone of a name that is known to exist. */
function zone(name: string): Zone {
  const found = zoneNamed(name);
  return found.ok ? found.zone : UTC;
}

/** The case that a question stands for. */
export function caseOf(asked: Asked): CaseFile {
  const { timeZone = 'Europe/Berlin', date = '2026-11-24', days = 1, resources = [{}] } = asked;
  const midnight = Date.parse(`${date}T00:00:00Z`);
  const instant = (localMs: number): string => {
    const utcMs = localMs - zone(timeZone).pieceAt(localMs).offsetMs;
    return new Date(localMs - zone(timeZone).pieceAt(utcMs).offsetMs).toISOString();
  };
  return {
    range: asked.range ?? { from: instant(midnight), to: instant(midnight + days * 86_400_000) },
    service: asked.service,
    resources: resources.map((resource, index) => ({
      id: `r${index}`,
      timeZone,
      weekly: daily('09:00-12:00'),
      ...resource,
    })),
    ...(asked.now === undefined ? {} : { now: asked.now }),
  };
}

/** The parsed case; throws what the parser refuses. */
export function questionOf(file: unknown): FindQuestion {
  const parsed = parseCase(JSON.stringify(file));
  if (parsed.ok) return parsed.case;
  throw new Error(parsed.errors.map(({ path, message }) => `${path}: ${message}`).join('\n'));
}

/** The answer as local starts: `09:00`, with the offset (`02:00+02:00`) when asked, with the date when several days are. */
export function starts(asked: Asked, withOffset = false): string[] {
  const format = localFormat(zone(asked.timeZone ?? 'Europe/Berlin'));
  return answerCase(questionOf(caseOf(asked))).slots.map(({ start }) => {
    const local = format(parseInstant(start) ?? NaN);
    const date = (asked.days ?? 1) > 1 || asked.range !== undefined ? `${local.slice(5, 10)} ` : '';
    return `${date}${local.slice(11, 16)}${withOffset ? local.slice(23) : ''}`;
  });
}

/** The answer as `09:00-10:00 anna,room`. */
export function served(asked: Asked): string[] {
  const format = localFormat(zone(asked.timeZone ?? 'Europe/Berlin'));
  const time = (text: string): string => format(parseInstant(text) ?? NaN).slice(11, 16);
  return answerCase(questionOf(caseOf(asked))).slots.map(
    ({ start, end, resources }) => `${time(start)}-${time(end)} ${resources.join()}`,
  );
}

/** An hour, offered on the hour. */
export const hour: CaseService = { durationMinutes: 60, stepMinutes: 60 };
