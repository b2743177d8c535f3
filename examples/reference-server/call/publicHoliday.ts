import { askApi } from './api.ts';
import { isWorkingDay, nextHoliday, nextWorkingDay } from './holidayDates.ts';
import { ask, haircut, newCaller, pickUp, salon, startOf, type Stage } from './scene.ts';

interface Explained {
  readonly reasons: readonly {
    readonly kind?: string;
    readonly busy?: { readonly startMs: number; readonly start: string; readonly end: string };
  }[];
}

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
  const body = { service: haircut.key, start: new Date(startOf({ date, time: '10:00' })).toISOString() };
  const explained = await askApi<Explained>(stage, { method: 'POST', path: '/slots/explain', body });
  const closed = explained.body.reasons.find(({ kind }) => kind === 'holiday')?.busy;
  const midnight = startOf({ date, time: '00:00' });
  check.holds('the reason is the holiday', closed !== undefined && closed.startMs <= midnight, explained.body);
  console.log(`      reason       holiday, ${closed?.start ?? ''} to ${closed?.end ?? ''}`);
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

/** `25. Dezember` */
const spoken = (date: string): string =>
  new Intl.DateTimeFormat('de-DE', { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(new Date(date));
