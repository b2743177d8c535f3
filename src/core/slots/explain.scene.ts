import { parseInstant } from '../time/instant.ts';
import { UTC, zoneNamed, type Zone } from '../time/zone.ts';
import type { Blocker, Stretch } from './blocker.ts';
import { checkStart } from './checkStart.ts';
import type { FindQuestion, SlotQuestion, SlotResource } from './question.ts';
import type { DayWindow } from './dateWindows.ts';
import { compileSchedule, type CompiledSchedule, type ScheduleRules } from './schedule.ts';
import { compileService, type CompiledService, type ServiceRules } from './service.ts';

/** A zone of which it is known that it exists. */
export function zone(name: string): Zone {
  const found = zoneNamed(name);
  return found.ok ? found.zone : UTC;
}

/** A window written `09:00-12:00`. */
export function window(text: string): DayWindow {
  const [fromMinute = 0, toMinute = 0] = text.split('-').map((time) => {
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    return hours * 60 + minutes;
  });
  return { fromMinute, toMinute };
}

/** Hours of every day in Berlin, or in another zone. */
export function open(hours: string, rules: Partial<ScheduleRules> = {}): CompiledSchedule {
  const weekly = [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, ...window(hours) }));
  return compileSchedule({ zone: zone('Europe/Berlin'), weekly, ...rules });
}

/** A resource that is open from 9 to 12 every day unless told otherwise; of its kind unless told otherwise: staff. */
export function resource(id: string, rest: Partial<Omit<SlotResource, 'id'>> = {}): SlotResource {
  return { id, kind: 'staff', schedule: open('09:00-12:00'), busy: new Float64Array(0), ...rest };
}

/** An hour on the hour unless told otherwise. */
export function service(rules: Partial<ServiceRules> = {}): CompiledService {
  return compileService({ segments: [{ durationMinutes: 60 }], stepMinutes: 60, ...rules });
}

/** Tuesday 2026-11-24 in Berlin, written `10:00`; another date, written `25 10:00`. */
export function at(text: string): number {
  const [time = '', day = '24'] = text.split(' ').reverse();
  return parseInstant(`2026-11-${day}T${time}:00+01:00`) ?? NaN;
}

/** Stretches of that Tuesday, written `09:00-10:00`. */
export function spans(...texts: string[]): Float64Array {
  return Float64Array.from(texts.flatMap((text) => text.split('-').map(at)));
}

/** One such stretch. */
export function span(text: string): Stretch {
  const [startMs = NaN, endMs = NaN] = spans(text);
  return { startMs, endMs };
}

/** That Tuesday, or the days from it up to another. */
export function tuesday(toDay = '25'): FindQuestion['range'] {
  return { fromMs: at('00:00'), toMs: at(`${toDay} 00:00`) };
}

/** A start as it is written, `24 10:00`. */
export function written(startMs: number | undefined): string {
  return startMs === undefined ? '' : new Date(startMs + 3_600_000).toISOString().slice(8, 16).replace('T', ' ');
}

/** What stands in the way of a start. */
export function blockersOf(question: SlotQuestion, start: string): readonly Blocker[] {
  const check = checkStart(question, at(start));
  return check.ok ? [] : check.blockers;
}

/** The same, each as its code and whom it concerns. */
export function inTheWay(question: SlotQuestion, start: string): string[] {
  return blockersOf(question, start).map((blocker) =>
    'resource' in blocker ? `${blocker.code} ${blocker.resource}` : blocker.code,
  );
}
