import { expect, test } from 'vitest';
import { answerCase } from './answerCase.ts';
import { parseCase } from './parseCase.ts';

const at = (time: string, day = 24): string => `2026-11-${day}T${time}:00.000Z`;
const slot = (from: string, to: string, resources: readonly string[] = ['anna'], day = 24): object => ({
  start: at(from, day),
  end: at(to, day),
  resources,
});
const weekly = [{ days: ['tu', 'we'], from: '09:00', to: '12:00' }];
const anna = { id: 'anna', weekly, busy: [{ start: at('10:00'), end: at('11:00'), kind: 'appointment' }] };
const ben = { id: 'ben', weekly: [{ days: ['tu'], from: '09:00', to: '10:00' }] };
const hour = { durationMinutes: 60, stepMinutes: 60 };
const tuesday = { from: at('00:00'), to: at('00:00', 25) };
const twoDays = { from: at('00:00'), to: at('00:00', 26) };

/** The answer as it is printed. */
function answer(top: object): unknown {
  const parsed = parseCase({ range: tuesday, service: hour, resources: [anna], ...top });
  if (!parsed.ok) throw new Error(parsed.errors.map(({ path, message }) => `${path}: ${message}`).join('\n'));
  return JSON.parse(JSON.stringify(answerCase(parsed.case)));
}

test('a plain case is answered with all starts, in the order of their fields, and nothing else', () => {
  const parsed = parseCase({ range: tuesday, service: hour, resources: [anna] });
  expect(parsed.ok && JSON.stringify(answerCase(parsed.case))).toBe(
    '{"slots":[{"start":"2026-11-24T09:00:00.000Z","end":"2026-11-24T10:00:00.000Z","resources":["anna"]},' +
      '{"start":"2026-11-24T11:00:00.000Z","end":"2026-11-24T12:00:00.000Z","resources":["anna"]}]}',
  );
});

test('the next few are the first in the range, which may have no end', () => {
  const slots = [slot('11:00', '12:00'), slot('09:00', '10:00', ['anna'], 25)];
  expect(answer({ ask: { next: 2 }, range: { from: at('09:30') } })).toEqual({ slots });
});

test('the first of each day is listed', () => {
  const slots = [slot('09:00', '10:00'), slot('09:00', '10:00', ['anna'], 25)];
  expect(answer({ ask: { firstOfDay: true }, range: twoDays })).toEqual({ slots });
});

test('every date that the range touches is counted', () => {
  const days = [
    { date: '2026-11-24', count: 1 },
    { date: '2026-11-25', count: 3 },
    { date: '2026-11-26', count: 0 },
  ];
  const range = { from: at('10:30'), to: at('00:01', 26) };
  expect(answer({ ask: { countPerDay: true }, range })).toEqual({ days });
});

test('a start is checked', () => {
  expect(answer({ ask: { check: '2026-11-24T12:00:00+01:00' } })).toEqual({
    start: at('11:00'),
    free: true,
    slot: slot('11:00', '12:00'),
  });
  expect(answer({ ask: { check: at('10:00') } })).toEqual({ start: at('10:00'), free: false });
  expect(answer({ ask: { check: at('09:00', 25) } })).toEqual({ start: at('09:00', 25), free: false });
});

test('a checked start says who serves its segments and whether somebody preferred does', () => {
  const top = { ask: { check: at('09:00') }, prefer: ['ben'], service: { ...hour, keep: 'free' } };
  expect(answer({ ...top, resources: [anna, ben] })).toEqual({
    start: at('09:00'),
    free: true,
    slot: { ...slot('09:00', '10:00', ['ben']), segments: [slot('09:00', '10:00', ['ben'])], preferred: true },
  });
});

test('a start is explained', () => {
  expect(answer({ ask: { explain: at('10:00') } })).toEqual({
    start: at('10:00'),
    free: false,
    reasons: [
      {
        code: 'BUSY',
        resource: 'anna',
        segment: 0,
        busy: { start: at('10:00'), end: at('11:00') },
        kind: 'appointment',
      },
    ],
    nearest: { previous: at('09:00'), next: at('11:00') },
  });
});

test('where nothing is near, nothing near is told; where less time would do, how much', () => {
  const service = { ...hour, durationMinutes: 90 };
  const later = { ask: { explain: at('11:00') }, service };
  expect(answer(later)).toMatchObject({ free: false, nearest: { longestMinutes: 60 } });
  expect(answer({ ...later, range: { from: at('13:00'), to: at('14:00') } })).not.toHaveProperty('nearest');
});

test('a list of what is missing stays a list', () => {
  const service = { ...hour, skills: ['cut'] };
  expect(answer({ ask: { explain: at('09:00') }, service })).toMatchObject({
    reasons: expect.arrayContaining([{ code: 'NOT_QUALIFIED', resource: 'anna', missing: ['cut'] }]) as unknown,
  });
});

test('alternatives are best first, as many as asked for, and those that meet the wish where any do', () => {
  const top = { ask: { alternatives: at('10:00') }, range: twoDays };
  expect(answer(top)).toEqual({
    slots: [slot('09:00', '10:00'), slot('11:00', '12:00'), slot('10:00', '11:00', ['anna'], 25)],
  });
  const ask = { alternatives: at('10:00'), count: 1 };
  expect(answer({ ...top, ask })).toEqual({ slots: [slot('09:00', '10:00')] });
  const wish = { weekdays: ['we'] };
  expect(answer({ ...top, ask, wish })).toEqual({ slots: [slot('10:00', '11:00', ['anna'], 25)] });
});

test('alternatives avoid the customer’s own appointments', () => {
  const customer = { busy: [{ start: at('09:59'), end: at('11:01') }] };
  expect(answer({ ask: { alternatives: at('08:00') }, customer })).toEqual({ slots: [] });
});

test('a wish is answered best first, each start with what it does not meet', () => {
  const wish = { weekdays: ['we'], partOfDay: { from: '11:00', to: '12:00' }, around: at('09:00') };
  expect(answer({ ask: { wish, count: 3 }, range: twoDays })).toEqual({
    slots: [
      { ...slot('11:00', '12:00', ['anna'], 25), unmet: [] },
      { ...slot('11:00', '12:00'), unmet: ['weekdays'] },
      { ...slot('09:00', '10:00', ['anna'], 25), unmet: ['partOfDay'] },
    ],
  });
});

test('with prefer each slot says whether somebody preferred serves, and the answer what became of each', () => {
  const resources = [anna, ben, { id: 'room', kind: 'room' }];
  const service = { ...hour, assign: { staff: 1 } };
  const top = { resources, service, prefer: ['ben', 'room', 'zoe', 'anna'] };
  expect(answer(top)).toEqual({
    slots: [
      { ...slot('09:00', '10:00', ['ben']), preferred: true },
      { ...slot('11:00', '12:00'), preferred: true },
    ],
    preference: { ben: 'free', room: 'notQualified', zoe: 'unknown', anna: 'free' },
  });
  // Only the starts that are listed count.
  expect(answer({ ...top, prefer: ['ben'], range: { from: at('10:00') }, ask: { next: 1 } })).toEqual({
    slots: [{ ...slot('11:00', '12:00'), preferred: false }],
    preference: { ben: 'busy' },
  });
});

test('segments are printed where they may differ in who serves them', () => {
  const segments = [{ durationMinutes: 30, skills: [] }, { durationMinutes: 30 }];
  const printed = [slot('09:00', '09:30'), slot('09:30', '10:00')];
  const range = { from: at('09:00'), to: at('09:01') };
  const expected = { slots: [{ ...slot('09:00', '10:00'), segments: printed }] };
  expect(answer({ range, service: { stepMinutes: 60, segments } })).toEqual(expected);
  const plain = [{ durationMinutes: 30 }, { durationMinutes: 30 }];
  expect(answer({ range, service: { stepMinutes: 60, segments: plain } })).toEqual({ slots: [slot('09:00', '10:00')] });
  expect(answer({ range, service: { stepMinutes: 60, segments: plain, keep: 'preferred' } })).toEqual(expected);
});

test('a visit names the service of each segment', () => {
  const services = ['wash', 'cut'].map((id) => ({ id, durationMinutes: 30 }));
  const range = { from: at('09:00'), to: at('09:01') };
  expect(answer({ range, service: undefined, visit: { services, stepMinutes: 60 } })).toEqual({
    slots: [
      {
        ...slot('09:00', '10:00'),
        segments: [
          { ...slot('09:00', '09:30'), service: 'wash' },
          { ...slot('09:30', '10:00'), service: 'cut' },
        ],
      },
    ],
  });
});

test('a service with seats says how many are left before the party takes its own', () => {
  const sessions = [{ start: at('10:00'), resources: ['anna'], taken: 5 }];
  expect(answer({ service: { ...hour, seats: 8 }, sessions, partySize: 3 })).toEqual({
    slots: [
      { ...slot('09:00', '10:00'), seatsLeft: 8 },
      { ...slot('10:00', '11:00'), seatsLeft: 3 },
      { ...slot('11:00', '12:00'), seatsLeft: 8 },
    ],
  });
  expect(answer({ service: { ...hour, seats: 1 }, partySize: 2 })).toEqual({ slots: [] });
});
