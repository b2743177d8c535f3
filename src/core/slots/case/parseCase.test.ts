import { expect, test } from 'vitest';
import { edited, errors, least, range } from './least.scene.ts';
import { parseCase } from './parseCase.ts';

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
])('refuses %s', (_name, input, expected) => {
  expect(errors(input)).toContain(expected);
});

test('everything that is wrong is told at once', () => {
  const input = edited({ range: { from: 1 }, service: { stepMinutes: 0, grid: 'x' }, resource: { busy: 'never' } });
  expect(errors(input)).toHaveLength(4);
});

test('an empty busy interval is accepted', () => {
  const at = '2026-11-24T10:00:00Z';
  expect(errors(edited({ resource: { busy: [{ start: at, end: at }] } }))).toEqual([]);
});
