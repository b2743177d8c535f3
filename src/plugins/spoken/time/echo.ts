import { civilOf, weekdayOf } from '../../../plugin.ts';
import type { SpokenDay, SpokenEcho } from '../languages/language.ts';
import { PARTS, type DayWindow } from './partsOfDay.ts';
import type { PartName } from '../words/meaning.ts';
import { isSingleDay, type Plan } from './plan.ts';

/** From here on a date is told with its year. */
const YEAR_NEEDED_AFTER_DAYS = 180;

function dayOf(day: number, today: number): SpokenDay {
  const { year, month, day: ofMonth } = civilOf(day);
  const offset = day - today;
  return {
    offset,
    weekday: weekdayOf(day),
    day: ofMonth,
    month,
    year: offset > YEAR_NEEDED_AFTER_DAYS ? year : undefined,
  };
}

const partNamed = (window: DayWindow): PartName | undefined =>
  (Object.keys(PARTS) as PartName[]).find(
    (name) => PARTS[name].fromMinute === window.fromMinute && PARTS[name].toMinute === window.toMinute,
  );

/** What to tell of a plan on the day `today`. */
export function echoOf(plan: Plan, today: number): SpokenEcho {
  const { fromDay, toDay, weekdays = [], window, minute, approx, soonest } = plan;
  const isSingle = isSingleDay(plan);
  const part = window && partNamed(window);
  return {
    from: toDay === undefined && fromDay <= today ? undefined : dayOf(Math.max(fromDay, today), today),
    to: toDay === undefined || isSingle ? undefined : dayOf(toDay - 1, today),
    isSingleDay: isSingle,
    weekdays: isSingle ? [] : weekdays,
    part,
    window: part === undefined ? window : undefined,
    minute,
    approx: approx || !isSingle,
    soonest,
  };
}
