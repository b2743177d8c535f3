import {
  compileSchedule,
  compileService,
  zoneNamed,
  type Assign,
  type CompiledService,
  type FindQuestion,
  type Segment,
  type SlotResource,
  type WeeklyWindow,
} from 'askpro/slots';
import { below, seeded } from '../measure/seeded.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
export const STEP_MS = 15 * MINUTE_MS;
export const DURATION_MS = 30 * MINUTE_MS;

/** How many questions of each kind take turns. */
export const VARIANTS = 64;

/** The clocks in Berlin go back on 25 October 2026, in the last, the third or the second of four weeks, and forward in March. */
const FIRST_MONDAYS = [28, 35, 42].map((day) => Date.UTC(2026, 8, day) / DAY_MS);
const WINTER_FROM_MS = Date.UTC(2026, 9, 25, 1);
const WINTER_TO_MS = Date.UTC(2027, 2, 28, 1);

/** Monday to Friday from nine to five. */
export const weekly: readonly WeeklyWindow[] = [0, 1, 2, 3, 4].map((weekday) => ({
  weekday,
  fromMinute: 540,
  toMinute: 1020,
}));

const found = zoneNamed('Europe/Berlin');
if (!found.ok) throw new Error('There is no zone Europe/Berlin.');

/** The zone of all calendars. */
export const berlin = found.zone;

/** The instant of a minute of the wall clock in Berlin in these years, ambiguous minutes left aside. */
export function instant(day: number, minute: number): number {
  const summerMs = day * DAY_MS + minute * MINUTE_MS - 2 * HOUR_MS;
  return summerMs < WINTER_FROM_MS || summerMs >= WINTER_TO_MS ? summerMs : summerMs + HOUR_MS;
}

/** Some weeks of calendars, the first of which depends on the variant. */
export interface Weeks {
  readonly range: FindQuestion['range'];
  /** Its weekdays, as days since 1970-01-01. */
  readonly days: readonly number[];
  /** The opening hours as the floor takes them. */
  readonly open: Float64Array;
}

/** The weeks that a variant asks about. */
export function weeksOf(variant: number, weeks: number): Weeks {
  const first = FIRST_MONDAYS[variant % FIRST_MONDAYS.length] ?? 0;
  const days = Array.from({ length: weeks * 7 }, (_, index) => first + index).filter((_, index) => index % 7 < 5);
  return {
    range: { fromMs: instant(first, 0), toMs: instant(first + weeks * 7, 0) },
    days,
    open: Float64Array.from(days.flatMap((day) => [instant(day, 540), instant(day, 1020)])),
  };
}

/** Eight appointments a day, one in each hour of opening: half hours somewhere in it, or all of it until a day. */
export function busyOn(days: readonly number[], random: () => number, fullUntilDay = -Infinity): Float64Array {
  const busy = new Float64Array(days.length * 16);
  let at = 0;
  for (const day of days) {
    for (let hour = 0; hour < 8; hour++) {
      const startMs = instant(day, 540 + hour * 60);
      const full = day < fullUntilDay;
      busy[at] = full ? startMs : startMs + below(random, 3) * STEP_MS;
      busy[at + 1] = full ? startMs + HOUR_MS : (busy[at] ?? 0) + DURATION_MS;
      at += 2;
    }
  }
  return busy;
}

const HALF_AN_HOUR: readonly Segment[] = [{ durationMinutes: 30 }];

/** Half an hour, or these segments, offered every quarter unless told otherwise. */
export const serviceOf = (assign: Assign, segments = HALF_AN_HOUR, stepMinutes = 15): CompiledService =>
  compileService({ segments, stepMinutes, assign });

/** A resource that is open as all are. */
export const resource = (kind: string, number: number, busy: Float64Array): SlotResource => ({
  id: `${kind}-${number}`,
  kind,
  schedule: compileSchedule({ zone: berlin, weekly }),
  busy,
});

/** A question, and the open time of each of its resources as the floor takes it. */
export interface Variant {
  readonly question: FindQuestion;
  readonly open: Float64Array;
}

/** So many staff, then so many rooms, each with a calendar of its own. */
export function variants(service: CompiledService, weeks: number, staff: number, rooms = 0): readonly Variant[] {
  return Array.from({ length: VARIANTS }, (_, variant) => {
    const random = seeded(variant + 1);
    const { range, days, open } = weeksOf(variant, weeks);
    const resources = Array.from({ length: staff + rooms }, (__, number) =>
      resource(number < staff ? 'staff' : 'room', number, busyOn(days, random)),
    );
    return { question: { service, resources, range }, open };
  });
}

/** Answers one of the values after the other, again and again. */
export function rotating<T>(values: readonly T[]): () => T {
  let next = 0;
  const [first] = values;
  if (first === undefined) throw new Error('There is nothing to rotate.');
  return () => values[next++ % values.length] ?? first;
}
