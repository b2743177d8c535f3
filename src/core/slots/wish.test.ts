import { expect, test } from 'vitest';
import { at, open, resource, service, spans, tuesday, window, written, zone } from './explain.scene.ts';
import { resourceIdsAt } from './found.ts';
import type { FindQuestion } from './question.ts';
import { rankWish, type Wish } from './wish.ts';

const anna = resource('anna');
const asked: FindQuestion = { service: service(), resources: [anna], range: tuesday('27') };

/** The best starts, with what they do not meet. */
function ranked(wish: Wish, count = 3, question = asked): string[] {
  const { found, ranked: best } = rankWish(question, wish, count);
  return best.map(({ index, unmet }) => [written(found.startsMs[index]), ...unmet].join(' '));
}

test('a wish for nothing is met by the earliest', () => {
  expect(ranked({})).toEqual(['24 09:00', '24 10:00', '24 11:00']);
});

test('starts that meet more come first, and all say what they do not meet', () => {
  const wish = { weekdays: [2], partOfDay: window('11:00-14:00') };
  expect(ranked(wish, 5)).toEqual([
    '25 11:00',
    '24 11:00 weekdays',
    '25 09:00 partOfDay',
    '25 10:00 partOfDay',
    '26 11:00 weekdays',
  ]);
  expect(ranked(wish, 9).at(-1)).toBe('26 10:00 weekdays partOfDay');
});

test('a part of the day ends before its end, and may run past midnight', () => {
  expect(ranked({ partOfDay: window('10:00-11:00') }, 2)).toEqual(['24 10:00', '25 10:00']);
  const night = { ...asked, resources: [resource('anna', { schedule: open('22:00-02:00') })], range: tuesday() };
  expect(ranked({ partOfDay: window('23:00-01:00') }, 4, night)).toEqual([
    '24 00:00',
    '24 23:00',
    '24 01:00 partOfDay',
    '24 22:00 partOfDay',
  ]);
});

test('whoever is wished for serves where that is possible', () => {
  const resources = [
    anna,
    resource('ben', { busy: spans('09:00-10:00') }),
    resource('carla', { busy: spans('10:00-25 12:00') }),
  ];
  const question = { ...asked, resources };
  const wish = { resources: ['ben', 'carla'] };
  const { found, ranked: best } = rankWish(question, wish, 3);
  expect(best.map(({ index }) => resourceIdsAt(found, index))).toEqual([['carla'], ['ben'], ['ben']]);
  // Who is wished for comes before those who are preferred anyway.
  expect(ranked(wish, 3, { ...question, prefer: ['anna'] })).toEqual(['24 09:00', '24 10:00', '24 11:00']);
  expect(ranked({ resources: ['dora'] }, 1, question)).toEqual(['24 09:00 resources']);
});

test('nearer to an instant is better, of equally near ones the earlier', () => {
  expect(ranked({ around: { ms: at('25 10:00') } })).toEqual(['25 10:00', '25 09:00', '25 11:00']);
  expect(ranked({ around: { ms: at('25 10:00') }, weekdays: [1] }, 2)).toEqual(['24 11:00', '24 10:00']);
});

test('nearer to a time of day is better, whatever the date', () => {
  expect(ranked({ around: { minuteOfDay: 600 } }, 5)).toEqual([
    '24 10:00',
    '25 10:00',
    '26 10:00',
    '24 09:00',
    '24 11:00',
  ]);
});

test('dates and times of day are those of the first resource', () => {
  const kiri = resource('kiri', { schedule: open('09:00-12:00', { zone: zone('Asia/Tokyo') }) });
  const tokyo = { ...asked, resources: [kiri] };
  // Written in Berlin, eight hours behind: Wednesday at 10 in Tokyo.
  expect(ranked({ weekdays: [2], around: { minuteOfDay: 600 } }, 1, tokyo)).toEqual(['25 02:00']);
});
