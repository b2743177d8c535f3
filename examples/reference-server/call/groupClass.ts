import { randomInt } from 'node:crypto';
import type { OfferTold, ProviderCall } from './provider.ts';
import { ask, daysAhead, haircut, newCaller, pickUp, salon, startOf, type Stage } from './scene.ts';
import { seatsOf, sessionOf, sessionsAt } from './sessionRows.ts';

const COURSE = { key: 'braiding-course', spoken: 'Flechtkurs', instructor: 'Clara', minutes: 90, seats: 4 } as const;

/** A class: several callers, one session, and the instructor's time taken once. */
export async function groupClass(stage: Stage): Promise<void> {
  const { report, check, rows } = stage;
  report.scene('Lena books a class for three, Mia joins it, and who is one too many is not let in');
  const lena = await pickUp(stage, newCaller(rows));
  const service = COURSE.spoken;
  const next = await ask(stage, lena, 'next_available', { service, people: 3, from: daysAhead(2 + randomInt(40)) });
  const [offer] = next.offers ?? [];
  if (offer === undefined) throw new Error(`The class is offered at no time: ${JSON.stringify(next)}`);
  const three = await bookClass(stage, lena, offer, 'Lena Beispiel');
  const session = sessionOf(rows, three)?.id ?? '';
  judgeSession(stage, session, { offer, owners: [three, three, three] });

  const mia = await pickUp(stage, newCaller(rows));
  const at = { service, date: offer.date, time: offer.time };
  const full = await ask(stage, mia, 'find_slots', { ...at, people: 2 });
  check.same('two more find no room', [full.ok, full.reason], [false, 'SLOT_TAKEN']);
  check.holds('and hear of other times', (full.offers?.length ?? 0) > 0, full);
  const one = await ask(stage, mia, 'find_slots', at);
  check.same('one more finds room', one.ok, true);
  const last = await bookClass(stage, mia, one.offers?.[0] ?? offer, 'Mia Muster');
  check.same('it is the same session', sessionOf(rows, last)?.id, session);
  judgeSession(stage, session, { offer, owners: [three, three, three, last] });

  const late = await pickUp(stage, newCaller(rows));
  const over = await ask(stage, late, 'find_slots', { ...at, people: COURSE.seats + 1 });
  check.same('a party larger than the class is refused', over.ok, false);
  check.same('for its reason', over.reason, 'LIMIT_REACHED');
  check.same('and hears why', over.say.startsWith('Für so viele Personen'), true);
  const busy = { service: haircut.spoken, staff: COURSE.instructor, date: offer.date, time: offer.time };
  const meanwhile = await ask(stage, late, 'find_slots', busy);
  check.same('the instructor does nothing else meanwhile', [meanwhile.ok, meanwhile.reason], [false, 'SLOT_TAKEN']);

  await cancelClass(stage, lena, three);
  judgeSession(stage, session, { offer, owners: [last] });
  await cancelClass(stage, mia, last);
  check.same('the session is over with its last one', sessionsAt(rows, COURSE.key, startOf(offer)), 0);
  check.same('nothing of it is occupied', [rows.spans(session), rows.claims(session).count], [[], 0]);
  const free = await ask(stage, late, 'find_slots', busy);
  check.same('and the instructor is free again', free.ok, true);
}

async function bookClass(stage: Stage, call: ProviderCall, offer: OfferTold, name: string): Promise<string> {
  const { check, rows, report } = stage;
  const booked = await ask(stage, call, 'book', { offer: offer.number, customer_name: name });
  check.same('the class is booked', booked.ok, true);
  const made = rows.appointmentsOf(call.id);
  check.same('appointments of the call', made.length, 1);
  const id = made[0]?.id ?? '';
  report.appointment(id);
  return id;
}

async function cancelClass(stage: Stage, call: ProviderCall, id: string): Promise<void> {
  const { check, rows } = stage;
  const cancelled = await ask(stage, call, 'cancel', {});
  check.same('cancel is done', cancelled.ok, true);
  check.same('appointment row', rows.appointment(id)?.status, 'cancelled');
  check.same('its seats are given back', rows.claims(id).count, 0);
}

/** Compares the rows of a session: who has which seat, and what it occupies however many take part. */
function judgeSession(
  { check, rows, report }: Stage,
  session: string,
  expected: { readonly offer: OfferTold; readonly owners: readonly string[] },
): void {
  const { bufferBeforeMs, bufferAfterMs, grainMs } = rows.service(salon.company, COURSE.key);
  const startMs = startOf(expected.offer);
  const occupied = { startMs: startMs - bufferBeforeMs, endMs: startMs + COURSE.minutes * 60_000 + bufferAfterMs };
  const seats = seatsOf(rows, session);
  check.same('sessions at this time', sessionsAt(rows, COURSE.key, startMs), 1);
  check.same(
    'seats by appointment',
    seats.map(({ appointment }) => appointment),
    expected.owners,
  );
  check.same('the instructor is occupied once', rows.spans(session), [{ resource: COURSE.instructor, ...occupied }]);
  check.same(
    'claims of the instructor’s time',
    rows.claims(session).count,
    (occupied.endMs - occupied.startMs) / grainMs,
  );
  report.session(session, seats);
}
