import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { formatUtc, localFormat, parseInstant, utcFormat } from './instant.ts';
import { UTC, zoneNamed } from './zone.ts';

const anyInstant = fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2199, 11, 31) });
const anyOffset = fc.integer({ min: -23 * 60 - 59, max: 23 * 60 + 59 });

test('reads what the platform and Temporal write, with any offset', () => {
  fc.assert(
    fc.property(anyInstant, anyOffset, (epochMs, offsetMinutes) => {
      expect(parseInstant(new Date(epochMs).toISOString())).toBe(epochMs);
      const sign = offsetMinutes < 0 ? '-' : '+';
      const offset = `${Math.floor(Math.abs(offsetMinutes) / 60)}`.padStart(2, '0');
      const minutes = `${Math.abs(offsetMinutes) % 60}`.padStart(2, '0');
      const local = new Date(epochMs + offsetMinutes * 60_000).toISOString().slice(0, -1);
      expect(parseInstant(`${local}${sign}${offset}:${minutes}`)).toBe(epochMs);
    }),
    { numRuns: 1_000 },
  );
});

test('seconds may be left out and fractions may be of any length', () => {
  const expected = Date.UTC(2026, 10, 24, 8, 0);
  expect(parseInstant('2026-11-24T09:00+01:00')).toBe(expected);
  expect(parseInstant('2026-11-24T08:00Z')).toBe(expected);
  expect(parseInstant('2026-11-24T08:00:00.5Z')).toBe(expected + 500);
  expect(parseInstant('2026-11-24T08:00:00.1239999Z')).toBe(expected + 123);
  expect(parseInstant('2026-11-24T08:00:00-00:00')).toBe(expected);
});

test.each([
  '2026-11-24',
  '2026-11-24T09:00:00',
  '2026-11-24T09:00',
  '2026-11-24 09:00:00Z',
  '2026-11-24T09:00:00z',
  '2026-11-24t09:00:00Z',
  '2026-11-24T09:00:00+0100',
  '2026-11-24T09:00:00+01',
  '2026-11-24T09:00:00+24:00',
  '2026-11-24T09:00:00+01:60',
  '2026-11-24T24:00:00Z',
  '2026-11-24T09:60:00Z',
  '2026-11-24T09:00:60Z',
  '2026-11-24T09:00:00.Z',
  '2026-11-24T09:00:00Z ',
  ' 2026-11-24T09:00:00Z',
  '2026-11-24T09:00:00ZZ',
  '2026-02-30T09:00:00Z',
  '2026-13-01T09:00:00Z',
  '26-11-24T09:00:00Z',
  '+002026-11-24T09:00:00Z',
  '2026-11-24T9:00:00Z',
  '2026-11-24T09:00:0aZ',
  'tomorrow at nine',
  '',
])('does not read %j as an instant', (text) => {
  expect(parseInstant(text)).toBeUndefined();
});

test('reads a part of a longer text', () => {
  const text = '{"start":"2026-11-24T09:00:00Z"}';
  expect(parseInstant(text, 10, 30)).toBe(Date.UTC(2026, 10, 24, 9));
  expect(parseInstant(text, 10, 29)).toBeUndefined();
  expect(parseInstant(text, 10, 31)).toBeUndefined();
});

test('writes UTC as the platform does, whatever was written before', () => {
  const format = utcFormat();
  fc.assert(
    fc.property(anyInstant, fc.nat(100_000_000), (epochMs, later) => {
      for (const each of [epochMs, epochMs + later, Math.floor(epochMs / 60_000) * 60_000]) {
        expect(format(each)).toBe(new Date(each).toISOString());
        expect(formatUtc(each)).toBe(new Date(each).toISOString());
      }
    }),
    { numRuns: 1_000 },
  );
  expect(formatUtc(-1)).toBe('1969-12-31T23:59:59.999Z');
});

test.each(['Europe/Berlin', 'Asia/Kathmandu', 'America/St_Johns', 'Australia/Lord_Howe', 'Pacific/Apia'])(
  'writes the local time of %s with its offset, and reads it back',
  (name) => {
    const found = zoneNamed(name);
    const format = localFormat(found.ok ? found.zone : UTC);
    fc.assert(
      fc.property(anyInstant, (epochMs) => {
        const local = Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(name);
        const expected = local.toString({ timeZoneName: 'never', fractionalSecondDigits: 3 });
        expect(format(epochMs)).toBe(expected);
        expect(parseInstant(format(epochMs))).toBe(epochMs);
      }),
      { numRuns: 300 },
    );
  },
);

test('writes offsets of broken minutes with seconds', () => {
  const found = zoneNamed('Africa/Monrovia');
  expect(localFormat(found.ok ? found.zone : UTC)(0)).toBe('1969-12-31T23:15:30.000-00:44:30');
});
