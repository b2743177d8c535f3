import { describe, expect, test } from 'vitest';

import { daily, berlin, at, starts, assigned, spans } from './asking.ts';
import type { CaseService } from './caseFile.ts';

// Every expected answer was worked out by hand from the written semantics, never copied from a run.

describe('segments', () => {
  const open = daily('09:00-10:00');

  test('the resource is free for others in the gap', () => {
    const service: CaseService = {
      durationMinutes: 60,
      stepMinutes: 15,
      segments: [{ durationMinutes: 30, gapAfterMinutes: 15 }, { durationMinutes: 15 }],
    };
    expect(spans({ service, resources: [berlin({ weekly: open, busy: [at('09:30-09:45')] })] })).toEqual([
      '09:00-10:00',
    ]);
    expect(spans({ service, resources: [berlin({ weekly: open, busy: [at('09:30-09:46')] })] })).toEqual([]);
  });

  test('the gap must lie in open time', () => {
    const service: CaseService = {
      durationMinutes: 60,
      stepMinutes: 15,
      segments: [{ durationMinutes: 20, gapAfterMinutes: 20 }, { durationMinutes: 20 }],
    };
    expect(starts({ service, resources: [berlin({ weekly: daily('09:00-09:20', '09:40-10:00') })] })).toEqual([]);
  });

  test('the least gap that fits is taken', () => {
    const service: CaseService = {
      durationMinutes: 25,
      stepMinutes: 30,
      segments: [{ durationMinutes: 10, gapAfterMinutes: { min: 5, max: 20 } }, { durationMinutes: 10 }],
    };
    // At 09:00 the second part waits for 09:22; at 09:30 it follows after 5 minutes.
    expect(spans({ service, resources: [berlin({ weekly: open, busy: [at('09:12-09:22')] })] })).toEqual([
      '09:00-09:32',
      '09:30-09:55',
    ]);
    // Free again at 09:31, a minute after the longest gap from 09:00 has passed and a minute too late for 09:30.
    expect(spans({ service, resources: [berlin({ weekly: open, busy: [at('09:12-09:31')] })] })).toEqual([]);
  });

  test('the first gap grows only when no later gap can help', () => {
    const service: CaseService = {
      durationMinutes: 30,
      stepMinutes: 60,
      segments: [
        { durationMinutes: 10, gapAfterMinutes: { min: 0, max: 30 } },
        { durationMinutes: 10, gapAfterMinutes: { min: 0, max: 5 } },
        { durationMinutes: 10 },
      ],
    };
    // After 09:00-09:10 and 09:10-09:20 the third would wait longer than 5 minutes, so the second waits for 09:35.
    expect(spans({ service, resources: [berlin({ weekly: open, busy: [at('09:20-09:35')] })] })).toEqual([
      '09:00-09:55',
    ]);
    // A later gap that can help leaves the first at its least.
    expect(spans({ service, resources: [berlin({ weekly: open, busy: [at('09:20-09:25')] })] })).toEqual([
      '09:00-09:35',
    ]);
  });

  test('buffers lie outside the first and the last segment only', () => {
    const service: CaseService = {
      durationMinutes: 60,
      stepMinutes: 60,
      bufferBeforeMinutes: 10,
      bufferAfterMinutes: 10,
      segments: [{ durationMinutes: 20, gapAfterMinutes: 20 }, { durationMinutes: 20 }],
    };
    const busyAt = (...texts: string[]): string[] =>
      starts({ service, resources: [berlin({ weekly: open, busy: texts.map((text) => at(text)) })] });
    expect(busyAt('09:20-09:40', '08:00-08:50', '10:10-11:00')).toEqual(['09:00']);
    expect(busyAt('08:00-08:51')).toEqual([]);
    expect(busyAt('10:09-11:00')).toEqual([]);
  });

  test('resources that take part together keep the same gap', () => {
    const service: CaseService = {
      durationMinutes: 20,
      stepMinutes: 60,
      assign: 'all',
      segments: [{ durationMinutes: 10, gapAfterMinutes: { min: 0, max: 30 } }, { durationMinutes: 10 }],
    };
    const resources = [
      berlin({ id: 'anna', weekly: open, busy: [at('09:10-09:20')] }),
      berlin({ id: 'ben', weekly: open, busy: [at('09:25-09:35')] }),
    ];
    expect(spans({ service, resources })).toEqual(['09:00-09:45']);
  });

  test('n of a kind: the least gap comes before the first resource', () => {
    const service: CaseService = {
      durationMinutes: 20,
      stepMinutes: 60,
      assign: { staff: 1 },
      segments: [{ durationMinutes: 10, gapAfterMinutes: { min: 0, max: 30 } }, { durationMinutes: 10 }],
    };
    const resources = [
      berlin({ id: 'anna', weekly: open, busy: [at('09:10-09:20')] }),
      berlin({ id: 'ben', weekly: open }),
    ];
    expect(spans({ service, resources })).toEqual(['09:00-09:20']);
    expect(assigned({ service, resources })).toEqual(['09:00 ben']);
  });

  test('any: the first resource that can, with its own gap', () => {
    const service: CaseService = {
      durationMinutes: 20,
      stepMinutes: 60,
      segments: [{ durationMinutes: 10, gapAfterMinutes: { min: 0, max: 30 } }, { durationMinutes: 10 }],
    };
    const resources = [
      berlin({ id: 'anna', weekly: open, busy: [at('09:10-09:20')] }),
      berlin({ id: 'ben', weekly: open }),
    ];
    expect(spans({ service, resources })).toEqual(['09:00-09:30']);
    expect(assigned({ service, resources })).toEqual(['09:00 anna']);
  });
});
