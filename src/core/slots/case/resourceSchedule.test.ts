import { expect, test } from 'vitest';
import { formatUtc } from '../../time/instant.ts';
import { edited } from './least.scene.ts';
import { parseCase } from './parseCase.ts';

const FROM = Date.UTC(2026, 10, 23);
const TO = Date.UTC(2026, 10, 30);
const days = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'];
const tuesday = { days: ['tu'], from: '09:00', to: '12:00' };

/** When the resource is open in the week of Tuesday 2026-11-24, as `24T09:00-24T12:00`. */
function open(resource: object, schedules: object = {}): string {
  const parsed = parseCase(edited({ top: { schedules }, resource }));
  if (!parsed.ok) throw new Error(parsed.errors.map(({ path, message }) => `${path}: ${message}`).join('\n'));
  const opening = parsed.case.resources[0]?.schedule.openingIn(FROM, TO).open ?? [];
  const texts = Array.from(opening, (ms) => (ms < FROM || ms > TO ? '' : formatUtc(ms).slice(8, 16)));
  return texts
    .flatMap((text, index) => (index % 2 === 0 && text !== '' ? [`${text}-${texts[index + 1]}`] : []))
    .join(' ');
}

test('a resource without windows and without a schedule is never open', () => {
  expect(open({})).toBe('');
  expect(open({ within: [] })).toBe('');
});

test('a resource with windows is open where every schedule it is within is open as well, each in its own zone', () => {
  const salon = { timeZone: 'Europe/Berlin', weekly: [{ days, from: '10:00', to: '12:30' }] };
  const street = { weekly: [{ days, from: '00:00', to: '10:30' }] };
  expect(open({ within: ['salon'], weekly: [tuesday] }, { salon })).toBe('24T09:00-24T11:00');
  expect(open({ within: ['street'], weekly: [tuesday] }, { street })).toBe('24T09:00-24T10:30');
  expect(open({ within: ['salon', 'street'], weekly: [tuesday] }, { salon, street })).toBe('24T09:00-24T10:30');
});

test('its zone is that of the first schedule unless it has its own', () => {
  const salon = { timeZone: 'Europe/Berlin', weekly: [{ days, from: '00:00', to: '24:00' }] };
  expect(open({ within: ['salon'], weekly: [tuesday] }, { salon })).toBe('24T08:00-24T11:00');
  expect(open({ within: ['salon'], weekly: [tuesday], timeZone: 'UTC' }, { salon })).toBe('24T09:00-24T12:00');
});

test('a resource that is only within schedules takes the first over whole and is cut to the others', () => {
  const salon = {
    timeZone: 'Europe/Berlin',
    weekly: [{ days, from: '10:00', to: '11:00' }],
    validFrom: '2026-11-25',
    closedDates: ['2026-11-26'],
    timeOff: [{ start: '2026-11-27T00:00:00Z', end: '2026-11-28T00:00:00Z' }],
  };
  const later = { weekly: [{ days: ['sa', 'su'], from: '09:30', to: '24:00' }] };
  expect(open({ within: ['salon'] }, { salon })).toBe('25T09:00-25T10:00 28T09:00-28T10:00 29T09:00-29T10:00');
  expect(open({ within: ['salon', 'later'] }, { salon, later })).toBe('28T09:30-28T10:00 29T09:30-29T10:00');
});

test('closed dates and time off of its own are added to those it takes over', () => {
  const salon = { weekly: [{ days, from: '09:00', to: '10:00' }], closedDates: ['2026-11-23', '2026-11-24'] };
  const resource = {
    within: ['salon'],
    closedDates: [{ from: '2026-11-26', to: '2026-11-28' }],
    timeOff: [{ start: '2026-11-25T09:30:00Z', end: '2026-11-25T12:00:00Z' }],
  };
  expect(open(resource, { salon })).toBe('25T09:00-25T09:30 29T09:00-29T10:00');
});

test('resources that take the same schedule over share it', () => {
  const schedules = { salon: { weekly: [tuesday] } };
  const resources = ['anna', 'ben'].map((id) => ({ id, within: ['salon'] }));
  const parsed = parseCase(edited({ top: { schedules, resources } }));
  const [anna, ben] = parsed.ok ? parsed.case.resources : [];
  expect(anna?.schedule.name).toBe('salon');
  expect(anna?.schedule).toBe(ben?.schedule);
});

test('weekly windows have a validity of their own, and a closed date closes overrides too', () => {
  const weekly = [
    { ...tuesday, days, validTo: '2026-11-24' },
    { ...tuesday, days, to: '10:00', validFrom: '2026-11-29', validTo: '2026-11-29' },
  ];
  const overrides = [
    { date: '2026-11-24', windows: [{ from: '20:00', to: '21:00' }] },
    { date: '2026-11-26', windows: [{ from: '20:00', to: '02:00' }] },
  ];
  expect(open({ weekly, overrides, closedDates: ['2026-11-24'] })).toBe(
    '23T09:00-23T12:00 26T20:00-27T02:00 29T09:00-29T10:00',
  );
});
