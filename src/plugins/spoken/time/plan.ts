import { DAY_MS, epochDayAt, instantOf, localMsAt, MINUTE_MS, weekdayOf, type Zone } from '../../../plugin.ts';
import type { DayWindow } from './partsOfDay.ts';

/** When somebody would like to come, by the calendar and the clock on the wall. */
export interface Plan {
  readonly fromDay: number;
  /** Exclusive; undefined: as far as needed. */
  readonly toDay: number | undefined;
  readonly weekdays?: readonly number[] | undefined;
  readonly window?: DayWindow | undefined;
  /** The time of the day: exact on a single day, else to be near to. May lie behind midnight. */
  readonly minute?: number | undefined;
  /** The instant of `minute` on a single day, where it was counted from now: a clock that is put back shows it twice. */
  readonly instantMs?: number;
  readonly approx: boolean;
  readonly soonest: boolean;
}

/** A plan in instants. */
export interface Settled {
  readonly plan: Plan;
  readonly fromMs: number;
  /** Exclusive; undefined: as far as needed. */
  readonly toMs: number | undefined;
  readonly startMs: number | undefined;
}

/** How far around a time that was said roughly one looks. */
const AROUND_MINUTES = 60;

/** Whether a plan is for one day. */
export const isSingleDay = ({ fromDay, toDay }: Pick<Plan, 'fromDay' | 'toDay'>): boolean => toDay === fromDay + 1;

/** Whether a plan is for one start. */
export const isExact = (plan: Plan): boolean => plan.minute !== undefined && !plan.approx && isSingleDay(plan);

const instant = (zone: Zone, day: number, minute: number): number => instantOf(zone, day * DAY_MS + minute * MINUTE_MS);

/** The plan in instants of a zone, from now on; undefined when it is over. */
export function settle(said: Plan, zone: Zone, nowMs: number): Settled | undefined {
  const plan = fromToday(said, epochDayAt(localMsAt(zone, nowMs)));
  if (plan === undefined) return undefined;
  const { fromDay, toDay, minute, window } = plan;
  if (minute !== undefined && isSingleDay(plan)) {
    const targetMs = plan.instantMs ?? instant(zone, fromDay, minute);
    if (targetMs < nowMs) return undefined;
    // What the clock shows then: it may have been moved forward, or be of the next day.
    const localMs = localMsAt(zone, targetMs);
    const day = epochDayAt(localMs);
    const shown: Plan = { ...plan, fromDay: day, toDay: day + 1, minute: (localMs - day * DAY_MS) / MINUTE_MS };
    if (!plan.approx) return { plan: shown, fromMs: targetMs, toMs: targetMs + MINUTE_MS, startMs: targetMs };
    const reachMs = AROUND_MINUTES * MINUTE_MS;
    return { plan: shown, fromMs: Math.max(nowMs, targetMs - reachMs), toMs: targetMs + reachMs, startMs: undefined };
  }
  const isSingle = isSingleDay(plan);
  const fromMs = Math.max(nowMs, instant(zone, fromDay, isSingle ? (window?.fromMinute ?? 0) : 0));
  if (toDay === undefined) return { plan, fromMs, toMs: undefined, startMs: undefined };
  const toMs = isSingle ? instant(zone, fromDay, window?.toMinute ?? 1_440) : instant(zone, toDay, 0);
  return toMs > fromMs && hasTimeLeft(plan, toDay, zone, nowMs)
    ? { plan, fromMs, toMs, startMs: undefined }
    : undefined;
}

/** Of several days those that are left; undefined when none is. */
function fromToday(plan: Plan, today: number): Plan | undefined {
  if (plan.toDay === undefined || isSingleDay(plan)) return plan;
  if (plan.toDay <= today) return undefined;
  const left = { ...plan, fromDay: Math.max(plan.fromDay, today) };
  if (!isSingleDay(left) || plan.weekdays === undefined) return left;
  return plan.weekdays.includes(weekdayOf(left.fromDay)) ? { ...left, weekdays: undefined } : undefined;
}

/** Whether the last day that fits still has time that fits. */
function hasTimeLeft({ fromDay, window, weekdays }: Plan, toDay: number, zone: Zone, nowMs: number): boolean {
  for (let day = toDay - 1; day >= Math.max(fromDay, toDay - 7); day -= 1)
    if (weekdays?.includes(weekdayOf(day)) !== false) return instant(zone, day, window?.toMinute ?? 1_440) > nowMs;
  return false;
}

/** The same plan one or several days later. */
export const daysLater = (plan: Plan, days: number): Plan => ({
  ...plan,
  fromDay: plan.fromDay + days,
  toDay: plan.toDay === undefined ? undefined : plan.toDay + days,
});

/** The same plan with the hour in the other half of the day, where that is a later hour. */
export function laterHalf(plan: Plan): Plan | undefined {
  const { minute } = plan;
  return minute === undefined || minute >= 720 || !isSingleDay(plan) ? undefined : { ...plan, minute: minute + 720 };
}
