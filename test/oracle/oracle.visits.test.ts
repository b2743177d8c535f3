import { describe, expect, test } from 'vitest';

import { at, berlin, daily, served, slotsOf, spans, starts } from './asking.ts';
import type { CaseResource, CaseService, CaseVisit } from './caseFile.ts';

// Every expected answer was worked out by hand from the written semantics, never copied from a run.

const open = daily('09:00-11:00');
const cut: CaseService = { id: 'cut', durationMinutes: 30, assign: { staff: 1 } };
const dye: CaseService = { id: 'dye', durationMinutes: 20, assign: { staff: 1 } };

function asked(visit: Partial<CaseVisit>, ...resources: CaseResource[]): Parameters<typeof served>[0] {
  return { resources, more: { visit: { services: [cut, dye], stepMinutes: 60, ...visit } } };
}

function anna(...busy: string[]): CaseResource {
  return berlin({ id: 'anna', weekly: open, busy: busy.map((text) => at(text)) });
}

function ben(...busy: string[]): CaseResource {
  return { ...anna(...busy), id: 'ben' };
}

describe('visits', () => {
  test('are one appointment of all services in turn', () => {
    expect(served(asked({}, anna()))).toEqual(['09:00 cut anna, 09:30 dye anna', '10:00 cut anna, 10:30 dye anna']);
    expect(spans(asked({}, anna()))).toEqual(['09:00-09:50', '10:00-10:50']);
  });

  test('wait as long as allowed between services, and no longer than they must', () => {
    expect(served(asked({}, anna('09:30-09:40')))).toEqual(['10:00 cut anna, 10:30 dye anna']);
    expect(served(asked({ maxWaitMinutes: 10 }, anna('09:30-09:40')))[0]).toBe('09:00 cut anna, 09:40 dye anna');
    expect(starts(asked({ maxWaitMinutes: 9 }, anna('09:30-09:40')))).toEqual(['10:00']);
  });

  test('in any order: the first order that is possible at the start', () => {
    const resources = [anna('09:20-09:22', '09:50-10:00')];
    expect(served(asked({ order: 'given', maxWaitMinutes: 2 }, ...resources))).toEqual([
      '10:00 cut anna, 10:30 dye anna',
    ]);
    expect(served(asked({ order: 'any', maxWaitMinutes: 2 }, anna('09:20-09:22')))).toEqual([
      '09:00 dye anna, 09:22 cut anna',
      '10:00 cut anna, 10:30 dye anna',
    ]);
  });

  test('keep those who serve unless told otherwise; keeping comes before the order', () => {
    const resources = [anna('09:20-09:25'), ben('09:00-09:20')];
    expect(served(asked({ order: 'given' }, ...resources))).toEqual(['10:00 cut anna, 10:30 dye anna']);
    const visit = { order: 'any', keep: 'preferred', maxWaitMinutes: 5 } as const;
    expect(served(asked(visit, ...resources))[0]).toBe('09:00 dye anna, 09:25 cut anna');
    expect(served(asked({ ...visit, keep: 'free' }, ...resources))[0]).toBe('09:00 dye anna, 09:20 cut ben');
  });

  test('have the buffer before of what is done first and the buffer after of what is done last', () => {
    const services = [
      { ...cut, bufferBeforeMinutes: 30, bufferAfterMinutes: 5 },
      { ...dye, bufferBeforeMinutes: 5, bufferAfterMinutes: 30 },
    ];
    expect(starts(asked({ services }, anna('08:00-08:30')))).toEqual(['09:00', '10:00']);
    expect(starts(asked({ services }, anna('08:00-08:31')))).toEqual(['10:00']);
    expect(served(asked({ services, order: 'any' }, anna('08:00-08:55', '09:55-10:00')))[0]).toBe(
      '09:00 dye anna, 09:20 cut anna',
    );
  });

  test('count the limits of every service', () => {
    const limits = { perDay: 1, booked: ['2026-11-24T15:00:00+01:00'] };
    expect(starts(asked({ services: [cut, { ...dye, limits }] }, anna()))).toEqual([]);
  });

  test('any: starts lie on the grid of the first resource, and the answer has its segments', () => {
    const [first, second] = [
      { id: 'cut', durationMinutes: 30 },
      { id: 'dye', durationMinutes: 20 },
    ];
    const visit = { services: [first, second], stepMinutes: 45 };
    const late = { ...ben(), weekly: daily('09:10-11:00') };
    expect(slotsOf(asked(visit, late, anna())).map(({ resources }) => resources.join('+'))).toEqual(['ben', 'ben']);
    expect(starts(asked(visit, late, anna()))).toEqual(['09:10', '09:55']);
  });

  test('with own lengths the pick of what is done first decides', () => {
    const services = [{ ...cut, durationMinutesOf: { ben: 10 } }, dye];
    expect(served(asked({ services, keep: 'free' }, anna('09:00-09:10'), ben()))[0]).toBe(
      '09:00 cut ben, 09:10 dye anna',
    );
  });
});
