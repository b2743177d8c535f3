import { randomInt } from 'node:crypto';
import { demoLines } from '../demo.ts';
import { ProviderCall, send, type FunctionAnswer, type OfferTold } from './provider.ts';
import { composite } from './composite.ts';
import { batch } from './batch.ts';
import { callBack } from './callBack.ts';
import { groupClass } from './groupClass.ts';
import { publicHoliday } from './publicHoliday.ts';
import { series } from './series.ts';
import { traced } from './traced.ts';
import { waiting } from './waiting.ts';
import { sendTogether } from './together.ts';
import {
  ask,
  daysAhead,
  haircut,
  judgeAnswer,
  judgeBooked,
  newCaller,
  pickUp,
  salon,
  variablesOf,
  type Stage,
} from './scene.ts';

const RACERS = 8;
/** Every start is tried for once by so many callers at the same moment. */
const RACES = 3;
/** So long nobody can write, so that all of them have seen the time free before the first can take it. */
const HOLD_MS = 250;
const BOOKED = 'appointment.booked';

/** Plays everything, in order. */
export async function play(stage: Stage): Promise<void> {
  const { ada, offers, appointment } = await firstCaller(stage);
  const [taken, ...others] = offers;
  if (taken === undefined) return;
  await race(stage, others);
  await hangUp(stage, ada);
  await moveIt(stage, ada.from, appointment, taken);
  await composite(stage);
  await groupClass(stage);
  await publicHoliday(stage);
  await waiting(stage);
  await callBack(stage);
  await series(stage);
  await batch(stage);
  await wrongNumber(stage);
  await forgery(stage);
  stage.report.scene('The whole database');
  stage.check.same('overlapping occupied times', stage.rows.overlaps(), 0);
  console.log(`      overlaps     ${stage.rows.overlaps()}`);
  await traced(stage, ada);
}

const exactly = ({ date, time, with: staff }: OfferTold): object => ({ service: haircut.spoken, date, time, staff });

async function firstCaller(
  stage: Stage,
): Promise<{ readonly ada: ProviderCall; readonly offers: readonly OfferTold[]; readonly appointment: string }> {
  const { report, check, rows } = stage;
  report.scene('Ada calls and asks for the next free time; Ben, on another line, wants the same one');
  const ada = await pickUp(stage, newCaller(rows));
  const next = await ask(stage, ada, 'next_available', {
    service: haircut.spoken,
    from: daysAhead(2 + randomInt(40)),
    count: 5,
  });
  const [wanted, ...others] = next.offers ?? [];
  check.same('next_available is done', next.ok, true);
  check.holds('next_available tells several times', wanted !== undefined && others.length > 0, next.offers);
  check.same('offers are stored with the call', rows.call(ada.id)?.offers, next.offers?.length);
  if (wanted === undefined) return { ada, offers: [], appointment: '' };
  const ben = await pickUp(stage, newCaller(rows));
  const same = await ask(stage, ben, 'find_slots', exactly(wanted));
  check.same('Ben is offered the same time', same.offers?.[0] && { ...same.offers[0], number: 0 }, {
    ...wanted,
    number: 0,
  });

  const wish = { offer: wanted.number, customer_name: 'Ada Beispiel' };
  const booked = await ask(stage, ada, 'book', wish);
  check.same('book is done', booked.ok, true);
  const [row, ...more] = rows.appointmentsOf(ada.id);
  check.same('appointments of the call', more.length, 0);
  const appointment = row?.id ?? '';
  check.same('the call has its appointment', rows.call(ada.id)?.appointmentId, appointment);
  check.same('the customer has her name', row?.customerName, 'Ada Beispiel');
  judgeBooked(stage, appointment, { offer: wanted, events: [BOOKED], version: 1, phone: ada.from });

  const again = await ask(stage, ada, 'book', wish);
  check.same('the same question again has the same answer', again, booked);
  check.same('and books nothing more', rows.appointmentsOf(ada.id).length, 1);
  await alternative(stage, ben, same.offers?.[0]);
  return { ada, offers: [wanted, ...others], appointment };
}

/** Ben is too late, hears what else is free, and takes it. */
async function alternative(stage: Stage, ben: ProviderCall, late: OfferTold | undefined): Promise<void> {
  const { check, rows } = stage;
  const refused = await ask(stage, ben, 'book', { offer: late?.number ?? 0, customer_name: 'Ben Muster' });
  check.same('the second caller is refused', [refused.ok, refused.reason], [false, 'SLOT_TAKEN']);
  check.same('and nothing of it is stored', rows.appointmentsOf(ben.id).length, 0);
  const instead = refused.offers?.[0];
  check.holds('he is told alternatives', instead !== undefined, refused);
  if (instead === undefined) return;
  const taken = await ask(stage, ben, 'book', { offer: instead.number, customer_name: 'Ben Muster' });
  check.same('the alternative is booked', taken.ok, true);
  const [row] = rows.appointmentsOf(ben.id);
  judgeBooked(stage, row?.id ?? '', { offer: instead, events: [BOOKED], version: 1, phone: ben.from });
}

/** Many callers at once want one time: exactly one gets it. */
async function race(stage: Stage, offers: readonly OfferTold[]): Promise<void> {
  const { report, check, rows, host } = stage;
  report.scene(`${RACERS} callers at once want the same time`);
  let races = 0;
  for (const offer of offers) {
    if (races === RACES) break;
    const callers = Array.from(
      { length: RACERS },
      () => new ProviderCall(host, { from: newCaller(rows), to: salon.number, agentId: salon.agentId }),
    );
    const found = await Promise.all(callers.map((caller) => caller.ask('find_slots', exactly(offer))));
    // Ben's alternative may have been this one.
    if (found.some(({ answer }) => !answer.ok)) continue;
    races += 1;
    const questions = callers.map((caller) => caller.question('book', { offer: 1 }));
    const held = rows.holdWrites(HOLD_MS);
    const asked = (await sendTogether(host, questions)).map((each) => ({
      ...each,
      answer: each.body as FunctionAnswer,
    }));
    await held;
    const answers = asked.map(({ answer }) => answer);
    const slowest = asked.toSorted((a, b) => b.milliseconds - a.milliseconds)[0];
    if (slowest !== undefined)
      report.step(`book ${offer.date} ${offer.time} × ${RACERS}, all held back ${HOLD_MS} ms`, slowest);
    for (const each of asked) judgeAnswer(stage, 'book', each);
    const outcome = (wanted: (answer: FunctionAnswer) => boolean): number => answers.filter(wanted).length;
    check.same(
      'callers who got the time',
      outcome(({ ok }) => ok),
      1,
    );
    check.same(
      'callers who were told it is taken',
      outcome(({ reason }) => reason === 'SLOT_TAKEN'),
      RACERS - 1,
    );
    const made = callers.flatMap((caller) =>
      rows.appointmentsOf(caller.id).map((row) => ({ ...row, phone: caller.from })),
    );
    check.same('appointments made', made.length, 1);
    for (const { id, phone } of made) judgeBooked(stage, id, { offer, events: [BOOKED], version: 1, phone });
    check.same('overlapping occupied times', rows.overlaps(), 0);
  }
  check.holds('at least one race took place', races > 0);
}

/** The provider tells of the end in its own order, and twice. */
async function hangUp(stage: Stage, call: ProviderCall): Promise<void> {
  const { report, check, rows } = stage;
  report.scene('Ada hangs up; the provider tells of it out of order and twice');
  const analysed = { ...call.ended(), call_analysis: { call_summary: 'Ada booked a haircut.', call_successful: true } };
  const events = [
    ['call_analyzed', analysed],
    ['call_ended', call.ended()],
    ['call_started', {}],
    ['call_ended', call.ended()],
  ] as const;
  for (const [event, more] of events) {
    const told = await call.event(event, more);
    report.step(event, told);
    check.same(`${event} status`, told.status, 204);
  }
  const row = rows.call(call.id);
  check.same('call row', row && { ...row, id: '', offers: 0, appointmentId: '' }, {
    id: '',
    company: salon.company,
    status: 'analyzed',
    from: call.from,
    to: salon.number,
    transcript: call.transcript,
    summary: 'Ada booked a haircut.',
    outcome: 'user_hangup',
    offers: 0,
    appointmentId: '',
  });
  check.same('the call still has its appointment', row?.appointmentId, rows.appointmentsOf(call.id)[0]?.id);
  report.call(call.id);
}

/** Ada calls again and moves her appointment. */
async function moveIt(stage: Stage, from: string, appointment: string, taken: OfferTold): Promise<void> {
  const { report, check } = stage;
  report.scene('Ada calls again and moves her appointment');
  const call = await pickUp(stage, from);
  const later = new Date(Date.parse(taken.date) + 86_400_000).toISOString().slice(0, 10);
  const found = await ask(stage, call, 'next_available', { from: later, for_reschedule: true });
  const [offer] = found.offers ?? [];
  check.holds('there is another time', offer !== undefined, found);
  if (offer === undefined) return;
  const moved = await ask(stage, call, 'reschedule', { offer: offer.number });
  check.same('reschedule is done', moved.ok, true);
  const events = [BOOKED, 'appointment.rescheduled'];
  judgeBooked(stage, appointment, { offer, events, version: 2, phone: from });
  check.same(
    'the same question again has the same answer',
    await ask(stage, call, 'reschedule', { offer: offer.number }),
    moved,
  );
  judgeBooked(stage, appointment, { offer, events, version: 2, phone: from });
  const ended = await call.event('call_ended', call.ended());
  report.step('call_ended', ended);
  report.call(call.id);
}

/** A number that nobody has: nothing of any company is told, and nothing stored. */
async function wrongNumber(stage: Stage): Promise<void> {
  const { report, check, rows, host } = stage;
  report.scene('Somebody calls a number that belongs to nobody');
  const call = new ProviderCall(host, {
    from: newCaller(rows),
    to: demoLines.unknownNumber,
    agentId: 'agent_of_nobody',
  });
  const ringing = await call.inbound();
  const variables = variablesOf(ringing);
  report.step('inbound', ringing, variables['notice']);
  check.same('inbound status', ringing.status, 200);
  check.same('inbound company', [variables['company_known'], variables['company_name']], ['false', '']);
  check.holds('nothing of a company is told', !/Salon|Harbor|Anna/.test(JSON.stringify(ringing.body)), ringing.body);
  const asked = await ask(stage, call, 'next_available', { service: haircut.spoken });
  check.same('the function is refused', [asked.ok, asked.reason], [false, 'NUMBER_UNKNOWN']);
  const ended = await call.event('call_ended', call.ended());
  report.step('call_ended', ended);
  check.same('call_ended status', ended.status, 204);
  check.same('call row', rows.call(call.id), undefined);
  report.call(call.id);
}

/** A body that somebody else signed. */
async function forgery(stage: Stage): Promise<void> {
  const { report, check, rows, host } = stage;
  report.scene('Somebody without the key sends an event');
  const id = `call_forged_${randomInt(2 ** 40)}`;
  const call = { call_id: id, from_number: newCaller(rows), to_number: salon.number, agent_id: salon.agentId };
  const forged = await send(host, '/webhooks/retell', { event: 'call_started', call }, 'key_of_someone_else');
  report.step('call_started, forged', forged);
  check.same('forged status', forged.status, 401);
  check.same('call row', rows.call(id), undefined);
}
