import fc from 'fast-check';
import { expect, test } from 'vitest';
import { english, german, readSpoken, type SpokenOptions, type SpokenReading } from './index.ts';

const now = '2026-11-27T10:00:00+01:00';
const berlin: SpokenOptions = { now, timeZone: 'Europe/Berlin', language: 'de' };
const english10: SpokenOptions = { ...berlin, language: 'en' };

const read = (text: string, options = berlin): SpokenReading & { readonly ok: true } => {
  const reading = readSpoken(text, options);
  return reading.ok ? reading : expect.fail(`${text}: ${reading.question.text}`);
};

test('an exact time has its start, a range of one minute, and words', () => {
  expect(read('morgen um drei')).toEqual({
    ok: true,
    echo: 'morgen, Samstag, 28. November, um 15 Uhr',
    fromMs: Date.parse('2026-11-28T15:00:00+01:00'),
    from: '2026-11-28T15:00:00.000+01:00',
    toMs: Date.parse('2026-11-28T15:01:00+01:00'),
    to: '2026-11-28T15:01:00.000+01:00',
    startMs: Date.parse('2026-11-28T15:00:00+01:00'),
    start: '2026-11-28T15:00:00.000+01:00',
  });
});

test('parts of the day, weekdays, nearness and hurry are told as a wish takes them', () => {
  expect(read('Dienstag oder Donnerstag nachmittags')).toMatchObject({
    weekdays: [1, 3],
    partOfDay: { fromMinute: 720, toMinute: 1_080, from: '12:00', to: '18:00' },
  });
  expect(read('nächste Woche so gegen drei')).toMatchObject({ around: { minuteOfDay: 900, time: '15:00' } });
  expect(read('nächste Woche so gegen drei')).not.toHaveProperty('start');
  expect(read('so früh wie möglich')).toMatchObject({ soonest: true });
  expect(read('so früh wie möglich')).not.toHaveProperty('to');
  expect(read('tomorrow not before ten', english10)).toMatchObject({ partOfDay: { from: '10:00', to: '24:00' } });
});

test('the same words at the same moment mean another time in another zone', () => {
  const lateUtc = { ...berlin, now: '2026-11-27T23:30:00Z' };
  expect(read('morgen um drei', lateUtc).start).toBe('2026-11-29T15:00:00.000+01:00');
  expect(read('morgen um drei', { ...lateUtc, timeZone: 'America/New_York' }).start).toBe(
    '2026-11-28T15:00:00.000-05:00',
  );
});

test('a time counted from now is counted in hours that pass, on a night that has one twice', () => {
  const night = { ...berlin, now: '2026-10-24T23:30:00+02:00' };
  expect(read('in drei Stunden', night).fromMs).toBe(Date.parse('2026-10-25T01:30:00+02:00'));
  expect(read('in vier Stunden', night).fromMs).toBe(Date.parse('2026-10-25T02:30:00+02:00'));
});

test('a question carries what may have been meant', () => {
  expect(readSpoken('3/12', english10)).toMatchObject({
    question: {
      code: 'AMBIGUOUS',
      options: [
        { text: 'Thursday, December 3rd', from: '2026-12-03T00:00:00.000+01:00' },
        { text: 'Friday, March 12th', from: '2027-03-12T00:00:00.000+01:00' },
      ],
    },
  });
  expect(readSpoken('um drei', berlin)).toMatchObject({
    question: { code: 'INCOMPLETE', options: [{ start: '2026-11-27T15:00:00.000+01:00' }, {}] },
  });
});

test('texts of more than 500 characters are refused, and what is no text too', () => {
  const long = 'morgen '.repeat(80);
  expect(readSpoken(long, berlin)).toMatchObject({ question: { code: 'UNKNOWN', text: german.voice.tooLong } });
  for (const none of [undefined, null, 7, {}]) expect(readSpoken(none as never, berlin)).toMatchObject({ ok: false });
});

test('a now, a zone or a language that is none is a fault of the program', () => {
  expect(() => readSpoken('morgen', { ...berlin, now: '2026-11-27' })).toThrow('now');
  expect(() => readSpoken('morgen', { ...berlin, timeZone: 'Europe/Nowhere' })).toThrow('timeZone');
  expect(() => readSpoken('morgen', { ...berlin, language: 'fr' as never })).toThrow('language');
});

test('a language of one’s own is read by its words and its traits', () => {
  const british = { ...english, code: 'en-GB', traits: { ...english.traits, slashes: 'day-first' } } as const;
  expect(read('3/12', { ...berlin, language: british }).echo).toBe('Thursday, December 3rd');
});

const vocabulary = (language: 'de' | 'en'): readonly string[] =>
  (language === 'de' ? german : english).words.flatMap(([words]) => words.split('|'));
const digits = ['3', '3.', '15:30', '15.30', '3/12', '3.12.', '2026-12-03', '12', '31', '2027', '-', '3rd'];
const anyLanguage = fc.constantFrom<'de' | 'en'>('de', 'en');
const anyPhrase = anyLanguage.chain((language) =>
  fc.tuple(
    fc.constant(language),
    fc
      .array(fc.constantFrom(...vocabulary(language), ...digits), { maxLength: 9 })
      .map((words) => words.join(' ').slice(0, 500)),
  ),
);
const anyZone = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'America/Santiago', 'UTC');
const anyNow = fc.oneof(
  fc.integer({ min: Date.parse('2020-01-01T00:00:00Z'), max: Date.parse('2060-01-01T00:00:00Z') }),
  fc
    .constantFrom('2026-03-29T01:00:00Z', '2026-10-25T01:00:00Z', '2026-12-31T23:00:00Z', '2028-02-29T00:00:00Z')
    .chain((around) => fc.integer({ min: -7_200_000, max: 7_200_000 }).map((ms) => Date.parse(around) + ms)),
);

test('nothing that is said makes it throw, and nothing is answered that is over', () => {
  const anyText = fc.oneof(
    anyPhrase,
    fc.tuple(anyLanguage, fc.string({ unit: 'binary', maxLength: 600 })),
    fc.tuple(anyLanguage, fc.string({ unit: fc.constantFrom('3', '.', ':', '/', '-', ' ', 'a', 'm'), maxLength: 500 })),
  );
  fc.assert(
    fc.property(anyText, anyZone, anyNow, ([language, text], timeZone, nowMs) => {
      const reading = readSpoken(text, { now: nowMs, timeZone, language });
      const times = reading.ok ? [reading] : (reading.question.options ?? []);
      for (const { fromMs, toMs, startMs } of times) {
        expect(fromMs).toBeGreaterThanOrEqual(nowMs);
        expect(toMs ?? Infinity).toBeGreaterThan(fromMs);
        expect((toMs ?? fromMs) - fromMs).toBeLessThanOrEqual(63 * 86_400_000);
        expect(startMs ?? fromMs).toBe(fromMs);
      }
      expect(reading.ok ? reading.echo : reading.question.text).not.toMatch(/undefined|NaN|null|\[object/);
    }),
    { numRuns: 2_000 },
  );
});

test('what is told back is read as the same again', () => {
  let understood = 0;
  fc.assert(
    fc.property(anyPhrase, anyNow, ([language, text], nowMs) => {
      const options = { now: Math.floor(nowMs / 60_000) * 60_000, timeZone: 'Europe/Berlin', language };
      const reading = readSpoken(text, options);
      // A time counted from now may be the second of two that a clock shows: words tell the first.
      if (!reading.ok || reading.around !== undefined) return;
      understood += 1;
      expect(readSpoken(reading.echo, options)).toEqual(reading);
    }),
    { numRuns: 3_000 },
  );
  expect(understood).toBeGreaterThan(200);
});

test('texts of one word over and over are answered', () => {
  for (const word of ['morgen', 'am', 'um', 'drei', 'von', 'bis', 'oder', 'in', 'der', 'a', '3.', '1:1:', '3-']) {
    const text = `${word} `.repeat(500).slice(0, 500);
    for (const options of [berlin, english10]) expect(typeof readSpoken(text, options).ok).toBe('boolean');
  }
});
