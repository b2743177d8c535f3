import { expect, test } from 'vitest';
import { parseCase } from './parseCase.ts';
import { parseSchedule } from './parseSchedule.ts';
import { parseService } from './parseService.ts';

const range = { from: '2026-11-24T00:00:00+01:00', to: '2026-11-25T00:00:00+01:00' };
const least = { range, service: { durationMinutes: 60 }, resources: [{ id: 'anna' }] };

/** The least case with one part replaced; a function gets the resource. */
function edited(change: {
  readonly top?: object;
  readonly range?: object;
  readonly service?: object;
  readonly resource?: object;
}): unknown {
  return {
    ...least,
    range: { ...range, ...change.range },
    service: { ...least.service, ...change.service },
    resources: [{ id: 'anna', ...change.resource }],
    ...change.top,
  };
}

function errors(input: unknown): readonly string[] {
  const parsed = parseCase(input);
  return parsed.ok ? [] : parsed.errors.map(({ path, message }) => `${path}: ${message}`);
}

test('a case needs a range, resources and a duration, nothing else', () => {
  const parsed = parseCase(least);
  expect(parsed.ok && parsed.case.service).toMatchObject({
    stepMs: 900_000,
    grid: 'clock',
    assign: 'any',
    bufferBeforeMs: 0,
    bufferAfterMs: 0,
    buffersWithinHours: false,
    noticeMs: 0,
    horizonDays: Infinity,
  });
  expect(parsed.ok && parsed.case.resources[0]).toMatchObject({
    id: 'anna',
    kind: 'staff',
    schedule: { zone: { name: 'UTC' } },
  });
  expect(parsed.ok && parsed.case.nowMs).toBeFalsy();
});

test('text and value are read alike', () => {
  expect(parseCase(JSON.stringify(least)).ok).toBe(true);
  expect(errors('{"range":')[0]).toMatch(/^: is not JSON/);
});

test.each<[string, unknown, string]>([
  ['no object', [], ': must be an object, not an array'],
  ['null', null, ': must be an object, not null'],
  ['no range', { service: least.service, resources: least.resources }, 'range: is required'],
  ['no service', { range, resources: least.resources }, 'service: is required'],
  ['no resources', { range, service: least.service }, 'resources: is required'],
  ['no duration', { ...least, service: {} }, 'service.durationMinutes: is required'],
  ['no resource at all', edited({ top: { resources: [] } }), 'resources: must not be empty'],
  [
    'an unknown field',
    edited({ top: { ressources: [] } }),
    'ressources: is not a known field; did you mean resources?',
  ],
  [
    'a misspelt field',
    edited({ service: { step: 15 } }),
    'service.step: is not a known field; did you mean stepMinutes?',
  ],
  [
    'another case',
    edited({ resource: { timezone: 'UTC' } }),
    'resources[0].timezone: is not a known field; did you mean timeZone?',
  ],
  [
    'a field of the prototype',
    JSON.parse('{"__proto__":{"range":1}}'),
    '__proto__: is not a known field; known are now, range, service, resources',
  ],
  [
    'a constructor',
    edited({ resource: { constructor: {} } }),
    'resources[0].constructor: is not a known field; known are id, kind, timeZone, weekly, overrides, validFrom, validTo, timeOff, busy',
  ],
  [
    'a strange name',
    edited({ service: { 'a b': 1 } }),
    'service."a b": is not a known field; known are durationMinutes, segments, stepMinutes, bufferBeforeMinutes, bufferAfterMinutes, buffersWithinHours, noticeMinutes, horizonDays, grid, assign',
  ],
  ['a step of 0', edited({ service: { stepMinutes: 0 } }), 'service.stepMinutes: must be at least 1, not 0'],
  [
    'a step beyond a day',
    edited({ service: { stepMinutes: 1_441 } }),
    'service.stepMinutes: must be at most 1440, not 1441',
  ],
  [
    'a negative duration',
    edited({ service: { durationMinutes: -5 } }),
    'service.durationMinutes: must be at least 1, not -5',
  ],
  [
    'a duration of 0',
    edited({ service: { durationMinutes: 0 } }),
    'service.durationMinutes: must be at least 1, not 0',
  ],
  ['NaN', edited({ service: { durationMinutes: NaN } }), 'service.durationMinutes: must be a whole number, not NaN'],
  [
    'infinity',
    edited({ service: { noticeMinutes: Infinity } }),
    'service.noticeMinutes: must be a whole number, not Infinity',
  ],
  [
    'half a minute',
    edited({ service: { durationMinutes: 0.5 } }),
    'service.durationMinutes: must be a whole number, not 0.5',
  ],
  [
    'a number as text',
    edited({ service: { durationMinutes: '60' } }),
    'service.durationMinutes: must be a whole number, not "60"',
  ],
  [
    'null for a number',
    edited({ service: { stepMinutes: null } }),
    'service.stepMinutes: must be a whole number, not null',
  ],
  [
    'a negative buffer',
    edited({ service: { bufferAfterMinutes: -1 } }),
    'service.bufferAfterMinutes: must be at least 0, not -1',
  ],
  [
    'a word for a flag',
    edited({ service: { buffersWithinHours: 'yes' } }),
    'service.buffersWithinHours: must be true or false, not "yes"',
  ],
  [
    'an unknown grid',
    edited({ service: { grid: 'clock' } }),
    'service.grid: must be one of auto, midnight, window, not "clock"',
  ],
  [
    'an unknown assign',
    edited({ service: { assign: 'some' } }),
    'service.assign: must be any, all, or a number for each kind, not "some"',
  ],
  ['none of a kind', edited({ service: { assign: { staff: 0 } } }), 'service.assign.staff: must be at least 1, not 0'],
  ['no kind', edited({ service: { assign: {} } }), 'service.assign: must name 1 to 20 kinds'],
  [
    'notice without now',
    edited({ service: { noticeMinutes: 10 } }),
    'now: is required, because service.noticeMinutes is counted from it',
  ],
  [
    'horizon without now',
    edited({ service: { horizonDays: 0 } }),
    'now: is required, because service.horizonDays is counted from it',
  ],
  [
    'a now without offset',
    edited({ top: { now: '2026-11-24T09:00:00' } }),
    'now: must be an instant with its offset, such as 2026-11-24T09:00:00+01:00, not "2026-11-24T09:00:00"',
  ],
  [
    'a range without offset',
    edited({ range: { from: '2026-11-24' } }),
    'range.from: must be an instant with its offset, such as 2026-11-24T09:00:00+01:00, not "2026-11-24"',
  ],
  [
    'a range that ends first',
    edited({ range: { to: '2026-11-23T00:00:00Z' } }),
    'range.to: must not be before range.from',
  ],
  [
    'a range of two years',
    edited({ range: { to: '2028-11-23T00:00:00Z' } }),
    'range: spans more than 400 days; ask in parts',
  ],
  [
    'a range in antiquity',
    edited({ range: { from: '0001-01-01T00:00:00Z' } }),
    'range.from: must lie in the years 1970 to 2199',
  ],
  [
    'a date that does not exist',
    edited({ range: { from: '2026-02-30T00:00:00Z' } }),
    'range.from: must be an instant with its offset, such as 2026-11-24T09:00:00+01:00, not "2026-02-30T00:00:00Z"',
  ],
  ['no id', edited({ top: { resources: [{}] } }), 'resources[0].id: is required'],
  ['an empty id', edited({ resource: { id: '' } }), 'resources[0].id: must have 1 to 200 characters'],
  ['a number as id', edited({ resource: { id: 7 } }), 'resources[0].id: must be a string, not 7'],
  [
    'an id given twice',
    edited({ top: { resources: [{ id: 'a' }, { id: 'b' }, { id: 'a' }] } }),
    'resources[2].id: is the id of resources[0] already',
  ],
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
    'a validity that ends first',
    edited({ resource: { validFrom: '2026-02-02', validTo: '2026-02-01' } }),
    'resources[0].validTo: must not be before validFrom',
  ],
  [
    'busy that ends first',
    edited({ resource: { busy: [{ start: '2026-11-24T10:00:00Z', end: '2026-11-24T09:00:00Z' }] } }),
    'resources[0].busy[0].end: must not be before start',
  ],
  [
    'busy without an end',
    edited({ resource: { busy: [{ start: '2026-11-24T10:00:00Z' }] } }),
    'resources[0].busy[0].end: is required',
  ],
  ['busy as an object', edited({ resource: { busy: {} } }), 'resources[0].busy: must be an array, not an object'],
  ['busy as a number', edited({ resource: { busy: 3 } }), 'resources[0].busy: must be an array, not 3'],
  [
    'time off without offset',
    edited({ resource: { timeOff: [{ start: '2026-11-24T10:00:00', end: '2026-11-24T11:00:00Z' }] } }),
    'resources[0].timeOff[0].start: must be an instant with its offset, such as 2026-11-24T09:00:00+01:00, not "2026-11-24T10:00:00"',
  ],
])('refuses %s', (_name, input, expected) => {
  expect(errors(input)).toContain(expected);
});

test('everything that is wrong is told at once', () => {
  const input = edited({ range: { from: 1 }, service: { stepMinutes: 0, grid: 'x' }, resource: { busy: 'never' } });
  expect(errors(input)).toHaveLength(4);
});

test.each<[string, object, string | undefined]>([
  [
    'their sum',
    { durationMinutes: 75, segments: [{ durationMinutes: 30, gapAfterMinutes: 15 }, { durationMinutes: 30 }] },
    undefined,
  ],
  [
    'no duration',
    { segments: [{ durationMinutes: 30, gapAfterMinutes: { min: 5, max: 9 } }, { durationMinutes: 30 }] },
    undefined,
  ],
  [
    'the sum with the least gaps',
    {
      durationMinutes: 65,
      segments: [{ durationMinutes: 30, gapAfterMinutes: { min: 5, max: 9 } }, { durationMinutes: 30 }],
    },
    undefined,
  ],
  [
    'another duration',
    { durationMinutes: 60, segments: [{ durationMinutes: 30, gapAfterMinutes: 15 }, { durationMinutes: 30 }] },
    "durationMinutes: must be the segments' sum with the least gaps, 75, or be left out",
  ],
  [
    'a gap after the last',
    { segments: [{ durationMinutes: 30 }, { durationMinutes: 30, gapAfterMinutes: 5 }] },
    'segments[1].gapAfterMinutes: has no meaning on the last segment: nothing follows it',
  ],
  [
    'a gap turned round',
    { segments: [{ durationMinutes: 30, gapAfterMinutes: { min: 9, max: 5 } }, { durationMinutes: 30 }] },
    'segments[0].gapAfterMinutes.max: must not be less than min',
  ],
  [
    'half a choice',
    { segments: [{ durationMinutes: 30, gapAfterMinutes: { min: 9 } }, { durationMinutes: 30 }] },
    'segments[0].gapAfterMinutes.max: is required',
  ],
  ['no segment', { segments: [] }, 'segments: must not be empty'],
  [
    'too much choice',
    { segments: [{ durationMinutes: 30, gapAfterMinutes: { min: 0, max: 481 } }, { durationMinutes: 30 }] },
    'segments: have gaps that differ by 481 minutes in all; at most 480',
  ],
])('segments with %s', (_name, service, expected) => {
  const parsed = parseService(service);
  expect(parsed.ok ? undefined : parsed.errors.map(({ path, message }) => `${path}: ${message}`)[0]).toBe(expected);
});

test('days may be written in capitals', () => {
  expect(parseSchedule({ weekly: [{ days: ['MO', 'tu'], from: '09:00', to: '24:00' }] }).ok).toBe(true);
  expect(parseSchedule({ weekly: [{ days: ['Mo'], from: '09:00', to: '24:00' }] }).ok).toBe(false);
});

test('a schedule and a service alone are read with paths of their own', () => {
  expect(parseSchedule({ timeZone: 'Mars' })).toEqual({
    ok: false,
    errors: [{ path: 'timeZone', message: 'is not a known time zone: "Mars"' }],
  });
  expect(parseService({ durationMinutes: 30, stepMinutes: 40 }).ok).toBe(true);
});

test('an empty busy interval is accepted', () => {
  const at = '2026-11-24T10:00:00Z';
  expect(errors(edited({ resource: { busy: [{ start: at, end: at }] } }))).toEqual([]);
});
