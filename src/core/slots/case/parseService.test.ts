import { expect, test } from 'vitest';
import { edited, errors } from './least.scene.ts';
import { parseService } from './parseService.ts';

test.each<[string, unknown, string]>([
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
    'a list of kinds',
    edited({ service: { assign: ['staff'] } }),
    'service.assign: must be any, all, or a number for each kind, not an array',
  ],
  [
    'half a person',
    edited({ service: { assign: { staff: 1.5 } } }),
    'service.assign.staff: must be a whole number, not 1.5',
  ],
  [
    'skills in a word',
    edited({ service: { skills: 'cut' } }),
    'service.skills: must be a list, or a list for each kind, not "cut"',
  ],
  [
    'skills of a kind in a word',
    edited({ service: { skills: { staff: 'cut' } } }),
    'service.skills.staff: must be an array, not "cut"',
  ],
  ['an empty skill', edited({ service: { skills: [''] } }), 'service.skills[0]: must have 1 to 200 characters'],
  ['an eligible number', edited({ service: { eligible: [1] } }), 'service.eligible[0]: must be a string, not 1'],
  ['eligible kinds', edited({ service: { eligible: {} } }), 'service.eligible: must be an array, not an object'],
  [
    'an unknown keep',
    edited({ service: { keep: 'always' } }),
    'service.keep: must be one of required, preferred, free, not "always"',
  ],
  [
    'an unknown strategy',
    edited({ service: { assignBy: 'random' } }),
    'service.assignBy: must be one of order, priority, roundRobin, leastRecent, mostFree, fewestChanges, not "random"',
  ],
  [
    'a horizon on no date',
    edited({ service: { horizonDate: '2026-02-30' } }),
    'service.horizonDate: must be a date YYYY-MM-DD that exists, not "2026-02-30"',
  ],
  ['limits without a limit', edited({ service: { limits: {} } }), 'service.limits: must have perDay, perWeek or both'],
  [
    'limits per month',
    edited({ service: { limits: { perMonth: 3 } } }),
    'service.limits.perMonth: is not a known field; known are perDay, perWeek, booked',
  ],
  ['no seat', edited({ service: { seats: 0 } }), 'service.seats: must be at least 1, not 0'],
])('refuses %s', (_name, input, expected) => {
  expect(errors(input)).toContain(expected);
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
    'an assign that is no kinds',
    { segments: [{ durationMinutes: 30, assign: 'all' }] },
    'segments[0].assign: must be a number for each kind, not "all"',
  ],
  [
    'kinds in one of them alone',
    { segments: [{ durationMinutes: 30, assign: { staff: 1 } }, { durationMinutes: 30 }] },
    'assign: must be a number for each kind, because segments have an assign of their own',
  ],
  [
    'kinds in all of them and another word in the service',
    { assign: 'any', segments: [{ durationMinutes: 30, assign: { staff: 1 } }] },
    'assign: must be a number for each kind, because segments have an assign of their own',
  ],
  ['kinds in all of them', { segments: [{ durationMinutes: 30, assign: { staff: 1 } }] }, undefined],
  [
    'kinds in the service and in one of them',
    { assign: { staff: 1 }, segments: [{ durationMinutes: 30, assign: { room: 1 } }, { durationMinutes: 30 }] },
    undefined,
  ],
  [
    'a kind in different numbers',
    {
      assign: { staff: 1 },
      segments: [{ durationMinutes: 30 }, { durationMinutes: 30, assign: { room: 1, staff: 2 } }],
    },
    'segments[1].assign.staff: must be 1 as in segments[0]: with keep required a kind is needed in the same number wherever it is needed',
  ],
  [
    'a kind in different numbers that changes',
    {
      keep: 'free',
      assign: { staff: 1 },
      segments: [{ durationMinutes: 30 }, { durationMinutes: 30, assign: { room: 1, staff: 2 } }],
    },
    undefined,
  ],
  [
    'own lengths in the service',
    { durationMinutesOf: { anna: 20 }, segments: [{ durationMinutes: 30 }] },
    'durationMinutesOf: must stand in the segments, where there are any',
  ],
  [
    'own lengths that are too long together',
    { segments: [{ durationMinutes: 30, durationMinutesOf: { anna: 44_640 } }, { durationMinutes: 30 }] },
    'segments: last 44670 minutes in all; at most 44640 are allowed',
  ],
  [
    'too much choice',
    { segments: [{ durationMinutes: 30, gapAfterMinutes: { min: 0, max: 481 } }, { durationMinutes: 30 }] },
    'segments: have gaps that differ by 481 minutes in all; at most 480',
  ],
])('segments with %s', (_name, service, expected) => {
  const parsed = parseService(service);
  expect(parsed.ok ? undefined : parsed.errors.map(({ path, message }) => `${path}: ${message}`)[0]).toBe(expected);
});

test('every field of a service is passed on', () => {
  const at = '2026-11-24T10:00:00Z';
  const parsed = parseService({
    segments: [
      {
        durationMinutes: 30,
        durationMinutesOf: { anna: 20 },
        gapAfterMinutes: 5,
        assign: { staff: 2 },
        skills: { staff: ['wash'] },
        eligible: ['ben'],
      },
      { durationMinutes: 30 },
    ],
    assign: { staff: 1 },
    skills: ['cut'],
    eligible: ['anna'],
    bufferBeforeMinutes: 5,
    bufferAfterMinutes: 10,
    limits: { perDay: 3, booked: [at] },
    keep: 'free',
    assignBy: 'mostFree',
    stepMinutes: 50,
    grid: 'midnight',
    buffersWithinHours: true,
    noticeMinutes: 60,
    horizonDays: 30,
    horizonDate: '1970-01-08',
    seats: 1,
  });
  expect(parsed.ok && parsed.service).toMatchObject({
    lengthsMs: [1_800_000, 1_800_000],
    minGapsMs: [300_000],
    segments: [
      {
        assign: { staff: 2 },
        skills: { staff: ['wash'] },
        eligible: new Set(['ben']),
        ownLengthsMs: new Map([['anna', 1_200_000]]),
      },
      { assign: { staff: 1 }, skills: ['cut'], eligible: new Set(['anna']) },
    ],
    bufferBeforeMs: 300_000,
    bufferAfterMs: 600_000,
    limits: [{ perDay: 3, booked: Float64Array.of(Date.parse(at)) }],
    keep: 'free',
    assignBy: 'mostFree',
    stepMs: 3_000_000,
    grid: 'day',
    buffersWithinHours: true,
    noticeMs: 3_600_000,
    horizonDays: 30,
    horizonDay: 7,
    seats: 1,
  });
});

test('a service alone is read with paths of its own', () => {
  expect(parseService({ durationMinutes: 30, stepMinutes: 40 }).ok).toBe(true);
  expect(parseService({ durationMinutes: 30, stepMinutes: 0 })).toEqual({
    ok: false,
    errors: [{ path: 'stepMinutes', message: 'must be at least 1, not 0' }],
  });
});
