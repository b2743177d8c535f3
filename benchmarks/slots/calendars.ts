import { compileSchedule, compileService, zoneNamed, type FindQuestion, type SlotResource } from 'askpro/slots';
import { below, seeded } from '../measure/seeded.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const WEEKS = 4;
/** Monday, 12 October 2026: the clocks in Berlin go back in the second of the four weeks. */
const FIRST_MONDAY = Date.UTC(2026, 9, 12) / DAY_MS;
const CHANGE_MS = Date.UTC(2026, 9, 25, 1);
export const STEP_MS = 15 * MINUTE_MS;
export const DURATION_MS = 30 * MINUTE_MS;

/** A question, and the open time of each of its resources as the floor takes it. */
export interface Variant {
  readonly question: FindQuestion;
  readonly open: Float64Array;
}

const offsetAt = (utcMs: number): number => (utcMs < CHANGE_MS ? 2 : 1) * 60 * MINUTE_MS;

/** The instant of a minute of the wall clock in Berlin, on dates of these four weeks on which it is not ambiguous. */
const instant = (day: number, minute: number): number => {
  const localMs = day * DAY_MS + minute * MINUTE_MS;
  return localMs - offsetAt(localMs - 2 * 60 * MINUTE_MS);
};

const weekdays = Array.from({ length: WEEKS * 7 }, (_, index) => FIRST_MONDAY + index).filter(
  (_, index) => index % 7 < 5,
);

/** Eight half hours a weekday, one in each hour of opening. */
const busyOf = (random: () => number): Float64Array =>
  Float64Array.from(
    weekdays.flatMap((day) =>
      Array.from({ length: 8 }, (_, hour) => {
        const startMs = instant(day, 9 * 60 + hour * 60 + below(random, 3) * 15);
        return [startMs, startMs + DURATION_MS];
      }).flat(),
    ),
  );

/** Four weeks of some hosts in Berlin, Monday to Friday from nine to five, of whom any may serve. */
export function variants(count: number, hosts: number): readonly Variant[] {
  const zone = zoneNamed('Europe/Berlin');
  if (!zone.ok) throw new Error('There is no zone Europe/Berlin.');
  const service = compileService({ segments: [{ durationMinutes: 30 }], stepMinutes: 15, assign: 'any' });
  const weekly = [0, 1, 2, 3, 4].map((weekday) => ({ weekday, fromMinute: 540, toMinute: 1020 }));
  const open = Float64Array.from(weekdays.flatMap((day) => [instant(day, 540), instant(day, 1020)]));
  const range = { fromMs: instant(FIRST_MONDAY, 0), toMs: instant(FIRST_MONDAY + WEEKS * 7, 0) };
  return Array.from({ length: count }, (_, variant) => {
    const random = seeded(variant + 1);
    const resources = Array.from({ length: hosts }, (__, host): SlotResource => ({
      id: `host-${host}`,
      kind: 'staff',
      schedule: compileSchedule({ zone: zone.zone, weekly }),
      busy: busyOf(random),
    }));
    return { question: { service, resources, range }, open };
  });
}
