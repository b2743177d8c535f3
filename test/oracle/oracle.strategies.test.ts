import { describe, expect, test } from 'vitest';

import { assigned, at, berlin, daily, hour, slotsOf } from './asking.ts';
import type { CaseResource, CaseService, CaseStrategy } from './caseFile.ts';
import { oracleAnswer } from './oracle.ts';

// Every expected answer was worked out by hand from the written semantics, never copied from a run.

const open = daily('09:00-10:00');

function picked(assignBy: CaseStrategy, fields: readonly Partial<CaseResource>[], prefer?: readonly string[]): string {
  const ids = ['anna', 'ben', 'cleo'];
  const resources = fields.map((each, index) => berlin({ id: ids[index] ?? '', weekly: open, ...each }));
  const [first = ''] = assigned({ service: { ...hour, assignBy }, resources, more: prefer ? { prefer } : {} });
  return first.slice('09:00 '.length);
}

describe('of several who could serve', () => {
  test('the first of the list by order', () => {
    expect(picked('order', [{}, { priority: 5 }])).toBe('anna');
  });

  test('the higher priority, which is 0 unless given', () => {
    expect(picked('priority', [{ priority: -1 }, {}, { priority: 0 }])).toBe('ben');
  });

  test('round robin: the least share, then priority, then who served longest ago', () => {
    expect(picked('roundRobin', [{ served: 3 }, { served: 4, weight: 2 }])).toBe('ben');
    expect(picked('roundRobin', [{ served: 2 }, { served: 4, weight: 2, priority: 1 }])).toBe('ben');
    const [early, late] = ['2026-11-20T10:00:00Z', '2026-11-20T10:00:00.001Z'];
    expect(picked('roundRobin', [{ lastServed: late }, { lastServed: early }])).toBe('ben');
    expect(picked('roundRobin', [{ lastServed: late }, { lastServed: early }, {}])).toBe('cleo');
  });

  test('who served longest ago, never before all, then priority', () => {
    const [early, late] = ['2026-11-19T10:00:00Z', '2026-11-20T10:00:00Z'];
    expect(picked('leastRecent', [{ lastServed: late }, { lastServed: early, priority: -3 }])).toBe('ben');
    expect(picked('leastRecent', [{ lastServed: early }, {}, { priority: 1 }])).toBe('cleo');
  });

  test('who has the most open and free minutes on the date', () => {
    expect(picked('mostFree', [{}, { weekly: daily('09:00-10:01') }])).toBe('ben');
    expect(picked('mostFree', [{ weekly: daily('09:00-11:00'), busy: [at('10:00-11:00')] }, {}])).toBe('anna');
    expect(picked('mostFree', [{ weekly: daily('09:00-11:00'), busy: [at('09:59-10:00')] }, {}])).toBe('ben');
  });

  test('whoever is preferred before all others, in the order named', () => {
    expect(picked('priority', [{ priority: 9 }, {}, {}], ['cleo', 'ben'])).toBe('cleo');
    expect(picked('order', [{}, {}, { weekly: daily('12:00-13:00') }], ['cleo', 'ben'])).toBe('ben');
  });
});

describe('fewest changes', () => {
  const lead = (busy: readonly string[]): CaseResource =>
    berlin({ id: 'anna', weekly: open, busy: busy.map((text) => at(text)) });
  const room = (id: string, ...busy: string[]): CaseResource =>
    berlin({ id, kind: 'room', weekly: daily('09:00-10:00'), busy: busy.map((text) => at(text)) });
  const service = { ...hour, assign: { staff: 1, room: 1 }, assignBy: 'fewestChanges' as const };

  test('the room in which the lead was before comes first', () => {
    const resources = [lead(['08:00-08:50']), room('red'), room('blue', '08:20-08:50')];
    expect(assigned({ service, resources })).toEqual(['09:00 anna+blue']);
    expect(assigned({ service: { ...service, assignBy: 'order' }, resources })).toEqual(['09:00 anna+red']);
  });

  test('both neighbours count', () => {
    const resources = [
      lead(['08:00-08:50', '10:10-11:00']),
      room('red', '08:00-08:50'),
      room('blue', '08:00-08:50', '10:10-12:00'),
    ];
    expect(assigned({ service, resources })).toEqual(['09:00 anna+blue']);
  });

  test('where no room was busy at the neighbour nobody changes', () => {
    expect(assigned({ service, resources: [lead(['08:00-08:50']), room('red'), room('blue', '08:00-08:40')] })).toEqual(
      ['09:00 anna+red'],
    );
  });

  test('only the neighbour next to the appointment counts, and only on its date', () => {
    const resources = [lead(['08:00-08:20', '08:30-08:50']), room('red', '08:30-08:50'), room('blue', '08:00-08:20')];
    expect(assigned({ service, resources })).toEqual(['09:00 anna+red']);
    const yesterday = [at('22:00-23:00', '2026-11-23')];
    const far = [{ ...lead([]), busy: yesterday }, room('red'), { ...room('blue'), busy: yesterday }];
    expect(assigned({ service, resources: far })).toEqual(['09:00 anna+red']);
  });
});

describe('fewest changes of several kinds', () => {
  const made = (id: string, kind: string, ...busy: string[]): CaseResource =>
    berlin({ id, kind, weekly: daily('09:00-10:00'), busy: busy.map((text) => at(text)) });
  const resources = [
    made('anna', 'staff', '08:00-08:50', '10:10-11:00'),
    made('red', 'room', '10:10-11:00'),
    made('blue', 'room', '08:00-08:50', '10:10-11:00'),
    made('saw', 'tool'),
    made('axe', 'tool', '08:10-08:50'),
  ];
  const assign = { staff: 1, room: 1, tool: 1 };

  test('each kind after the first follows the lead', () => {
    const service = { ...hour, assign, assignBy: 'fewestChanges' as const };
    expect(assigned({ service, resources })).toEqual(['09:00 anna+blue+axe']);
  });

  test('the lead is the pick of the first kind in the first segment, and the whole appointment counts', () => {
    const service = {
      stepMinutes: 60,
      assignBy: 'fewestChanges' as const,
      segments: [
        { durationMinutes: 30, assign: { staff: 1 } },
        { durationMinutes: 30, assign: { tool: 1, room: 1 } },
      ],
    };
    expect(assigned({ service, resources })).toEqual(['09:00 anna+blue+axe']);
  });

  test('what begins before the end of the appointment is no neighbour, whoever serves until then', () => {
    const service: CaseService = {
      stepMinutes: 60,
      assignBy: 'fewestChanges',
      segments: [
        { durationMinutes: 30, assign: { staff: 1 } },
        { durationMinutes: 5, assign: { room: 1 } },
      ],
    };
    const rooms = [made('red', 'room'), made('blue', 'room', '09:35-09:50')];
    const withAnna = (busy: string): string[] =>
      assigned({ service, resources: [made('anna', 'staff', busy), ...rooms] });
    expect(withAnna('09:35-09:50')).toEqual(['09:00 anna+blue']);
    expect(withAnna('09:34-09:50')).toEqual(['09:00 anna+red']);
  });
});

describe('preference', () => {
  const resources = [
    berlin({ id: 'anna', weekly: open, skills: ['cut'] }),
    berlin({ id: 'ben', weekly: open, skills: ['cut'], busy: [at('09:30-10:00')] }),
    berlin({ id: 'cleo', weekly: open }),
  ];
  const service = { ...hour, skills: ['cut'] };

  test('says what became of each one named', () => {
    const prefer = ['ben', 'anna', 'cleo', 'dora'];
    const asked = { service, resources, more: { prefer } };
    expect(slotsOf(asked)).toMatchObject([{ resources: ['anna'], preferred: true }]);
    const { range } = { range: { from: '2026-11-24T00:00:00+01:00', to: '2026-11-25T00:00:00+01:00' } };
    expect(oracleAnswer({ range, service, resources, prefer })).toMatchObject({
      preference: { ben: 'busy', anna: 'free', cleo: 'notQualified', dora: 'unknown' },
    });
    expect(oracleAnswer({ range, service, resources, prefer: ['ben'] })).toMatchObject({
      slots: [{ preferred: false }],
      preference: { ben: 'busy' },
    });
  });
});
