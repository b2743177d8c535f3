import { expect, test } from 'vitest';
import { edited, errors } from './least.scene.ts';
import { parseCase } from './parseCase.ts';

const cut = { id: 'cut', durationMinutes: 30 };
const wash = { id: 'wash', durationMinutes: 15 };
const room = { assign: { room: 1 } };
const visited = (visit: unknown): unknown => edited({ top: { service: undefined, visit } });

test('every field of a visit is passed on', () => {
  const visit = {
    services: [
      { ...cut, bufferBeforeMinutes: 5, limits: { perDay: 1 } },
      {
        ...wash,
        durationMinutes: undefined,
        segments: [{ durationMinutes: 20 }],
        bufferAfterMinutes: 10,
        skills: ['wash'],
      },
    ],
    order: 'any',
    maxWaitMinutes: 30,
    keep: 'free',
    assignBy: 'priority',
    stepMinutes: 20,
    grid: 'window',
    buffersWithinHours: true,
    noticeMinutes: 0,
    horizonDate: '1970-01-08',
  };
  const parsed = parseCase(visited(visit));
  expect(parsed.ok && parsed.case).toMatchObject({
    printsSegments: true,
    service: {
      lengthsMs: [1_800_000, 1_200_000],
      minGapsMs: [0],
      maxGapsMs: [1_800_000],
      bufferBeforeMs: 300_000,
      bufferAfterMs: 600_000,
      segments: [{ serviceId: 'cut' }, { serviceId: 'wash', skills: ['wash'] }],
      limits: [{ perDay: 1 }],
      orders: [{}, {}],
      stepMs: 1_200_000,
      grid: 'window',
      keep: 'free',
      assignBy: 'priority',
      horizonDay: 7,
    },
  });
});

test.each<[string, unknown, string]>([
  ['no services', {}, 'visit.services: is required'],
  ['a service alone', { services: [cut] }, 'visit.services: must have 2 to 5 elements; one alone is a service'],
  [
    'six services',
    { services: Array.from({ length: 6 }, (_, index) => ({ ...cut, id: `cut ${index}` })) },
    'visit.services: has 6 elements; at most 5 are allowed',
  ],
  ['no id', { services: [cut, { durationMinutes: 30 }] }, 'visit.services[1].id: is required'],
  ['an id twice', { services: [cut, cut] }, 'visit.services[1].id: names "cut" a second time'],
  ['no length', { services: [cut, { id: 'wash' }] }, 'visit.services[1].durationMinutes: is required'],
  ...[
    { keep: 'required' },
    { assignBy: 'order' },
    { stepMinutes: 15 },
    { grid: 'auto' },
    { buffersWithinHours: false },
    { noticeMinutes: 0 },
    { horizonDays: 3 },
    { horizonDate: '2026-12-24' },
  ].map((rule): [string, unknown, string] => [
    `${Object.keys(rule)[0]} of a service`,
    { services: [cut, { ...wash, ...rule }] },
    `visit.services[1].${Object.keys(rule)[0]}: belongs to the visit`,
  ]),
  [
    'seats',
    { services: [cut, { ...wash, seats: 1 }] },
    'visit.services[1].seats: must be left out: a visit is not held in sessions',
  ],
  [
    'seats of its own',
    { services: [cut, wash], seats: 2 },
    'visit.seats: is not a known field; known are services, order, maxWaitMinutes, keep, assignBy, stepMinutes, grid, buffersWithinHours, noticeMinutes, horizonDays, horizonDate',
  ],
  [
    'all resources',
    { services: [cut, { ...wash, assign: 'all' }] },
    'visit.services[1].assign: must be any, or a number for each kind, in a visit',
  ],
  [
    'kinds after any',
    { services: [cut, { ...wash, ...room }] },
    'visit.services[1].assign: must be any as in visit.services[0]',
  ],
  [
    'any after kinds',
    { services: [{ ...cut, ...room }, wash] },
    'visit.services[1].assign: must be a number for each kind as in visit.services[0]',
  ],
  [
    'kinds of segments after any',
    { services: [cut, { id: 'wash', segments: [{ durationMinutes: 30, ...room }] }] },
    'visit.services[1].segments[0].assign: must be any as in visit.services[0]',
  ],
  [
    'a kind in different numbers',
    {
      services: [
        { ...cut, ...room },
        { ...wash, assign: { room: 2 } },
      ],
    },
    'visit.services[1].assign.room: must be 1 as in visit.services[0]: with keep required a kind is needed in the same number wherever it is needed',
  ],
  ['an unknown order', { services: [cut, wash], order: 'all' }, 'visit.order: must be one of given, any, not "all"'],
  [
    'a wait of a day',
    { services: [cut, wash], maxWaitMinutes: 1_440 },
    'visit.maxWaitMinutes: must be at most 480, not 1440',
  ],
  [
    'waits that are long together',
    { services: [cut, wash, { ...cut, id: 'cut again' }], maxWaitMinutes: 241 },
    'visit: has gaps and waits that differ by 482 minutes in all; at most 480',
  ],
  [
    'services that are long together',
    { services: [cut, { ...wash, durationMinutes: 44_640 }] },
    'visit: lasts 44670 minutes in all; at most 44640 are allowed',
  ],
  [
    'many segments',
    {
      services: ['a', 'b'].map((id) => ({ id, segments: Array.from({ length: 13 }, () => ({ durationMinutes: 5 })) })),
    },
    'visit: has 26 segments in all; at most 24 are allowed',
  ],
  ['a list', [], 'visit: must be an object, not an array'],
])('refuses a visit with %s', (_name, visit, expected) => {
  expect(errors(visited(visit))).toContain(expected);
});
