import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { phoneCall, voiceHost, type Heard, type VoiceHost } from './voiceHost.ts';

let host: VoiceHost;
let calls = 0;
beforeAll(async () => {
  host = await voiceHost();
});
afterEach(() => {
  expect(host.faults).toEqual([]);
});
afterAll(() => host.stop());

/** Monday, 23 November 2026, 8 o'clock in Berlin. */
const caller = () => {
  calls += 1;
  return phoneCall(host, `said${calls}`, { from_number: `+49302312${6100 + calls}` });
};
/** The same moment in New York: Monday, 2 o'clock in the morning. */
const american = () => {
  calls += 1;
  return phoneCall(host, `said${calls}`, { to_number: '+12125550123', agent_id: 'agent_dental' });
};
const startsOf = ({ offers = [] }: Heard): readonly string[] => offers.map(({ date, time }) => `${date} ${time}`);

test('an exact time in the caller’s words is judged, told back, and can be booked', async () => {
  const call = caller();
  const found = await call.ask('find_slots', { when: 'äh übermorgen so um halb drei wäre gut nein' });
  expect(found).toMatchObject({ ok: false, reason: 'WHEN_UNKNOWN' });
  const again = await call.ask('find_slots', { when: 'übermorgen um halb drei bitte' });
  expect(again).toMatchObject({ ok: true, understood: 'übermorgen, Mittwoch, 25. November, um 14 Uhr 30' });
  expect(again.say).toBe(
    'Verstanden, übermorgen, Mittwoch, 25. November, um 14 Uhr 30. Passt Ihnen Mittwoch, der 25. November um 14 Uhr 30?',
  );
  expect(await call.ask('book', { offer: again.offers?.[0]?.number ?? 0 })).toMatchObject({
    ok: true,
    appointment: { date: '2026-11-25', time: '14:30' },
  });
  const late = await caller().ask('find_slots', { when: 'Mittwoch halb drei' });
  expect(late).toMatchObject({ ok: false, reason: 'SLOT_TAKEN' });
  expect(late.say).toMatch(/^Verstanden, übermorgen, .* Dieser Termin ist leider schon vergeben/);
});

test('next week’s Tuesday is the Tuesday of next week', async () => {
  const found = await caller().ask('find_slots', { when: 'nächste Woche Dienstag', count: 5 });
  expect(new Set(found.offers?.map(({ date }) => date))).toEqual(new Set(['2026-12-01']));
});

test('a part of the day filters what is offered, over several days too', async () => {
  const found = await caller().ask('find_slots', { when: 'jeden Nachmittag nächste Woche', count: 5 });
  expect(found.ok).toBe(true);
  for (const { date, time } of found.offers ?? []) {
    expect(time >= '12:00' && time < '18:00').toBe(true);
    expect(date >= '2026-11-30' && date <= '2026-12-04').toBe(true);
  }
  const evening = await caller().ask('find_slots', { when: 'Donnerstag nach vier' });
  expect(startsOf(evening)).toEqual(['2026-11-26 16:00', '2026-11-26 16:15', '2026-11-26 16:30']);
});

test('days of the week filter what is offered', async () => {
  const found = await caller().ask('next_available', { when: 'dienstags oder donnerstags vormittags', count: 5 });
  expect(found.ok).toBe(true);
  for (const { date, time } of found.offers ?? []) {
    expect([2, 4]).toContain(new Date(date).getUTCDay());
    expect(time < '12:00').toBe(true);
  }
});

test('the times nearest to one that was said roughly are offered', async () => {
  const found = await caller().ask('find_slots', { when: 'Freitag so gegen elf' });
  expect(startsOf(found)).toEqual(['2026-11-27 10:45', '2026-11-27 11:00', '2026-11-27 11:15']);
});

test('as early as possible is the first there is', async () => {
  const found = await caller().ask('find_slots', { when: 'so früh wie möglich nächste Woche', count: 1 });
  expect(startsOf(found)).toEqual(['2026-11-30 09:00']);
});

test('what may mean several times is asked back, and each answer is understood', async () => {
  const call = caller();
  const asked = await call.ask('find_slots', { when: 'nächsten Freitag vormittags' });
  expect(asked).toMatchObject({
    ok: false,
    reason: 'WHEN_AMBIGUOUS',
    say: 'Meinen Sie Freitag, 27. November, vormittags, oder Freitag, 4. Dezember, vormittags?',
    choices: ['Freitag, 27. November, vormittags', 'Freitag, 4. Dezember, vormittags'],
  });
  const answered = await call.ask('find_slots', { when: asked.choices?.[1] });
  expect(new Set(answered.offers?.map(({ date }) => date))).toEqual(new Set(['2026-12-04']));
});

test('a time that is over is refused with what would be right', async () => {
  expect(await caller().ask('find_slots', { when: 'gestern um drei' })).toMatchObject({
    ok: false,
    reason: 'IN_THE_PAST',
    choices: ['heute, Montag, 23. November, um 15 Uhr'],
  });
});

test('a time without a day asks for the day', async () => {
  expect(await caller().ask('find_slots', { when: 'um drei' })).toMatchObject({
    ok: false,
    reason: 'DAY_MISSING',
    say: 'An welchem Tag möchten Sie um 15 Uhr kommen?',
  });
});

test('an ISO field wins over the words, and a part of the day goes with them', async () => {
  const found = await caller().ask('find_slots', { when: 'morgen um drei', date: '2026-12-03', time: '10:00' });
  expect(startsOf(found)).toEqual(['2026-12-03 10:00']);
  expect(found).not.toHaveProperty('understood');
  const part = await caller().ask('find_slots', { when: 'Donnerstag', part_of_day: 'afternoon' });
  expect(part.offers?.every(({ time }) => time >= '12:00')).toBe(true);
});

test('English is read for an American company, by its own clock', async () => {
  const found = await american().ask('find_slots', { when: 'um first thing tomorrow please' });
  expect(startsOf(found)[0]).toBe('2026-11-24 09:00');
  expect(found.understood).toBe('as early as possible, tomorrow, Tuesday, November 24th, in the morning');
  const slashed = await american().ask('find_slots', { when: '3/12' });
  expect(slashed).toMatchObject({
    reason: 'WHEN_AMBIGUOUS',
    say: 'Do you mean Thursday, December 3rd, or Friday, March 12th?',
  });
});

test('words longer than anyone says are misunderstood, and nothing worse', async () => {
  const heard = await caller().ask('find_slots', { when: 'morgen '.repeat(100) });
  expect(heard).toMatchObject({ ok: false, reason: 'INPUT_INVALID', errors: [{ path: 'when' }] });
});
