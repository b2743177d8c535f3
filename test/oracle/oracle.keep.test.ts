import { describe, expect, test } from 'vitest';

import { assigned, at, berlin, daily, served, spans, starts } from './asking.ts';
import type { CaseResource, CaseService } from './caseFile.ts';

// Every expected answer was worked out by hand from the written semantics, never copied from a run.

const open = daily('09:00-10:00');
const half: CaseService = {
  stepMinutes: 60,
  assign: { staff: 1 },
  segments: [{ durationMinutes: 30 }, { durationMinutes: 30 }],
};

function staff(...busy: (string | undefined)[]): CaseResource[] {
  return busy.map((text, index) =>
    berlin({ id: ['anna', 'ben', 'cleo'][index] ?? '', weekly: open, ...(text && { busy: [at(text)] }) }),
  );
}

describe('keep', () => {
  test('required: one serves all segments that need the kind', () => {
    expect(assigned({ service: half, resources: staff('09:30-10:00', '09:00-09:10') })).toEqual([]);
    expect(assigned({ service: half, resources: staff('09:30-10:00', undefined) })).toEqual(['09:00 ben']);
  });

  test('free: each segment has its own picks', () => {
    const service: CaseService = { ...half, keep: 'free' };
    expect(served({ service, resources: staff('09:30-10:00', '09:00-09:10') })).toEqual(['09:00 anna, 09:30 ben']);
    expect(served({ service, resources: staff('09:30-10:00', undefined) })).toEqual(['09:00 anna, 09:30 ben']);
    expect(assigned({ service, resources: staff('09:30-10:00', undefined) })).toEqual(['09:00 anna+ben']);
  });

  test('free: whoever serves a segment is open during that segment alone', () => {
    const resources = [
      berlin({ id: 'anna', weekly: daily('09:00-09:30') }),
      berlin({ id: 'ben', weekly: daily('09:30-10:00') }),
    ];
    expect(served({ service: { ...half, keep: 'free' }, resources })).toEqual(['09:00 anna, 09:30 ben']);
    expect(served({ service: half, resources })).toEqual([]);
  });

  test('preferred: one for all where that is possible', () => {
    const service: CaseService = { ...half, keep: 'preferred' };
    expect(served({ service, resources: staff('09:30-10:00', undefined) })).toEqual(['09:00 ben, 09:30 ben']);
    expect(served({ service, resources: staff('09:30-10:00', '09:00-09:10') })).toEqual(['09:00 anna, 09:30 ben']);
  });

  test('preferred: a longer gap comes before a change', () => {
    const service: CaseService = {
      ...half,
      keep: 'preferred',
      segments: [{ durationMinutes: 10, gapAfterMinutes: { min: 0, max: 20 } }, { durationMinutes: 10 }],
    };
    const resources = staff('09:10-09:20', '09:00-09:10');
    expect(served({ service, resources })).toEqual(['09:00 anna, 09:20 anna']);
    expect(served({ service: { ...service, keep: 'free' }, resources })).toEqual(['09:00 anna, 09:10 ben']);
  });

  test('preferred: else whoever can go on for the most segments, and stays while he can', () => {
    const service: CaseService = {
      stepMinutes: 60,
      assign: { staff: 1 },
      keep: 'preferred',
      segments: [{ durationMinutes: 20 }, { durationMinutes: 20 }, { durationMinutes: 20 }],
    };
    // Anna can serve the first alone, Ben the first two, Cleo the last two.
    const resources = staff('09:20-10:00', '09:40-10:00', '09:00-09:20');
    expect(served({ service, resources })).toEqual(['09:00 ben, 09:20 ben, 09:40 cleo']);
    expect(served({ service: { ...service, keep: 'free' }, resources })).toEqual(['09:00 anna, 09:20 ben, 09:40 cleo']);
  });
});

describe('kinds by segment', () => {
  const service: CaseService = {
    stepMinutes: 60,
    segments: [
      { durationMinutes: 20, assign: { staff: 1 } },
      { durationMinutes: 20, assign: { room: 1 } },
      { durationMinutes: 20, assign: { staff: 1 } },
    ],
  };
  const anna = berlin({ id: 'anna', weekly: open, busy: [at('09:20-09:40')] });
  const room = (hours: string): CaseResource => berlin({ id: 'room', kind: 'room', weekly: daily(hours) });

  test('a kind is open from its first segment to its last and free during its own', () => {
    expect(served({ service, resources: [anna, room('09:20-09:40')] })).toEqual(['09:00 anna, 09:20 room, 09:40 anna']);
    expect(assigned({ service, resources: [anna, room('09:20-09:40')] })).toEqual(['09:00 anna+room']);
    expect(starts({ service, resources: [{ ...anna, timeOff: [at('09:25-09:30')] }, room('09:20-09:40')] })).toEqual(
      [],
    );
  });

  test('buffers belong to those who serve the first segment of all and the last', () => {
    const buffered = { ...service, bufferBeforeMinutes: 10, bufferAfterMinutes: 10 };
    const inRoom = { ...room('09:20-09:40'), busy: [at('09:00-09:20'), at('09:40-10:00')] };
    expect(starts({ service: buffered, resources: [anna, inRoom] })).toEqual(['09:00']);
    expect(starts({ service: { ...buffered, buffersWithinHours: true }, resources: [anna, inRoom] })).toEqual([]);
    const wide = { ...anna, weekly: daily('08:50-10:10') };
    expect(starts({ service: { ...buffered, buffersWithinHours: true }, resources: [wide, inRoom] })).toEqual([
      '09:00',
    ]);
  });
});

describe('any and all', () => {
  test('any with free picks: the grid is that of the first resource, each segment the first who can', () => {
    const service: CaseService = { ...half, assign: 'any', keep: 'free', stepMinutes: 40 };
    const resources = [
      berlin({ id: 'anna', weekly: daily('09:10-09:40') }),
      berlin({ id: 'ben', weekly: daily('09:00-12:00') }),
    ];
    // Ben's own grid would begin at 09:00; where the first resource is closed there is none.
    expect(served({ service, resources })).toEqual(['09:10 anna, 09:40 ben']);
  });

  test('all with free picks: everybody in each segment, open during that alone', () => {
    const service: CaseService = {
      stepMinutes: 60,
      assign: 'all',
      keep: 'free',
      segments: [{ durationMinutes: 20, gapAfterMinutes: 20 }, { durationMinutes: 20 }],
    };
    const resources = [
      berlin({ id: 'anna', weekly: daily('09:00-09:20', '09:40-10:00') }),
      ...staff(undefined, undefined).slice(1),
    ];
    expect(spans({ service, resources })).toEqual(['09:00-10:00']);
    expect(spans({ service: { ...service, keep: 'required' }, resources })).toEqual([]);
  });
});
