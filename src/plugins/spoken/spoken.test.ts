import { expect, test } from 'vitest';
import { sqlite } from '../../adapters/sequelize/index.ts';
import { createEngine } from '../../index.ts';
import { english, spoken, SpokenDates, type SpokenLanguage } from './index.ts';

const moment = { now: '2026-11-27T10:00:00+01:00', timeZone: 'Europe/Berlin' };

/** Enough of Dutch to show that a language is tables. */
const dutch: SpokenLanguage = {
  code: 'nl',
  traits: { halfIs: 'before', slashes: 'day-first', dotIsOrdinal: false, eightDaysAreAWeek: false },
  words: [
    ['alstublieft|graag', { is: 'filler' }],
    ['morgen', { is: 'day', offset: 1 }],
    ['om', { is: 'at' }],
    ['half', { is: 'half' }],
    ['vier', { is: 'number', value: 4 }],
  ],
  voice: english.voice,
};

test('a host adds a language to those that other plugins read', async () => {
  const engine = await createEngine({ storage: sqlite(':memory:'), plugins: [spoken({ languages: [dutch] })] });
  const dates = engine.get(SpokenDates);
  expect(dates.languages).toEqual(['de', 'en', 'nl']);
  expect(dates.read('morgen om half vier graag', { ...moment, language: 'nl' })).toMatchObject({
    ok: true,
    start: '2026-11-28T15:30:00.000+01:00',
  });
  expect(dates.read('morgen um drei', { ...moment, language: 'de' })).toMatchObject({ ok: true });
  expect(() => dates.read('demain', { ...moment, language: 'fr' })).toThrow('de, en, nl');
  await engine.stop();
});

test('a language without a code cannot be used', () => {
  expect(() => spoken({ languages: [{ ...dutch, code: '' }] })).toThrow('code');
});
