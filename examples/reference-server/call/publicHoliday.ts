import Holidays from 'date-holidays';
import { demo, salonHolidays } from '../demo.ts';
import { ask, daysAhead, haircut, newCaller, pickUp, salon, startOf, type Stage } from './scene.ts';

/** Leaves room behind the holiday for what is offered instead. */
const SPARE_DAYS = 7;
/** Far enough ahead for whoever may cancel until shortly before. */
const FIRST_DAY = 2;
const SUNDAY = 0;

/** Somebody wants to come on a public holiday, which no schedule knows, and is told of the next working day. */
export async function publicHoliday(stage: Stage): Promise<void> {
  const { report, check, rows } = stage;
  const holiday = nextHoliday();
  if (holiday === undefined) {
    report.scene('No public holiday is within reach of the booking horizon');
    return;
  }
  const { date, name } = holiday;
  report.scene(`Paul wants to come on a public holiday, ${name}`);
  const call = await pickUp(stage, newCaller(rows));
  const when = `am ${spoken(date)}`;
  const asked = await ask(stage, call, 'find_slots', { service: haircut.spoken, when });
  check.same('nothing is free on the holiday', asked.ok, false);
  const instead = asked.offers ?? [];
  check.holds('other days are told', instead.length > 0, asked);
  check.holds(
    'all of them are working days',
    instead.every((offer) => isWorkingDay(offer.date)),
    instead,
  );
  const exact = await ask(stage, call, 'find_slots', { service: haircut.spoken, date, time: '10:00' });
  check.same('nor at a time of that day', [exact.ok, exact.reason], [false, 'SLOT_TAKEN']);
  const next = await ask(stage, call, 'next_available', { service: haircut.spoken, from: date });
  const [first] = next.offers ?? [];
  check.same('the next working day is offered', first?.date, nextWorkingDay(date));
  if (first === undefined) return;
  const booked = await ask(stage, call, 'book', { offer: first.number, customer_name: 'Paul Beispiel' });
  check.same('and booked', booked.ok, true);
  const [row] = rows.appointmentsOf(call.id);
  check.same('appointment row', row?.startMs, startOf(first));
  check.same('appointments on the holiday', rows.startingOn(salon.company, startOf({ date, time: '00:00' })), 0);
  report.appointment(row?.id ?? '');
  // So that the first working day behind the holiday does not fill up, however often this is played.
  const cancelled = await ask(stage, call, 'cancel', {});
  check.same('cancel is done', cancelled.ok, true);
}

const { country, state } = salonHolidays;
const calendar = new Holidays(country, state ?? '', { types: ['public'] });

/** The name of the public holiday on a local date; asked of the calendar itself, not of the host. */
const holidayOn = (date: string): string | undefined =>
  calendar.getHolidays(Number(date.slice(0, 4))).find((each) => each.date.startsWith(date))?.name;

const isWorkingDay = (date: string): boolean => new Date(date).getUTCDay() !== SUNDAY && holidayOn(date) === undefined;

/** The next holiday on a day on which the salon would be open; undefined where its horizon ends before. */
function nextHoliday(): { readonly date: string; readonly name: string } | undefined {
  const horizonDays = demo.companies.find(({ key }) => key === salon.company)?.policies?.horizonDays ?? 0;
  for (let days = FIRST_DAY; days < horizonDays - SPARE_DAYS; days++) {
    const date = daysAhead(days);
    const name = holidayOn(date);
    if (name !== undefined && new Date(date).getUTCDay() !== SUNDAY) return { date, name };
  }
  return undefined;
}

function nextWorkingDay(date: string): string {
  const next = new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);
  return isWorkingDay(next) ? next : nextWorkingDay(next);
}

/** `25. Dezember` */
const spoken = (date: string): string =>
  new Intl.DateTimeFormat('de-DE', { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(new Date(date));
