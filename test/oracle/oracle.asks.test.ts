import { describe, expect, test } from 'vitest';

import { berlin, caseOf, daily, datedStarts, hour, slotsOf, TUESDAY, weekly, type Asked } from './asking.ts';
import type { CaseAsk, CaseFile } from './caseFile.ts';
import { oracleAnswer } from './oracle.ts';

// Every expected answer was worked out by hand from the written semantics, never copied from a run.

const open = { service: hour, resources: [berlin({ weekly: daily('09:00-12:00') })] };

function asking(ask: CaseAsk, more: Partial<CaseFile> = {}, days = 2): Asked {
  return { ...open, days, more: { ...more, ask } };
}

function at(day: number, time: string): string {
  return `2026-11-${day}T${time}:00+01:00`;
}

describe('next, firstOfDay, countPerDay', () => {
  test('next: the first so many', () => {
    expect(datedStarts(asking({ next: 4 }))).toEqual(['24 09:00', '24 10:00', '24 11:00', '25 09:00']);
    expect(datedStarts(asking({ next: 9 }))).toHaveLength(6);
  });

  test('next without an end looks 400 days ahead', () => {
    const { resources } = open;
    const from = { from: '2026-11-24T00:00:00+01:00' };
    const far = [berlin({ overrides: [{ date: '2027-11-01', windows: [{ from: '09:00', to: '10:00' }] }] })];
    expect(oracleAnswer({ range: from, service: hour, resources, ask: { next: 1 } })).toMatchObject({
      slots: [{ start: '2026-11-24T08:00:00.000Z' }],
    });
    expect(oracleAnswer({ range: from, service: hour, resources: far, ask: { next: 1 } })).toMatchObject({
      slots: [{ start: '2027-11-01T08:00:00.000Z' }],
    });
  });

  test('the first of each day, in the zone of the first resource', () => {
    expect(datedStarts(asking({ firstOfDay: true }))).toEqual(['24 09:00', '25 09:00']);
  });

  test('a count for every date the range touches', () => {
    const range = { from: '2026-11-23T22:59:00Z', to: '2026-11-25T23:00:00.001Z' };
    const days = [
      { date: '2026-11-23', count: 0 },
      { date: '2026-11-24', count: 3 },
      { date: '2026-11-25', count: 3 },
      { date: '2026-11-26', count: 0 },
    ];
    const file = { ...caseOf({ ...open }), ask: { countPerDay: true as const } };
    expect(oracleAnswer({ ...file, range })).toEqual({ days });
    expect(oracleAnswer({ ...file, range: { ...range, to: '2026-11-25T23:00:00Z' } })).toEqual({
      days: days.slice(0, 3),
    });
  });
});

describe('check and explain', () => {
  test('check: the slot at a start, if it is free', () => {
    const slot = { start: '2026-11-24T09:00:00.000Z', end: '2026-11-24T10:00:00.000Z', resources: ['anna'] };
    const answer = (start: string): unknown => oracleAnswer(caseOf(asking({ check: start })));
    expect(answer(at(24, '10:00'))).toEqual({ start: slot.start, free: true, slot });
    expect(answer(at(24, '10:01'))).toEqual({ start: '2026-11-24T09:01:00.000Z', free: false });
    expect(answer(at(26, '10:00'))).toEqual({ start: '2026-11-26T09:00:00.000Z', free: false });
  });

  test('explain: the nearest starts before and after', () => {
    expect(oracleAnswer(caseOf(asking({ explain: at(24, '12:00') })))).toEqual({
      start: '2026-11-24T11:00:00.000Z',
      free: false,
      nearest: { previous: '2026-11-24T10:00:00.000Z', next: '2026-11-25T08:00:00.000Z' },
    });
  });
});

describe('alternatives', () => {
  const to = (start: string, more: Partial<CaseFile> = {}, count = 50, days = 9): string[] =>
    datedStarts({ ...open, date: '2026-11-23', days, more: { ...more, ask: { alternatives: start, count } } });

  test('the same date first, then the next at the same time, a week later, the later ones, the earlier ones', () => {
    expect(to(at(24, '10:00'), {}, 10)).toEqual([
      '24 09:00',
      '24 11:00',
      '25 10:00',
      // A week later is the first of December.
      '01 10:00',
      '25 09:00',
      '25 11:00',
      '26 09:00',
      '26 10:00',
      '26 11:00',
      '27 09:00',
    ]);
    expect(to(at(24, '10:00')).slice(-3)).toEqual(['23 11:00', '23 10:00', '23 09:00']);
    expect(to(at(24, '10:00'))).toHaveLength(26);
  });

  test('three unless told otherwise', () => {
    expect(datedStarts(asking({ alternatives: at(24, '10:00') }))).toEqual(['24 09:00', '24 11:00', '25 10:00']);
  });

  test('the next date that has any may have none at that time', () => {
    const resources = [berlin({ weekly: [weekly(['tu', 'th'], '09:00-11:00'), weekly(['we'], '12:00-13:00')] })];
    const ask = { alternatives: at(24, '10:00'), count: 4 };
    expect(datedStarts({ service: hour, resources, days: 3, more: { ask } })).toEqual([
      '24 09:00',
      '25 12:00',
      '26 09:00',
      '26 10:00',
    ]);
  });

  test('never while the customer is booked', () => {
    const customer = { busy: [{ start: at(24, '11:59'), end: at(25, '09:00') }] };
    expect(to(at(24, '10:00'), { customer }, 2)).toEqual(['24 09:00', '25 10:00']);
  });

  test('only those that meet the wish, if any does', () => {
    expect(to(at(24, '10:00'), { wish: { weekdays: ['we', 'fr'] } }, 3)).toEqual(['25 10:00', '25 09:00', '25 11:00']);
    expect(to(at(24, '10:00'), { wish: { partOfDay: 'evening' } }, 1)).toEqual(['24 09:00']);
  });
});

describe('wishes', () => {
  const wished = (wish: Extract<CaseAsk, { wish: unknown }>['wish'], count = 3, days = 2): string[] =>
    datedStarts(asking({ wish, count }, {}, days));

  test('what meets more comes first, then what is nearer, then what is earlier', () => {
    expect(wished({ weekdays: ['we'] })).toEqual(['25 09:00', '25 10:00', '25 11:00']);
    expect(wished({ around: '10:30' })).toEqual(['24 10:00', '24 11:00', '25 10:00']);
    expect(wished({ around: at(24, '22:10') })).toEqual(['25 09:00', '24 11:00', '25 10:00']);
    expect(wished({ weekdays: ['we'], around: at(24, '11:00') }, 4)).toEqual([
      '25 09:00',
      '25 10:00',
      '25 11:00',
      '24 11:00',
    ]);
  });

  test('each slot says what it does not meet', () => {
    const slots = slotsOf(asking({ wish: { weekdays: ['we'], partOfDay: { from: '09:00', to: '10:00' } }, count: 6 }));
    // Wednesday at nine, Tuesday at nine, the rest of Wednesday, the rest of Tuesday.
    expect(slots.map(({ unmet }) => unmet)).toEqual([
      [],
      ['weekdays'],
      ['partOfDay'],
      ['partOfDay'],
      ['weekdays', 'partOfDay'],
      ['weekdays', 'partOfDay'],
    ]);
  });

  test('noon is from eleven to two', () => {
    expect(wished({ partOfDay: 'noon' }, 2)).toEqual(['24 11:00', '25 11:00']);
    expect(wished({ partOfDay: 'afternoon' }, 2)).toEqual(['24 09:00', '24 10:00']);
  });

  test('a part of the day may run past midnight', () => {
    expect(wished({ partOfDay: { from: '22:00', to: '10:00' } }, 2)).toEqual(['24 09:00', '25 09:00']);
    expect(wished({ partOfDay: { from: '11:00', to: '02:00' } }, 2)).toEqual(['24 11:00', '25 11:00']);
  });

  test('those wished for come before those preferred', () => {
    const resources = ['anna', 'ben', 'cleo'].map((id) => berlin({ id, weekly: daily('09:00-10:00') }));
    const more: Partial<CaseFile> = { prefer: ['cleo'], ask: { wish: { resources: ['ben'] } } };
    expect(slotsOf({ service: hour, resources, more })).toMatchObject([{ resources: ['ben'] }]);
  });

  test('those wished for are preferred', () => {
    const resources = [berlin({ weekly: daily('09:00-10:00') }), berlin({ id: 'ben', weekly: daily('09:00-10:00') })];
    const ask = { wish: { resources: ['ben'] } };
    expect(slotsOf({ service: hour, resources, more: { ask } })).toMatchObject([{ resources: ['ben'], unmet: [] }]);
  });
});

test('days are those of the first resource, whoever serves', () => {
  const resources = [berlin({}), { id: 'una', timeZone: 'UTC', weekly: daily('22:00-24:00') }];
  const range = { from: `${TUESDAY}T00:00:00Z`, to: '2026-11-25T00:00:00Z' };
  expect(oracleAnswer({ range, service: hour, resources, ask: { countPerDay: true } })).toEqual({
    days: [
      { date: '2026-11-24', count: 1 },
      { date: '2026-11-25', count: 1 },
    ],
  });
});
