import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { instantOf, localMsAt, offsetAt, UTC, zoneNamed, type Zone } from './zone.ts';
import { UNUSUAL_ZONES } from './zones.scene.ts';

const FROM_MS = Date.UTC(1970, 0, 1);
const TO_MS = Date.UTC(2101, 0, 1);

function zone(name: string): Zone {
  const found = zoneNamed(name);
  if (!found.ok) throw new Error(`no zone ${name}`);
  return found.zone;
}

/** Every change of the UTC offset that Temporal knows of. */
function changesOf(name: string): number[] {
  const changes: number[] = [];
  let at = Temporal.Instant.fromEpochMilliseconds(FROM_MS).toZonedDateTimeISO(name);
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (next === null || next.epochMilliseconds >= TO_MS) return changes;
    changes.push(next.epochMilliseconds);
    at = next;
  }
}

function temporalOffset(name: string, epochMs: number): number {
  return Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(name).offsetNanoseconds / 1e6;
}

function temporalInstant(name: string, localMs: number): number {
  const local = Temporal.Instant.fromEpochMilliseconds(localMs).toZonedDateTimeISO('UTC').toPlainDateTime();
  return local.toZonedDateTime(name, { disambiguation: 'compatible' }).epochMilliseconds;
}

const NEIGHBOURHOOD_MS = [-3_600_000, -1_000, -1, 0, 1, 1_000, 3_600_000];

/** A thousand instants between 1970 and 2100, and the neighbourhood of every change. */
function instantsToTry(changes: readonly number[], random: () => number): number[] {
  const instants = changes.flatMap((change) => NEIGHBOURHOOD_MS.map((distance) => change + distance));
  while (instants.length < 1_000 || instants.length < changes.length * 7 + 200) {
    instants.push(Math.floor(FROM_MS + random() * (TO_MS - FROM_MS)));
  }
  return instants;
}

/** A small generator with a seed, so that a failure can be seen again. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

test.each(UNUSUAL_ZONES)('%s has the offsets and the local times that Temporal gives it', (name) => {
  const subject = zone(name);
  const random = randomFrom(name.length * 7_919 + name.charCodeAt(name.length - 1));
  const changes = changesOf(name);
  for (const epochMs of instantsToTry(changes, random)) {
    if (offsetAt(subject, epochMs) !== temporalOffset(name, epochMs)) {
      expect.fail(`${name} ${new Date(epochMs).toISOString()}: ${offsetAt(subject, epochMs) / 60_000} minutes`);
    }
  }
  // Local times around each change, before and after: those that are skipped and those that occur twice among them.
  const locals = changes.flatMap((change) =>
    [change - 1, change].flatMap((at) =>
      NEIGHBOURHOOD_MS.map((distance) => change + temporalOffset(name, at) + distance),
    ),
  );
  for (let extra = 0; extra < 200; extra++) locals.push(Math.floor(FROM_MS + random() * (TO_MS - FROM_MS)));
  for (const localMs of locals) {
    if (instantOf(subject, localMs) !== temporalInstant(name, localMs)) {
      expect.fail(
        `${name} local ${new Date(localMs).toISOString()}: ${new Date(instantOf(subject, localMs)).toISOString()}`,
      );
    }
  }
});

test('the list of zones tried is long enough to mean something', () => {
  expect(UNUSUAL_ZONES.length).toBeGreaterThanOrEqual(40);
});

test.each([
  ['America/Sao_Paulo', '2018-11-04', 1],
  ['Asia/Beirut', '2021-03-28', 1],
  ['Africa/Cairo', '2023-04-28', 1],
  ['America/Havana', '2025-03-09', 1],
  ['America/Santiago', '2023-09-03', 1],
  ['Asia/Amman', '2021-03-26', 1],
])('midnight of %s on %s moves forward to the hour the clock skips to', (name, date, hour) => {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  const instant = instantOf(zone(name), midnight);
  expect(localMsAt(zone(name), instant)).toBe(midnight + hour * 3_600_000);
});

test('a day that a zone skipped moves forward by that day', () => {
  const apia = zone('Pacific/Apia');
  const skipped = Date.parse('2011-12-30T09:00:00Z');
  expect(localMsAt(apia, instantOf(apia, skipped))).toBe(skipped + 24 * 3_600_000);
});

test('a local time that occurs twice is its earlier occurrence', () => {
  expect(new Date(instantOf(zone('Europe/Berlin'), Date.parse('2026-10-25T02:30:00Z'))).toISOString()).toBe(
    '2026-10-25T00:30:00.000Z',
  );
});

test('rules go on beyond the end of the century', () => {
  const berlin = zone('Europe/Berlin');
  for (const year of [2101, 2150, 2199, 2500]) {
    expect(offsetAt(berlin, Date.UTC(year, 0, 15))).toBe(3_600_000);
    expect(offsetAt(berlin, Date.UTC(year, 6, 15))).toBe(7_200_000);
  }
});

test('two changes that cancel each other within a week are both found', () => {
  const recife = zone('America/Recife');
  expect(offsetAt(recife, Date.parse('2000-10-08T02:59:59Z'))).toBe(-3 * 3_600_000);
  expect(offsetAt(recife, Date.parse('2000-10-11T00:00:00Z'))).toBe(-2 * 3_600_000);
  expect(offsetAt(recife, Date.parse('2000-10-15T02:00:00Z'))).toBe(-3 * 3_600_000);
});

test.each(['Europe/Atlantis', '', 'Europe/Berlin ', 'Mars', '__proto__'])('%j is no zone, and says so', (name) => {
  expect(zoneNamed(name)).toEqual({ ok: false, error: { code: 'ZONE_UNKNOWN', name } });
});

test('one name is one zone', () => {
  expect(zone('Europe/Berlin')).toBe(zone('Europe/Berlin'));
  expect(zone('UTC')).toBe(UTC);
});

test.each(['Europe/Berlin', 'America/New_York', 'Asia/Kolkata'])(
  '%s has the offset of its first clocks at the beginning of the years',
  (name) => {
    const first = offsetAt(zone(name), Date.parse('1500-06-01T00:00:00Z'));
    for (const text of ['-000001-06-01', '0000-01-01', '0000-12-31', '0001-01-01', '0001-06-01'])
      expect([text, offsetAt(zone(name), Date.parse(`${text}T12:00:00Z`))]).toEqual([text, first]);
  },
);
