import { expect, test } from 'vitest';
import { edited, errors } from './least.scene.ts';
import { parseCase } from './parseCase.ts';

const hour = (from: number, to: number): { readonly start: string; readonly end: string } => ({
  start: `2026-11-24T${from}:00:00Z`,
  end: `2026-11-24T${to}:00:00Z`,
});
const resources = [
  { id: 'anna', busy: [hour(10, 11), hour(12, 13)] },
  { id: 'ben', busy: [hour(10, 12)] },
  { id: 'room', kind: 'room', busy: [hour(10, 11)] },
];
const session = { start: '2026-11-24T10:00:00Z', resources: ['anna'], taken: 3 };
const held = (sessions: unknown, service: object = {}): unknown =>
  edited({ top: { resources, sessions }, service: { seats: 8, ...service } });

test('sessions are passed on', () => {
  const parsed = parseCase(held([session, { ...session, resources: ['room', 'anna'], taken: 0 }]));
  expect(parsed.ok && parsed.case.sessions).toEqual([
    { startMs: Date.UTC(2026, 10, 24, 10), resources: ['anna'], taken: 3 },
    { startMs: Date.UTC(2026, 10, 24, 10), resources: ['room', 'anna'], taken: 0 },
  ]);
});

test.each<[string, unknown, string]>([
  ['one seat', held([session], { seats: 1 }), 'sessions: are only for a service with seats above 1'],
  ['no list', held({}), 'sessions: must be an array, not an object'],
  ['no start', held([{ ...session, start: undefined }]), 'sessions[0].start: is required'],
  ['no resource', held([{ ...session, resources: [] }]), 'sessions[0].resources: must not be empty'],
  ['no number', held([{ ...session, taken: undefined }]), 'sessions[0].taken: is required'],
  ['less than nobody', held([{ ...session, taken: -1 }]), 'sessions[0].taken: must be at least 0, not -1'],
  ['more than there are seats', held([{ ...session, taken: 9 }]), 'sessions[0].taken: must be at most 8, not 9'],
  [
    'somebody else',
    held([session, { ...session, resources: ['anna', 'zoe'] }]),
    'sessions[1].resources[1]: is the id of no resource of the case: "zoe"',
  ],
  [
    'somebody twice',
    held([{ ...session, resources: ['anna', 'anna'] }]),
    'sessions[0].resources[1]: names "anna" a second time',
  ],
  [
    'somebody who is not there',
    held([{ ...session, start: '2026-11-24T10:30:00Z' }]),
    'sessions[0].resources[0]: is not busy during all of the session; the time of a session stands in the busy of its resources as well',
  ],
  [
    'somebody whose length is longer than his time',
    held([session], { durationMinutesOf: { anna: 61 } }),
    'sessions[0].resources[0]: is not busy during all of the session; the time of a session stands in the busy of its resources as well',
  ],
])('refuses sessions with %s', (_name, input, expected) => {
  expect(errors(input)).toContain(expected);
});

test.each<[string, object, object]>([
  [
    'is free between segments',
    {},
    { segments: [{ durationMinutes: 60, gapAfterMinutes: 60 }, { durationMinutes: 60 }] },
  ],
  ['has a length of its own', {}, { durationMinutes: 90, durationMinutesOf: { anna: 60 } }],
  [
    'serves with somebody who has a length of his own',
    { resources: ['anna', 'room'] },
    { durationMinutes: 90, assign: { staff: 1, room: 1 }, durationMinutesOf: { anna: 60 } },
  ],
])('accepts a session whose resource %s', (_name, change, service) => {
  const input = held([{ ...session, ...change }], { durationMinutes: undefined, ...service });
  expect(errors(input)).toEqual([]);
});

test('no sessions are no fault of a service with one seat', () => {
  expect(errors(held([], { seats: 1 }))).toEqual([]);
});

const two = (change: object, service: object = {}): readonly string[] =>
  errors(
    edited({
      top: { resources },
      service: {
        durationMinutes: undefined,
        seats: 2,
        assign: { staff: 1, room: 1 },
        segments: [
          { durationMinutes: 30, gapAfterMinutes: 5 },
          { durationMinutes: 30, ...change },
        ],
        ...service,
      },
    }),
  );

test('seats need what makes all seats the same', () => {
  expect(two({})).toEqual([]);
  expect(two({ assign: { room: 1, staff: 1 }, skills: [] })).toEqual([]);
  expect(two({}, { keep: 'free' })).toEqual(['service.keep: must be required, because the service has seats']);
  const reason = 'must be the same as in service.segments[0], because the service has seats';
  expect(two({ assign: { staff: 1 } })).toEqual([`service.segments[1].assign: ${reason}`]);
  expect(two({ skills: ['cut'] })).toEqual([`service.segments[1].skills: ${reason}`]);
  expect(two({ eligible: [] })).toEqual([`service.segments[1].eligible: ${reason}`]);
  expect(
    two({}, { segments: [{ durationMinutes: 30, gapAfterMinutes: { min: 0, max: 5 } }, { durationMinutes: 30 }] }),
  ).toEqual(['service.segments[0].gapAfterMinutes: must be a number, because the service has seats']);
  // One seat is no session.
  expect(two({ skills: ['cut'] }, { seats: 1, keep: 'free' })).toEqual([]);
});
