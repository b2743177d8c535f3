import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { UTC, zoneNamed, type Zone } from '../time/zone.ts';
import { occurrencesOf } from './occurrences.ts';

const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/Sao_Paulo',
  'UTC',
];
const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

const zone = (name: string): Zone => {
  const found = zoneNamed(name);
  return found.ok ? found.zone : UTC;
};

/** The same numbers in every run. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function randomRule(random: (below: number) => number): string {
  const freq = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'][random(4)] ?? 'DAILY';
  const parts = [`FREQ=${freq}`, `INTERVAL=${1 + random(3)}`];
  const days = DAYS.filter(() => random(3) === 0);
  const hasDays = days.length > 0 && random(2) === 0;
  if (hasDays) {
    const numbered = freq === 'MONTHLY' && random(2) === 0;
    parts.push(`BYDAY=${days.map((day) => (numbered ? `${[1, 2, -1][random(3)] ?? 1}${day}` : day)).join(',')}`);
  }
  if (freq !== 'WEEKLY' && !hasDays && random(3) === 0) parts.push(`BYMONTHDAY=${[1, 15, 31, -1][random(4)] ?? 1}`);
  if ((freq === 'DAILY' || freq === 'YEARLY') && random(3) === 0)
    parts.push(`BYMONTH=${1 + random(6)},${7 + random(6)}`);
  if (freq === 'MONTHLY' && hasDays && random(2) === 0) parts.push(`BYSETPOS=${[1, 2, -1][random(3)] ?? 1}`);
  return parts.join(';');
}

test('the starts of four hundred rules are those of an independent library, in zones whose clocks change', () => {
  const random = seeded(20_261_127);
  let compared = 0;
  let counted = 0;
  let crossing = 0;
  while (compared < 400) {
    const name = ZONES[random(ZONES.length)] ?? 'UTC';
    const rule = `${randomRule(random)};COUNT=${1 + random(40)}`;
    const begin = Temporal.PlainDateTime.from('2026-01-01T00:00')
      .add({ days: random(500), minutes: random(96) * 15 })
      .toZonedDateTime(name);
    // A rule that does not give its own first start is refused, so the first one it gives is taken.
    const [first] = new RRuleTemporal({ rruleString: rule, dtstart: begin, strict: false } as never).all();
    if (first === undefined) continue;
    const expected = new RRuleTemporal({ rruleString: rule, dtstart: first } as never)
      .all()
      .map(({ epochMilliseconds }: { epochMilliseconds: number }) => epochMilliseconds);
    const ours = occurrencesOf(rule, first.epochMilliseconds, [], zone(name));
    if (!ours.ok) {
      const { path, message } = ours.refusal.errors[0] ?? { path: '', message: '' };
      expect([rule, path, message]).toEqual([rule, 'rule', 'must end within 2 years']);
      expect(Number(expected.at(-1)) - first.epochMilliseconds).toBeGreaterThan(700 * 86_400_000);
    } else {
      expect([rule, name, first.toString(), ours.startsMs]).toEqual([rule, name, first.toString(), expected]);
      counted++;
      const offsets = new Set(ours.startsMs.map((ms) => zone(name).pieceAt(ms).offsetMs));
      if (offsets.size > 1) crossing++;
    }
    compared++;
  }
  expect(counted).toBeGreaterThan(200);
  expect(crossing).toBeGreaterThan(50);
});

test('a time that the clock skips moves forward, and one that it shows twice is the first, but for the start asked for', () => {
  const berlin = zone('Europe/Berlin');
  const skipped = occurrencesOf('FREQ=DAILY;COUNT=2', Date.parse('2027-03-27T02:30:00+01:00'), [], berlin);
  expect(skipped.ok && skipped.startsMs.map((ms) => new Date(ms).toISOString())).toEqual([
    '2027-03-27T01:30:00.000Z',
    '2027-03-28T01:30:00.000Z',
  ]);
  const twice = occurrencesOf('FREQ=DAILY;COUNT=2', Date.parse('2026-10-25T02:30:00+01:00'), [], berlin);
  expect(twice.ok && twice.startsMs[0]).toBe(Date.parse('2026-10-25T02:30:00+01:00'));
});

test('an end is a date, a wall time or an instant, and is included', () => {
  const starts = (rule: string): number => {
    const found = occurrencesOf(rule, Date.parse('2026-11-24T10:00:00+01:00'), [], zone('Europe/Berlin'));
    return found.ok ? found.startsMs.length : 0;
  };
  expect(starts('FREQ=DAILY;UNTIL=20261126')).toBe(3);
  expect(starts('RRULE:freq=daily;until=20261126T100000')).toBe(3);
  expect(starts('FREQ=DAILY;UNTIL=20261126T090000Z')).toBe(3);
  expect(starts('FREQ=DAILY;UNTIL=20261126T085959Z')).toBe(2);
});
