import { expect, test } from 'vitest';
import { edited, errors, least, range } from './least.scene.ts';
import { CASE_FIELDS, parseCase } from './parseCase.ts';
import { RESOURCE_FIELDS } from './parseResource.ts';
import { SERVICE_FIELDS } from './parseService.ts';

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
  ['no service', { range, resources: least.resources }, 'service: is required, or visit in its place'],
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
    `__proto__: is not a known field; known are ${CASE_FIELDS.join(', ')}`,
  ],
  [
    'a constructor',
    edited({ resource: { constructor: {} } }),
    `resources[0].constructor: is not a known field; known are ${RESOURCE_FIELDS.join(', ')}`,
  ],
  [
    'a strange name',
    edited({ service: { 'a b': 1 } }),
    `service."a b": is not a known field; known are ${SERVICE_FIELDS.join(', ')}`,
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
    'notice of a visit without now',
    edited({
      top: {
        service: undefined,
        visit: { noticeMinutes: 1, services: ['a', 'b'].map((id) => ({ id, durationMinutes: 30 })) },
      },
    }),
    'now: is required, because visit.noticeMinutes is counted from it',
  ],
  [
    'a service and a visit',
    edited({ top: { visit: { services: [] } } }),
    'visit: must be left out where there is a service; one stands for the other',
  ],
  ['a range without an end', edited({ range: { to: undefined } }), 'range.to: is required'],
  [
    'a range of fifty years',
    edited({ range: { to: '2076-11-24T00:00:00Z' } }),
    'range: spans more than 400 days; ask in parts',
  ],
  ['a party of nobody', edited({ top: { partySize: 0 } }), 'partySize: must be at least 1, not 0'],
  ['nobody preferred', edited({ top: { prefer: [] } }), 'prefer: must not be empty'],
  ['a number preferred', edited({ top: { prefer: ['anna', 7] } }), 'prefer[1]: must be a string, not 7'],
  [
    'a customer without an end',
    edited({ top: { customer: { busy: [{ start: '2026-11-24T10:00:00Z' }] } } }),
    'customer.busy[0].end: is required',
  ],
  [
    'limits of a customer that limit nothing',
    edited({ top: { customer: { limits: { booked: [] } } } }),
    'customer.limits: must have perDay, perWeek or both',
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
  [
    'busy of an empty kind',
    edited({ resource: { busy: [{ start: '2026-11-24T09:00:00Z', end: '2026-11-24T10:00:00Z', kind: '' }] } }),
    'resources[0].busy[0].kind: must have 1 to 200 characters',
  ],
  ['room for nobody', edited({ resource: { capacity: 0 } }), 'resources[0].capacity: must be at least 1, not 0'],
  [
    'half a priority',
    edited({ resource: { priority: 0.5 } }),
    'resources[0].priority: must be a whole number, not 0.5',
  ],
  ['no weight', edited({ resource: { weight: 0 } }), 'resources[0].weight: must be more than 0, not 0'],
  ['a weight that is none', edited({ resource: { weight: NaN } }), 'resources[0].weight: must be a number, not NaN'],
  [
    'a share of all',
    edited({ resource: { weight: Infinity } }),
    'resources[0].weight: must be at most 1000000, not Infinity',
  ],
  ['less than no service', edited({ resource: { served: -1 } }), 'resources[0].served: must be at least 0, not -1'],
  [
    'an empty skill',
    edited({ resource: { skills: ['cut', ''] } }),
    'resources[0].skills[1]: must have 1 to 200 characters',
  ],
  [
    'skills of kinds',
    edited({ resource: { skills: { staff: [] } } }),
    'resources[0].skills: must be an array, not an object',
  ],
  [
    'a last time without offset',
    edited({ resource: { lastServed: '2026-11-24' } }),
    'resources[0].lastServed: must be an instant with its offset, such as 2026-11-24T09:00:00+01:00, not "2026-11-24"',
  ],
  [
    'a limit beyond reason',
    edited({ resource: { limits: { perDay: 1_001 } } }),
    'resources[0].limits.perDay: must be at most 1000, not 1001',
  ],
  [
    'a start that counts without offset',
    edited({ resource: { limits: { perWeek: 0, booked: ['2026-11-24T10:00:00Z', 'noon'] } } }),
    'resources[0].limits.booked[1]: must be an instant with its offset, such as 2026-11-24T09:00:00+01:00, not "noon"',
  ],
  ['busy as a number', edited({ resource: { busy: 3 } }), 'resources[0].busy: must be an array, not 3'],
])('refuses %s', (_name, input, expected) => {
  expect(errors(input)).toContain(expected);
});

test('everything that is wrong is told at once', () => {
  const input = edited({ range: { from: 1 }, service: { stepMinutes: 0, grid: 'x' }, resource: { busy: 'never' } });
  expect(errors(input)).toHaveLength(4);
});

test('every field of a resource is passed on', () => {
  const at = '2026-11-24T10:00:00Z';
  const atMs = Date.parse(at);
  const resource = {
    kind: 'room',
    busy: [
      { start: at, end: '2026-11-24T11:00:00Z' },
      { start: at, end: at, kind: 'external' },
    ],
    capacity: 3,
    skills: ['cut'],
    limits: { perDay: 0, perWeek: 1_000, booked: [at] },
    priority: -5,
    weight: 0.5,
    served: 12,
    lastServed: at,
  };
  const parsed = parseCase(edited({ resource }));
  expect(parsed.ok && parsed.case.resources[0]).toMatchObject({
    id: 'anna',
    kind: 'room',
    busy: Float64Array.of(atMs, atMs + 3_600_000, atMs, atMs),
    busyKinds: ['', 'external'],
    capacity: 3,
    skills: ['cut'],
    limits: { perDay: 0, perWeek: 1_000, booked: Float64Array.of(atMs) },
    priority: -5,
    weight: 0.5,
    served: 12,
    lastServedMs: atMs,
  });
});

test('every field beside service and resources is passed on', () => {
  const [start, end] = ['2026-11-24T10:00:00Z', '2026-11-24T11:00:00Z'];
  const customer = { limits: { perWeek: 2 }, busy: [{ start, end }] };
  const top = { now: start, partySize: 2, prefer: ['anna', 'whoever'], customer, wish: { weekdays: ['su'] } };
  const parsed = parseCase(edited({ top }));
  expect(parsed.ok && parsed.case).toMatchObject({
    nowMs: Date.parse(start),
    partySize: 2,
    prefer: ['anna', 'whoever'],
    customer: {
      limits: { perWeek: 2, booked: new Float64Array(0) },
      busy: Float64Array.of(Date.parse(start), Date.parse(end)),
    },
    wish: { weekdays: [6] },
  });
});

test('an empty busy interval is accepted', () => {
  const at = '2026-11-24T10:00:00Z';
  expect(errors(edited({ resource: { busy: [{ start: at, end: at }] } }))).toEqual([]);
});
