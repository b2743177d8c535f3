import { civilOf, epochDayOf, weekdayOf } from '../localDate.ts';
import type { Rule } from './rule.ts';

/** Whether a date is among those of a rule, whatever its period is. Dates are days since 1970-01-01. */
export type DayFilter = (day: number) => boolean;

/** The dates of a rule that began on a date, from which it takes what it leaves out (RFC 5545, 3.3.10). */
export function dayFilter(rule: Rule, firstDay: number): DayFilter {
  const first = civilOf(firstDay);
  const { frequency } = rule;
  let { months, monthDays, days } = rule;
  const saysDays = rule.weeks.length + rule.yearDays.length + monthDays.length + days.length > 0;
  if (!saysDays && frequency === 'YEARLY' && months.length === 0) months = [first.month];
  if (!saysDays && (frequency === 'YEARLY' || frequency === 'MONTHLY')) monthDays = [first.day];
  const weekday = [{ ordinal: 0, weekday: weekdayOf(firstDay) }];
  if (!saysDays && frequency === 'WEEKLY') days = weekday;
  // A week by its number alone means the day of the week on which the rule began.
  if (rule.weeks.length > 0 && rule.yearDays.length + monthDays.length + days.length === 0) days = weekday;
  const countsInMonth = frequency === 'MONTHLY' || months.length > 0;

  return (day) => {
    const { year, month, day: monthDay } = civilOf(day);
    if (months.length > 0 && !months.includes(month)) return false;
    const monthLength = firstOfMonth(year, month + 1) - firstOfMonth(year, month);
    if (monthDays.length > 0 && !includesFromEnd(monthDays, monthDay, monthLength)) return false;
    const yearStart = firstOfMonth(year, 1);
    const yearLength = firstOfMonth(year + 1, 1) - yearStart;
    const yearDay = day - yearStart + 1;
    if (rule.yearDays.length > 0 && !includesFromEnd(rule.yearDays, yearDay, yearLength)) return false;
    if (rule.weeks.length > 0 && !isInWeek(rule, day)) return false;
    if (days.length === 0) return true;
    const [position, length] = countsInMonth ? [monthDay, monthLength] : [yearDay, yearLength];
    return days.some(
      ({ ordinal, weekday: wanted }) =>
        wanted === weekdayOf(day) &&
        (ordinal === 0 ||
          (frequency !== 'MONTHLY' && frequency !== 'YEARLY') ||
          ordinal === Math.ceil(position / 7) ||
          ordinal === -Math.ceil((length - position + 1) / 7)),
    );
  };
}

const includesFromEnd = (wanted: readonly number[], position: number, length: number): boolean =>
  wanted.includes(position) || wanted.includes(position - length - 1);

/** The first day of a month; the thirteenth is January of the next year. */
const firstOfMonth = (year: number, month: number): number =>
  month > 12 ? epochDayOf(year + 1, month - 12, 1) : epochDayOf(year, month, 1);

function isInWeek({ weeks, weekStart }: Rule, day: number): boolean {
  const weekOf = startOfWeek(day, weekStart);
  // The week belongs to the year in which its fourth day lies.
  const { year } = civilOf(weekOf + 3);
  const firstWeek = startOfWeek(epochDayOf(year, 1, 4), weekStart);
  const count = (startOfWeek(epochDayOf(year + 1, 1, 4), weekStart) - firstWeek) / 7;
  return includesFromEnd(weeks, (weekOf - firstWeek) / 7 + 1, count);
}

/** The first day of the week of a date. */
export const startOfWeek = (day: number, weekStart: number): number => day - ((weekdayOf(day) - weekStart + 7) % 7);
