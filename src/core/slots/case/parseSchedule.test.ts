import { expect, test } from 'vitest';
import { edited, errors } from './least.scene.ts';
import { parseSchedule } from './parseSchedule.ts';

test.each<[string, unknown, string]>([
  [
    'an unknown zone',
    edited({ resource: { timeZone: 'Europe/Atlantis' } }),
    'resources[0].timeZone: is not a known time zone: "Europe/Atlantis"',
  ],
  [
    'an unknown day',
    edited({ resource: { weekly: [{ days: ['mon'], from: '09:00', to: '10:00' }] } }),
    'resources[0].weekly[0].days[0]: must be one of mo, tu, we, th, fr, sa, su, not "mon"',
  ],
  [
    'no day',
    edited({ resource: { weekly: [{ days: [], from: '09:00', to: '10:00' }] } }),
    'resources[0].weekly[0].days: must not be empty',
  ],
  [
    'a start beyond midnight',
    edited({ resource: { weekly: [{ days: ['mo'], from: '24:00', to: '10:00' }] } }),
    'resources[0].weekly[0].from: must be a time HH:MM from 00:00 to 23:59, not "24:00"',
  ],
  [
    'an end beyond midnight',
    edited({ resource: { weekly: [{ days: ['mo'], from: '09:00', to: '24:01' }] } }),
    'resources[0].weekly[0].to: must be a time HH:MM from 00:00 to 24:00, not "24:01"',
  ],
  [
    'a short time',
    edited({ resource: { weekly: [{ days: ['mo'], from: '9:00', to: '10:00' }] } }),
    'resources[0].weekly[0].from: must be a time HH:MM from 00:00 to 23:59, not "9:00"',
  ],
  [
    'no end',
    edited({ resource: { weekly: [{ days: ['mo'], from: '09:00' }] } }),
    'resources[0].weekly[0].to: is required',
  ],
  [
    'an override of no date',
    edited({ resource: { overrides: [{ date: '2026-02-30', windows: [] }] } }),
    'resources[0].overrides[0].date: must be a date YYYY-MM-DD that exists, not "2026-02-30"',
  ],
  [
    'an override without windows',
    edited({ resource: { overrides: [{ date: '2026-02-20' }] } }),
    'resources[0].overrides[0].windows: is required',
  ],
  [
    'two overrides of a date',
    edited({
      resource: {
        overrides: [
          { date: '2026-02-20', windows: [] },
          { date: '2026-02-20', windows: [] },
        ],
      },
    }),
    'resources[0].overrides[1].date: has an override already; one date has one',
  ],
  [
    'an unknown field of a window',
    edited({
      resource: { overrides: [{ date: '2026-02-20', windows: [{ from: '09:00', until: '10:00', to: '11:00' }] }] },
    }),
    'resources[0].overrides[0].windows[0].until: is not a known field; known are from, to',
  ],
  [
    'a validity of windows that ends first',
    edited({
      resource: {
        weekly: [{ days: ['mo'], from: '09:00', to: '10:00', validFrom: '2026-06-02', validTo: '2026-06-01' }],
      },
    }),
    'resources[0].weekly[0].validTo: must not be before validFrom',
  ],
  [
    'a closed date that does not exist',
    edited({ resource: { closedDates: ['2026-12-24', '2026-12-32'] } }),
    'resources[0].closedDates[1]: must be a date YYYY-MM-DD that exists, not "2026-12-32"',
  ],
  [
    'closed dates that end first',
    edited({ resource: { closedDates: [{ from: '2026-12-26', to: '2026-12-24' }] } }),
    'resources[0].closedDates[0].to: must not be before from',
  ],
  [
    'closed dates without an end',
    edited({ resource: { closedDates: [{ from: '2026-12-26' }] } }),
    'resources[0].closedDates[0].to: is required',
  ],
  [
    'no closed date',
    edited({ resource: { closedDates: [null] } }),
    'resources[0].closedDates[0]: must be a date YYYY-MM-DD that exists, not null',
  ],
  [
    'a schedule within another',
    edited({ top: { schedules: { salon: { within: [] } } } }),
    'schedules.salon.within: is not a known field; known are timeZone, weekly, overrides, validFrom, validTo, closedDates, timeOff',
  ],
  ['schedules as a list', edited({ top: { schedules: [] } }), 'schedules: must be an object, not an array'],
  [
    'a fault in a schedule',
    edited({ top: { schedules: { 'the salon': { timeZone: 'Mars' } } } }),
    'schedules."the salon".timeZone: is not a known time zone: "Mars"',
  ],
  [
    'a schedule without a name',
    edited({ top: { schedules: { '': {} } } }),
    'schedules."": must have a name of 1 to 200 characters',
  ],
  [
    'a schedule that is not there',
    edited({ top: { schedules: { salon: {} } }, resource: { within: ['salom'] } }),
    'resources[0].within[0]: names no schedule of the case: "salom"; did you mean salon?',
  ],
  [
    'a schedule of the prototype',
    edited({ top: { schedules: { salon: {} } }, resource: { within: ['constructor'] } }),
    'resources[0].within[0]: names no schedule of the case: "constructor"; there are "salon"',
  ],
  [
    'a schedule where there is none',
    edited({ resource: { within: ['salon'] } }),
    'resources[0].within[0]: names "salon", but the case has no schedules',
  ],
  [
    'a schedule named twice',
    edited({ top: { schedules: { salon: {} } }, resource: { within: ['salon', 'salon'] } }),
    'resources[0].within[1]: names "salon" a second time',
  ],
  ...['timeZone', 'validFrom', 'validTo'].map((field): [string, unknown, string] => [
    `${field} of its own where a schedule is taken over`,
    edited({
      top: { schedules: { salon: {} } },
      resource: { within: ['salon'], [field]: field === 'timeZone' ? 'UTC' : '2026-01-01' },
    }),
    `resources[0].${field}: must be left out: without weekly or overrides the schedule "salon" is taken over whole`,
  ]),
  [
    'a validity that ends first',
    edited({ resource: { validFrom: '2026-02-02', validTo: '2026-02-01' } }),
    'resources[0].validTo: must not be before validFrom',
  ],
  [
    'time off without offset',
    edited({ resource: { timeOff: [{ start: '2026-11-24T10:00:00', end: '2026-11-24T11:00:00Z' }] } }),
    'resources[0].timeOff[0].start: must be an instant with its offset, such as 2026-11-24T09:00:00+01:00, not "2026-11-24T10:00:00"',
  ],
])('refuses %s', (_name, input, expected) => {
  expect(errors(input)).toContain(expected);
});

test('days may be written in capitals', () => {
  expect(parseSchedule({ weekly: [{ days: ['MO', 'tu'], from: '09:00', to: '24:00' }] }).ok).toBe(true);
  expect(parseSchedule({ weekly: [{ days: ['Mo'], from: '09:00', to: '24:00' }] }).ok).toBe(false);
});

test('a schedule alone is read with paths of its own', () => {
  expect(parseSchedule({ timeZone: 'Mars' })).toEqual({
    ok: false,
    errors: [{ path: 'timeZone', message: 'is not a known time zone: "Mars"' }],
  });
});
