import { expect, test } from 'vitest';
import { HeardLanguages } from './heardLanguages.ts';

test('a call keeps its language, others have the fallback', () => {
  const heard = new HeardLanguages('en');
  heard.note('c1', 'de');
  expect([heard.of('c1'), heard.of('c2')]).toEqual(['de', 'en']);
});

test('of more than a thousand calls the ones noted longest ago are forgotten', () => {
  const heard = new HeardLanguages('en');
  heard.note('kept', 'de');
  heard.note('forgotten', 'de');
  for (let index = 0; index < 998; index++) heard.note(`c${index}`, 'de');
  heard.note('kept', 'de');
  heard.note('last', 'de');
  expect([heard.of('kept'), heard.of('forgotten'), heard.of('last')]).toEqual(['de', 'en', 'de']);
});
