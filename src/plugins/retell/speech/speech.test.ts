import fc from 'fast-check';
import { expect, test } from 'vitest';
import { zoneNamed, type Zone } from '../../../plugin.ts';
import { languageOf, phrasesOf, type Language } from './language.ts';
import { speechFor } from './speech.ts';
import { dateText, timeText, wallClockAt } from './wallClock.ts';

const zone = (name: string): Zone => {
  const found = zoneNamed(name);
  if (!found.ok) throw new Error(name);
  return found.zone;
};
const berlin = zone('Europe/Berlin');
const nowMs = Date.parse('2026-11-23T08:05:00+01:00');
const at = (iso: string): number => Date.parse(iso);

const shapeOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .map(([key, field]) => [key, shapeOf(field)])
          .toSorted(),
      )
    : typeof value;

test('all languages have the same phrases', () => {
  const [first, ...others] = Object.values(phrasesOf).map(shapeOf);
  for (const other of others) expect(other).toEqual(first);
});

test('no phrase is empty', () => {
  for (const phrases of Object.values(phrasesOf))
    for (const text of [...Object.values(phrases.refusals), ...Object.values(phrases.misunderstood)])
      expect(text).not.toBe('');
});

test('German tells weekday, day, month and the clock of the zone', () => {
  const speech = speechFor('de', berlin, nowMs);
  expect(speech.moment(at('2026-11-24T14:30:00+01:00'))).toBe('Dienstag, der 24. November um 14 Uhr 30');
  expect(speech.moment(at('2026-11-24T13:00:00Z'))).toBe('Dienstag, der 24. November um 14 Uhr');
  expect(speech.moment(at('2026-12-01T09:05:00+01:00'))).toBe('Dienstag, der 1. Dezember um 9 Uhr 5');
  expect(speech.today()).toBe('Montag, der 23. November 2026');
  expect(speech.clock()).toBe('8 Uhr 5');
});

test('English tells ordinals and twelve hours', () => {
  const speech = speechFor('en', zone('America/New_York'), nowMs);
  expect(speech.moment(at('2026-11-24T14:30:00-05:00'))).toBe('Tuesday, November 24th at 2:30 PM');
  expect(speech.moment(at('2026-12-01T00:15:00-05:00'))).toBe('Tuesday, December 1st at 12:15 AM');
  expect(speech.moment(at('2026-12-02T12:00:00-05:00'))).toBe('Wednesday, December 2nd at noon');
  expect(speech.moment(at('2026-12-12T12:05:00-05:00'))).toBe('Saturday, December 12th at 12:05 PM');
  expect(speech.moment(at('2026-12-23T00:00:00-05:00'))).toBe('Wednesday, December 23rd at midnight');
});

test('a date far ahead is told with its year', () => {
  expect(speechFor('de', berlin, nowMs).moment(at('2027-11-24T14:30:00+01:00'))).toBe(
    'Mittwoch, der 24. November 2027 um 14 Uhr 30',
  );
});

test('spoken dates agree with the platform’s calendar in every zone, both languages and both daylight-saving nights', () => {
  const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia'];
  const nights = ['2026-03-29T01:00:00Z', '2026-10-25T01:00:00Z', '2026-03-08T07:00:00Z', '2026-11-01T06:00:00Z'].map(
    at,
  );
  const instants = fc.oneof(
    fc.integer({ min: at('2000-01-01T00:00:00Z'), max: at('2099-01-01T00:00:00Z') }),
    fc
      .tuple(fc.constantFrom(...nights), fc.integer({ min: -7_200_000, max: 7_200_000 }))
      .map(([night, offset]) => night + offset),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.constantFrom<Language>('de', 'en'),
      instants,
      (name, language, epochMs) => {
        const parts = (options: Intl.DateTimeFormatOptions): string =>
          new Intl.DateTimeFormat(language, { timeZone: name, ...options }).format(epochMs);
        const wall = wallClockAt(zone(name), epochMs);
        const spoken = phrasesOf[language].day(wall);
        expect(spoken).toContain(parts({ weekday: 'long' }));
        expect(spoken).toContain(parts({ month: 'long' }));
        expect(`${dateText(wall)} ${timeText(wall)}`).toBe(
          new Intl.DateTimeFormat('sv-SE', { timeZone: name, dateStyle: 'short', timeStyle: 'short' }).format(epochMs),
        );
      },
    ),
    { numRuns: 300 },
  );
});

test('the language follows the primary part of a tag, and unknown ones have none', () => {
  expect(languageOf('de-AT')).toBe('de');
  expect(languageOf('EN')).toBe('en');
  for (const tag of ['fr-FR', '', null, undefined, 'constructor', '__proto__']) expect(languageOf(tag)).toBeUndefined();
});
