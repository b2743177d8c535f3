import { describe, expect, test } from 'vitest';

import { at, berlin, daily, served, slotsOf, spans, type Asked } from './asking.ts';
import type { CaseResource, CaseService } from './caseFile.ts';

// Every expected answer was worked out by hand from the written semantics, never copied from a run.

const open = daily('09:00-10:00');
const anna = berlin({ id: 'anna', weekly: open });
const ben = berlin({ id: 'ben', weekly: open });
const room = berlin({ id: 'room', kind: 'room', weekly: daily('08:00-12:00') });
const service: CaseService = { durationMinutes: 60, stepMinutes: 30, durationMinutesOf: { anna: 30 } };

/** Slots as `HH:MM-HH:MM anna+room`. */
function spansWith(asked: Asked): string[] {
  const times = spans(asked);
  return slotsOf(asked).map(({ resources }, index) => `${times[index]} ${resources.join('+')}`);
}

function busy(resource: CaseResource, ...texts: string[]): CaseResource {
  return { ...resource, busy: texts.map((text) => at(text)) };
}

describe('own lengths', () => {
  test('any: whoever serves takes as long as he does', () => {
    expect(spansWith({ service, resources: [anna, ben] })).toEqual(['09:00-09:30 anna', '09:30-10:00 anna']);
    expect(spansWith({ service, resources: [ben, anna] })).toEqual(['09:00-10:00 ben', '09:30-10:00 anna']);
    expect(spansWith({ service, resources: [busy(anna, '09:00-09:10'), ben] })).toEqual([
      '09:00-10:00 ben',
      '09:30-10:00 anna',
    ]);
  });

  test('all: as long as the longest of them takes', () => {
    expect(spansWith({ service: { ...service, assign: 'all' }, resources: [anna, ben] })).toEqual([
      '09:00-10:00 anna+ben',
    ]);
    const both = { ...service, assign: 'all' as const, durationMinutesOf: { anna: 30, ben: 20 } };
    expect(spansWith({ service: both, resources: [anna, ben] })).toEqual([
      '09:00-09:30 anna+ben',
      '09:30-10:00 anna+ben',
    ]);
  });

  test('kinds: the others take as long as the one who has the length, who comes first in order all the same', () => {
    const kinds: CaseService = { ...service, assign: { staff: 1, room: 1 } };
    const resources = [ben, anna, busy(room, '09:40-10:00')];
    expect(spansWith({ service: kinds, resources })).toEqual(['09:00-09:30 anna+room']);
    expect(spansWith({ service: kinds, resources: [ben, anna, room] })).toEqual([
      '09:00-10:00 ben+room',
      '09:30-10:00 anna+room',
    ]);
  });

  test('only those whose lengths differ are compared between choices', () => {
    const staffFirst: CaseService = {
      stepMinutes: 60,
      segments: [
        { durationMinutes: 10, assign: { staff: 1 } },
        { durationMinutes: 30, durationMinutesOf: { room: 20 }, assign: { room: 1 } },
        { durationMinutes: 10, assign: { staff: 1 } },
      ],
    };
    // Anna comes first of the staff, but she is free only after the longer segment in the second room.
    const other = { ...room, id: 'other' };
    const resources = [busy(anna, '09:30-09:40'), ben, room, other];
    expect(spansWith({ service: staffFirst, resources })).toEqual(['09:00-09:40 ben+room']);
    const turned = [busy(anna, '09:30-09:40'), ben, other, room];
    expect(spansWith({ service: staffFirst, resources: turned })).toEqual(['09:00-09:50 anna+other']);
  });

  test('segments: the pick of the first one decides, then that of the second', () => {
    const segmented: CaseService = {
      stepMinutes: 60,
      keep: 'free',
      segments: [
        { durationMinutes: 30, durationMinutesOf: { anna: 20 } },
        { durationMinutes: 30, durationMinutesOf: { ben: 20 } },
      ],
    };
    const assign = { staff: 1 };
    const asked = (resources: readonly CaseResource[]): string[] =>
      served({ service: { ...segmented, assign }, resources });
    expect(asked([anna, ben])).toEqual(['09:00 anna, 09:20 anna']);
    expect(asked([ben, anna])).toEqual(['09:00 ben, 09:30 ben']);
    expect(asked([busy(ben, '09:10-09:20'), anna])).toEqual(['09:00 anna, 09:20 ben']);
  });
});
