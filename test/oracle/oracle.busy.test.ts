import { describe, expect, test } from 'vitest';

import { TUESDAY, hour, daily, berlin, at, starts } from './asking.ts';
import type { CaseResource, CaseService } from './caseFile.ts';

// Every expected answer was worked out by hand from the written semantics, never copied from a run.

describe('time off, busy time and buffers', () => {
  const morning = daily('09:00-12:00');
  const quarters: CaseService = { durationMinutes: 60 };

  test.each<[string, Partial<CaseResource>, CaseService, string[]]>([
    ['time off closes', { timeOff: [at('10:00-11:00')] }, hour, ['09:00', '11:00']],
    [
      'time off does not shift the grid of its window',
      { timeOff: [at('09:00-09:30')] },
      { durationMinutes: 40, stepMinutes: 40 },
      ['09:40', '10:20', '11:00'],
    ],
    ['busy time is half-open on both sides', { busy: [at('10:00-11:00')] }, hour, ['09:00', '11:00']],
    [
      'busy time does not shift the grid',
      { busy: [at('10:00-10:10')] },
      { durationMinutes: 30, stepMinutes: 30 },
      ['09:00', '09:30', '10:30', '11:00', '11:30'],
    ],
    [
      'a buffer after keeps clear of the next appointment',
      { busy: [at('11:00-12:00')] },
      { ...quarters, bufferAfterMinutes: 10 },
      ['09:00', '09:15', '09:30', '09:45'],
    ],
    [
      'a buffer before keeps clear of the appointment before',
      { busy: [at('09:00-10:00')] },
      { ...quarters, bufferBeforeMinutes: 10 },
      ['10:15', '10:30', '10:45', '11:00'],
    ],
    [
      'a buffer that ends where busy time starts does not collide',
      { busy: [at('09:00-10:00'), at('11:30-12:00')] },
      { ...quarters, bufferBeforeMinutes: 15, bufferAfterMinutes: 15 },
      ['10:15'],
    ],
    [
      'busy time of part of a minute occupies it',
      { busy: [{ start: `${TUESDAY}T11:59:59+01:00`, end: `${TUESDAY}T12:00:00+01:00` }] },
      hour,
      ['09:00', '10:00'],
    ],
    [
      'buffers may lie outside opening hours',
      {},
      { durationMinutes: 180, bufferBeforeMinutes: 30, bufferAfterMinutes: 30 },
      ['09:00'],
    ],
    [
      'buffers stay within opening hours when asked to',
      {},
      { ...hour, stepMinutes: 30, bufferBeforeMinutes: 30, bufferAfterMinutes: 30, buffersWithinHours: true },
      ['09:30', '10:00', '10:30'],
    ],
    [
      'a buffer may lie over time off',
      { timeOff: [at('10:00-12:00')] },
      { ...hour, bufferAfterMinutes: 30 },
      ['09:00'],
    ],
    [
      'a buffer that must stay within hours may not lie over time off',
      { timeOff: [at('10:00-12:00')] },
      { ...hour, bufferAfterMinutes: 30, buffersWithinHours: true },
      [],
    ],
    [
      'a buffer meets busy time outside opening hours',
      { busy: [at('08:00-08:50')] },
      { ...hour, bufferBeforeMinutes: 15 },
      ['10:00', '11:00'],
    ],
  ])('%s', (_name, resource, service, expected) => {
    expect(starts({ service, resources: [berlin({ weekly: morning, ...resource })] })).toEqual(expected);
  });
});
