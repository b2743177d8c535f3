import Holidays from 'date-holidays';
import { demo, salonHolidays } from '../demo.ts';
import { daysAhead, salon } from './scene.ts';

/** Leaves room behind the holiday for what is offered instead. */
const SPARE_DAYS = 7;
/** Far enough ahead for whoever may cancel until shortly before. */
const FIRST_DAY = 2;
const SUNDAY = 0;

const { country, state } = salonHolidays;
const calendar = new Holidays(country, state ?? '', { types: ['public'] });

/** The name of the public holiday on a local date; asked of the calendar itself, not of the host. */
export const holidayOn = (date: string): string | undefined =>
  calendar.getHolidays(Number(date.slice(0, 4))).find((each) => each.date.startsWith(date))?.name;

/** Whether the salon is open on a local date. */
export const isWorkingDay = (date: string): boolean =>
  new Date(date).getUTCDay() !== SUNDAY && holidayOn(date) === undefined;

/** The next holiday on a day on which the salon would be open; undefined where its horizon ends before. */
export function nextHoliday(): { readonly date: string; readonly name: string } | undefined {
  const horizonDays = demo.companies.find(({ key }) => key === salon.company)?.policies?.horizonDays ?? 0;
  for (let days = FIRST_DAY; days < horizonDays - SPARE_DAYS; days++) {
    const date = daysAhead(days);
    const name = holidayOn(date);
    if (name !== undefined && new Date(date).getUTCDay() !== SUNDAY) return { date, name };
  }
  return undefined;
}

/** A local date some days later, or earlier. */
export const shifted = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);

/** The first day behind a date on which the salon is open. */
export function nextWorkingDay(date: string): string {
  const next = shifted(date, 1);
  return isWorkingDay(next) ? next : nextWorkingDay(next);
}
