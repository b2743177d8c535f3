import { expect, test } from 'vitest';
import { alternativesTo, rankStarts } from './alternatives.ts';
import { at, open, resource, service, spans, tuesday, window, written, zone } from './explain.scene.ts';
import type { FindQuestion } from './question.ts';
import type { Wish } from './wish.ts';

const berlin = zone('Europe/Berlin');

/** The starts that are offered in place of one, of these. */
function instead(wanted: string, free: readonly string[], count = Infinity): string[] {
  const startsMs = free.map((start) => at(start));
  return rankStarts(startsMs, at(wanted), berlin, count).map((index) => free[index] ?? '');
}

test('the same date, the next one, a week later, then later, then earlier', () => {
  const free = ['16 09:00', '17 10:00', '18 08:00', '18 11:30', '20 09:00', '20 10:00', '21 10:00', '25 10:00'];
  expect(instead('18 10:00', free)).toEqual([
    ...['18 11:30', '18 08:00', '20 10:00', '25 10:00'],
    ...['20 09:00', '21 10:00', '17 10:00', '16 09:00'],
  ]);
  expect(instead('18 10:00', free, 2)).toEqual(['18 11:30', '18 08:00']);
});

test('of two equally near ones the earlier comes first, and never the start itself', () => {
  expect(instead('18 10:00', ['18 09:00', '18 10:00', '18 11:00'])).toEqual(['18 09:00', '18 11:00']);
});

test('the next date is the next that has any, even if not at that time', () => {
  expect(instead('18 10:00', ['20 09:00', '21 10:00', '25 10:00'])).toEqual(['25 10:00', '20 09:00', '21 10:00']);
});

test('the same time is that of the clock', () => {
  const wantedMs = Date.parse('2026-10-23T10:00:00+02:00');
  const startsMs = [Date.parse('2026-10-26T09:00:00+01:00'), Date.parse('2026-10-26T10:00:00+01:00')];
  expect(rankStarts(startsMs, wantedMs, berlin, 1)).toEqual([1]);
  // An hour that comes twice has both.
  const twice = ['02:30:00+02:00', '02:45:00+02:00', '02:30:00+01:00'].map((time) => Date.parse(`2026-10-25T${time}`));
  expect(rankStarts(twice, Date.parse('2026-10-24T02:30:00+02:00'), berlin, 3)).toEqual([0, 2, 1]);
});

const asked: FindQuestion = { service: service(), resources: [resource('anna')], range: tuesday('27') };

/** The starts that are offered in place of 10:00. */
function alternatives(question: FindQuestion, wish?: Wish): string[] {
  const { found, indices } = alternativesTo(question, at('10:00'), 3, wish);
  return indices.map((index) => written(found.startsMs[index]));
}

test('alternatives are bookable starts', () => {
  expect(alternatives(asked)).toEqual(['24 09:00', '24 11:00', '25 10:00']);
  expect(alternatives({ ...asked, resources: [resource('anna', { busy: spans('09:30-25 12:00') })] })).toEqual([
    '26 10:00',
    '26 09:00',
    '26 11:00',
  ]);
});

test('the customer is free for as long as the appointment takes', () => {
  const busy = spans('11:55-12:10', '08:00-09:00', '25 11:00-25 11:30');
  expect(alternatives({ ...asked, customer: { busy } })).toEqual(['24 09:00', '25 10:00', '25 09:00']);
});

test('starts that meet the wish are the only ones, where there are any', () => {
  expect(alternatives(asked, { weekdays: [2], partOfDay: window('09:00-11:00') })).toEqual(['25 10:00', '25 09:00']);
  expect(alternatives(asked, { weekdays: [6] })).toEqual(['24 09:00', '24 11:00', '25 10:00']);
});

test('whoever is wished for is looked for first', () => {
  const ben = resource('ben', { schedule: open('11:00-12:00') });
  const both = { ...asked, resources: [resource('anna'), ben] };
  expect(alternatives(both, { resources: ['ben'] })).toEqual(['24 11:00', '25 11:00', '26 11:00']);
});
