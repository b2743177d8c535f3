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
    'too much choice',
    { segments: [{ durationMinutes: 30, gapAfterMinutes: { min: 0, max: 481 } }, { durationMinutes: 30 }] },
    'segments: have gaps that differ by 481 minutes in all; at most 480',
  ],
])('segments with %s', (_name, service, expected) => {
  const parsed = parseService(service);
  expect(parsed.ok ? undefined : parsed.errors.map(({ path, message }) => `${path}: ${message}`)[0]).toBe(expected);
});

test('a service alone is read with paths of its own', () => {
  expect(parseService({ durationMinutes: 30, stepMinutes: 40 }).ok).toBe(true);
  expect(parseService({ durationMinutes: 30, stepMinutes: 0 })).toEqual({
    ok: false,
    errors: [{ path: 'stepMinutes', message: 'must be at least 1, not 0' }],
  });
});
