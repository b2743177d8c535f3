import { expect, test } from 'vitest';
import { busySourceLaws } from '../../core/contracts/busySourceLaws.ts';
import type { BranchId, Companies, CompanyId, OutsideBusy, OutsideResource, ResourceId } from '../../plugin.ts';
import { fakeClock } from '../../testing.ts';
import { Closures } from './closures.ts';
import { loadLibrary, placeOf } from './library.ts';
import { readOptions, type HolidayCalendar } from './options.ts';
import { HolidaySource } from './source.ts';

const library = await loadLibrary();
const clock = fakeClock(Date.UTC(2026, 10, 23));
const salon = 'salon-id' as CompanyId;
const companies = {
  open: async (id: CompanyId) => ({ ok: true, company: { key: id === salon ? 'salon' : 'other' } }),
} as unknown as Companies;
const resource = (key: string, branchKey: string, timeZone = 'Europe/Berlin'): OutsideResource => ({
  id: key as ResourceId,
  key,
  branchId: branchKey as BranchId,
  branchKey,
  timeZone,
});
const berlin: HolidayCalendar = { company: 'salon', country: 'DE', state: 'BE' };
const sourceOf = (calendars: readonly HolidayCalendar[]): HolidaySource =>
  new HolidaySource(
    readOptions({ calendars }).map((calendar, index) => ({
      calendar,
      closures: new Closures(calendar, placeOf(calendar, index, library)),
    })),
    companies,
    clock,
  );
const anna = resource('anna', 'mitte');
const read = async (calendars: readonly HolidayCalendar[], who = anna, from = '2026-01-01', to = '2027-01-01') => {
  const range = { fromMs: Date.parse(from), toMs: Date.parse(to) };
  const [answer] = await sourceOf(calendars).read(salon, { resources: [who], ...range });
  return answer;
};
const spoken = (answer: OutsideBusy | undefined): string[] =>
  Array.from({ length: (answer?.intervals.length ?? 0) / 2 }, (_, i) =>
    [0, 1].map((at) => new Date(answer?.intervals[i * 2 + at] ?? NaN).toISOString().slice(0, 16)).join('/'),
  );

const christmas = [
  { startMs: Date.UTC(2026, 11, 24, 23), endMs: Date.UTC(2026, 11, 26, 23) },
  { startMs: Date.UTC(2026, 11, 31, 23), endMs: Date.UTC(2027, 0, 1, 23) },
];
const laws = busySourceLaws({
  create: () => ({
    source: sourceOf([{ ...berlin, resource: 'anna' }]),
    company: salon,
    stranger: 'other-id' as CompanyId,
    resources: [anna, resource('ben', 'mitte')],
    occupied: christmas,
    range: { fromMs: Date.UTC(2026, 11, 20), toMs: Date.UTC(2027, 0, 10) },
    secrets: ['Weihnacht', 'Neujahr'],
    now: () => clock.now(),
  }),
  remote: false,
});
test.each(laws)('holidays keep the law: $name', ({ run }) => run());

test('a holiday is a date of the resource’s zone', async () => {
  expect(spoken(await read([berlin], anna, '2026-03-01', '2026-03-20'))).toEqual(['2026-03-07T23:00/2026-03-08T23:00']);
  const tokyo = resource('kenji', 'tokyo', 'Asia/Tokyo');
  expect(spoken(await read([berlin], tokyo, '2026-03-01', '2026-03-20'))).toEqual([
    '2026-03-07T15:00/2026-03-08T15:00',
  ]);
});

test('states and regions have their own', async () => {
  const augsburg = { company: 'salon', country: 'DE', state: 'BY', region: 'A' };
  const august = ['2026-08-01', '2026-08-12'] as const;
  expect(spoken(await read([augsburg], anna, ...august))).toEqual(['2026-08-07T22:00/2026-08-08T22:00']);
  expect(spoken(await read([berlin], anna, ...august))).toEqual([]);
});

test('dates may stay open, and others be closed', async () => {
  const own = { ...berlin, open: ['2026-12-26'], closed: ['2026-12-28', '2026-12-29'] };
  expect(spoken(await read([own], anna, '2026-12-20', '2026-12-31'))).toEqual([
    '2026-12-24T23:00/2026-12-25T23:00',
    '2026-12-27T23:00/2026-12-29T23:00',
  ]);
});

test('a resource’s own calendar counts before its branch’s, and that before the company’s', async () => {
  const calendars: HolidayCalendar[] = [
    { ...berlin, closed: ['2026-11-24'] },
    { ...berlin, branch: 'mitte', closed: ['2026-11-25'] },
    { ...berlin, resource: 'anna', closed: ['2026-11-26'] },
  ];
  const closed = async (who: OutsideResource): Promise<string[]> =>
    spoken(await read(calendars, who, '2026-11-20', '2026-11-30')).map((text) => text.slice(0, 10));
  expect(await closed(anna)).toEqual(['2026-11-25']);
  expect(await closed(resource('ben', 'mitte'))).toEqual(['2026-11-24']);
  expect(await closed(resource('cleo', 'west'))).toEqual(['2026-11-23']);
});

test.each([
  [{ ...berlin, company: '' }, 'calendars[0].company'],
  [{ ...berlin, country: 'XX' }, 'calendars[0].country'],
  [{ ...berlin, state: 'QQ' }, 'calendars[0].state'],
  [{ ...berlin, region: 'A' }, 'calendars[0].region'],
  [{ ...berlin, open: ['2026-02-30'] }, 'calendars[0].open[0]'],
  [{ ...berlin, types: ['bonk'] }, 'calendars[0].types'],
] as const)('an option that cannot be used is named: %o', (calendar, field) => {
  expect(() => sourceOf([calendar as HolidayCalendar])).toThrow(field);
});

test('two calendars for the same ones are refused', () => {
  expect(() => readOptions({ calendars: [berlin, { ...berlin, country: 'AT' }] })).toThrow('calendars[1]');
});
