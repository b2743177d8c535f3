import fc from 'fast-check';
import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { expandRule } from '../../../plugin.ts';
import { readRule } from './rule.ts';

const local = (text: string): number => Date.parse(`${text}Z`);
const written = (ms: number): string => new Date(ms).toISOString().slice(0, 19);

/** A rule as text, read the way jCal has it. */
function parts(text: string): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    text.split(';').map((part) => {
      const [name = '', value = ''] = part.split('=');
      if (name === 'UNTIL')
        return ['until', value.replace(/^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z?$/, '$1-$2-$3T$4:$5:$6')];
      const values = value.split(',');
      return [name.toLowerCase(), values.length === 1 ? value : values];
    }),
  );
}

const FROM = '2026-01-01T00:00:00';
const expand = (rule: string, first: string, from = FROM, to = '2027-01-01T00:00:00', steps = 400_000): string[] => {
  const { starts, stoppedAt } = expandRule(readRule(parts(rule)), local(first), local(from), local(to), { steps });
  return [...starts.map(written), ...(stoppedAt === undefined ? [] : [`stopped at ${written(stoppedAt)}`])];
};

test.each([
  ['FREQ=DAILY;COUNT=3', ['2026-01-05T10:00:00', '2026-01-06T10:00:00', '2026-01-07T10:00:00']],
  ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', ['2026-01-05T10:00:00']],
  ['FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30', ['2026-01-05T10:00:00']],
  ['FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30', ['2026-01-05T10:00:00']],
  ['FREQ=HOURLY;INTERVAL=24;BYHOUR=3', ['2026-01-05T10:00:00']],
  ['FREQ=MONTHLY;BYDAY=-1SA;COUNT=3', ['2026-01-05T10:00:00', '2026-01-31T10:00:00', '2026-02-28T10:00:00']],
  ['FREQ=MONTHLY;BYDAY=1MO;COUNT=3', ['2026-01-05T10:00:00', '2026-02-02T10:00:00', '2026-03-02T10:00:00']],
  [
    'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3',
    ['2026-01-05T10:00:00', '2026-01-30T10:00:00', '2026-02-27T10:00:00'],
  ],
  [
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;UNTIL=20260119T100000',
    ['2026-01-05T10:00:00', '2026-01-11T10:00:00', '2026-01-19T10:00:00'],
  ],
])('%s', (rule, starts) => {
  expect(expand(rule, '2026-01-05T10:00:00')).toEqual(starts);
});

test('a rule that began long ago is entered where the range begins', () => {
  const early = '1601-01-01T08:00:00';
  expect(expand('FREQ=SECONDLY;INTERVAL=3600', early, '2026-05-01T00:00:00', '2026-05-01T03:00:00', 100)).toHaveLength(
    3,
  );
  expect(expand('FREQ=DAILY', early, '2026-05-01T00:00:00', '2026-05-03T00:00:00', 100)).toHaveLength(2);
  expect(expand('FREQ=DAILY;COUNT=1000000000', early, '2026-05-01T00:00:00', '2026-05-03T00:00:00', 100)).toHaveLength(
    2,
  );
});

test('weeks are counted from the one with the year’s first Thursday', () => {
  const weeks = (numbers: string): string[] =>
    expand(`FREQ=YEARLY;BYWEEKNO=${numbers};BYDAY=MO`, '2025-06-02T10:00:00', '2025-12-01T00:00:00');
  expect(weeks('1')).toEqual(['2025-12-29T10:00:00']);
  expect(weeks('-1')).toEqual(['2025-12-22T10:00:00', '2026-12-28T10:00:00']);
  expect(weeks('20')).toEqual(['2026-05-11T10:00:00']);
});

test.each([
  'FREQ=SECONDLY',
  'FREQ=SECONDLY;COUNT=1000000000;BYDAY=MO,TU,WE,TH,FR,SA,SU',
  `FREQ=YEARLY;BYYEARDAY=${[...Array(366).keys()].map((i) => i + 1).join(',')};BYHOUR=${[...Array(24).keys()].join(',')};BYMINUTE=${[...Array(60).keys()].join(',')};BYSECOND=${[...Array(60).keys()].join(',')}`,
])('a rule denser than the budget says where it had to stop, at once (%#)', (rule) => {
  const begunMs = performance.now();
  const starts = expand(rule, '2026-01-05T10:00:00');
  expect(starts.at(-1)).toMatch(/^stopped at 2026/);
  expect(starts.length).toBeLessThan(400_000);
  expect(performance.now() - begunMs).toBeLessThan(5_000);
});

test.each([
  {},
  { freq: 'DAILY', interval: 0 },
  { freq: 'YEARLY', bymonth: 13 },
  { freq: 'DAILY', byday: '1XX' },
  { freq: 'YEARLY', rscale: 'CHINESE' },
])('a rule that cannot be read is refused: %o', (rule) => {
  expect(() => readRule(rule)).toThrow('a recurrence rule');
});

const some = <T>(values: readonly T[], maxLength = 3): fc.Arbitrary<readonly T[]> =>
  fc.option(fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength }), { nil: [], freq: 2 });
const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const part = (name: string, values: readonly unknown[]): string =>
  values.length === 0 ? '' : `;${name}=${values.join(',')}`;

const anyRule = fc
  .record({
    frequency: fc.constantFrom('YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY', 'HOURLY'),
    interval: fc.integer({ min: 1, max: 4 }),
    months: some([1, 2, 3, 6, 11, 12]),
    monthDays: some([1, 2, 15, 28, 29, 31, -1, -2]),
    yearDays: some([1, 60, 100, 366, -1, -100], 2),
    days: some(DAYS),
    ordinals: some(['1MO', '2TU', '-1TH', '-1FR', '-1SA', '-1SU', '-1MO', '5SU', '-2WE'], 2),
    hours: some([0, 9, 10, 17], 2),
    minutes: some([0, 15, 45], 2),
    positions: some([1, 2, -1], 2),
    count: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
    weekStart: fc.constantFrom('MO', 'SU', 'WE'),
    firstDay: fc.integer({ min: 0, max: 700 }),
  })
  .map((given) => {
    const { frequency } = given;
    const byDay = ['YEARLY', 'MONTHLY'].includes(frequency) && given.ordinals.length > 0 ? given.ordinals : given.days;
    const limits = [
      part('BYMONTH', given.months),
      frequency === 'WEEKLY' ? '' : part('BYMONTHDAY', given.monthDays),
      frequency === 'YEARLY' && given.monthDays.length + given.months.length + byDay.length === 0
        ? part('BYYEARDAY', given.yearDays)
        : '',
      part('BYDAY', byDay),
      part('BYHOUR', given.hours),
      part('BYMINUTE', given.minutes),
    ].join('');
    const positions = limits === '' ? '' : part('BYSETPOS', given.positions);
    const count = given.count === undefined ? '' : `;COUNT=${given.count}`;
    return {
      rule: `FREQ=${frequency};INTERVAL=${given.interval};WKST=${given.weekStart}${limits}${positions}${count}`,
      seed: Date.UTC(2024, 0, 1 + given.firstDay, 10),
    };
  });

test('rules give the starts that another implementation gives', () => {
  fc.assert(
    fc.property(anyRule, ({ rule, seed }) => {
      // Only a rule that begins with one of its own starts is defined.
      const own = expandRule(
        readRule(parts(rule.replace(/;COUNT=\d+/, ''))),
        seed,
        seed + 1,
        seed + 1_600 * 86_400_000,
        { steps: 400_000 },
      );
      const first = own.starts[0];
      fc.pre(first !== undefined);
      const [from, to] = [local('2026-03-01T00:00:00'), local('2027-06-01T00:00:00')];
      const dtstart = Temporal.Instant.fromEpochMilliseconds(first).toZonedDateTimeISO('UTC');
      // A rule with set positions may depend on the date it began on, so both begin on the same.
      const theirs = new RRuleTemporal({ rruleString: rule, dtstart: dtstart as never, maxIterations: 100_000 })
        .between(new Date(from), new Date(to - 1), true)
        .map(({ epochMilliseconds }) => written(epochMilliseconds));
      const ours = expandRule(readRule(parts(rule)), first, from, to, { steps: 400_000 });
      expect({ rule, first: written(first), starts: ours.starts.map(written) }).toEqual({
        rule,
        first: written(first),
        starts: theirs,
      });
    }),
    { numRuns: 150 },
  );
});
