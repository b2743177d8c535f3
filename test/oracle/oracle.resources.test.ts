import { describe, expect, test } from 'vitest';

import { starts, hour, daily, berlin, at, assigned } from './asking.ts';
import type { CaseResource, CaseService } from './caseFile.ts';

// Every expected answer was worked out by hand from the written semantics, never copied from a run.

describe('several resources', () => {
  const open = daily('09:00-11:00');

  test('any: one slot a start, with the first free resource', () => {
    const resources = [
      berlin({ id: 'anna', weekly: open, busy: [at('09:00-09:30')] }),
      berlin({ id: 'ben', weekly: daily('09:00-12:00') }),
    ];
    expect(assigned({ service: hour, resources })).toEqual(['09:00 ben', '10:00 anna', '11:00 ben']);
  });

  test('any: each resource keeps its own zone and its own grid', () => {
    const resources: CaseResource[] = [
      { id: 'arun', timeZone: 'Asia/Kolkata', weekly: daily('13:30-15:30') },
      berlin({ id: 'anna', weekly: open }),
    ];
    // In Berlin, Arun works from 09:00 to 11:00; his full hours are Berlin's half hours.
    expect(assigned({ service: hour, resources })).toEqual(['09:00 anna', '09:30 arun', '10:00 anna']);
  });

  test('any: each resource has the horizon of its own zone', () => {
    const zone = 'UTC';
    const resources: CaseResource[] = [
      { id: 'mere', timeZone: 'Pacific/Auckland', weekly: daily('00:00-24:00') },
      { id: 'una', timeZone: 'UTC', weekly: daily('00:00-24:00') },
    ];
    const service: CaseService = { durationMinutes: 240, stepMinutes: 240, grid: 'midnight', horizonDays: 0 };
    const now = '2026-11-24T00:00:00Z';
    // Auckland is 13 hours ahead, so its 24th ends at 11:00 UTC; its grid lies at 03:00 and 07:00 UTC.
    expect(assigned({ service, resources, zone, now })).toEqual([
      '00:00 una',
      '03:00 mere',
      '04:00 una',
      '07:00 mere',
      '08:00 una',
      '12:00 una',
      '16:00 una',
      '20:00 una',
    ]);
  });

  test('all: every resource must be free', () => {
    const resources = [
      berlin({ id: 'anna', weekly: daily('09:00-12:00'), busy: [at('09:00-10:00')] }),
      berlin({ id: 'ben', weekly: open }),
    ];
    expect(assigned({ service: { ...hour, assign: 'all' }, resources })).toEqual(['10:00 anna+ben']);
  });

  test('all: starts lie on the grid of the first resource', () => {
    const resources = [
      berlin({ id: 'anna', weekly: daily('09:10-11:00') }),
      berlin({ id: 'ben', weekly: daily('09:00-11:00') }),
    ];
    const service: CaseService = { durationMinutes: 45, stepMinutes: 45, assign: 'all' };
    expect(assigned({ service, resources })).toEqual(['09:10 anna+ben', '09:55 anna+ben']);
  });

  test('all: a start must lie within the horizon of each one in its own zone', () => {
    const zone = 'UTC';
    const resources: CaseResource[] = [
      { id: 'una', timeZone: 'UTC', weekly: daily('00:00-24:00') },
      { id: 'mere', timeZone: 'Pacific/Auckland', weekly: daily('00:00-24:00') },
    ];
    const service: CaseService = {
      durationMinutes: 240,
      stepMinutes: 240,
      grid: 'midnight',
      horizonDays: 0,
      assign: 'all',
    };
    const now = '2026-11-24T00:00:00Z';
    // Auckland's 24th ends at 11:00 UTC.
    expect(starts({ service, resources, zone, now })).toEqual(['00:00', '04:00', '08:00']);
  });

  test('n of a kind: the first free ones are picked and named in input order', () => {
    const resources = [
      berlin({ id: 'red', kind: 'room', weekly: open, busy: [at('09:00-10:00')] }),
      berlin({ id: 'anna', kind: 'staff', weekly: open }),
      berlin({ id: 'blue', kind: 'room', weekly: open }),
      berlin({ id: 'ben', kind: 'staff', weekly: open }),
    ];
    const service: CaseService = { ...hour, assign: { staff: 1, room: 1 } };
    expect(assigned({ service, resources })).toEqual(['09:00 anna+blue', '10:00 red+anna']);
  });

  test('n of a kind: two of three, and none when only one is free', () => {
    const resources = [
      berlin({ id: 'anna', weekly: open }),
      berlin({ id: 'ben', weekly: open, busy: [at('09:00-11:00')] }),
      berlin({ id: 'cleo', weekly: daily('09:00-10:00') }),
    ];
    expect(assigned({ service: { ...hour, assign: { staff: 2 } }, resources })).toEqual(['09:00 anna+cleo']);
  });

  test('n of a kind: the first resource gives the grid even when it is not the one picked', () => {
    const resources = [
      berlin({ id: 'anna', weekly: daily('09:10-11:00'), timeOff: [at('09:00-11:00')] }),
      berlin({ id: 'ben', weekly: daily('09:00-11:00') }),
    ];
    const service: CaseService = { durationMinutes: 45, stepMinutes: 45, assign: { staff: 1 } };
    expect(assigned({ service, resources })).toEqual(['09:10 ben', '09:55 ben']);
  });

  test('n of a kind: on the grid of the clock the first resource may be closed', () => {
    const resources = [
      berlin({ id: 'anna', weekly: daily('15:00-16:00') }),
      berlin({ id: 'ben', weekly: daily('09:00-10:00') }),
    ];
    expect(assigned({ service: { ...hour, assign: { staff: 1 } }, resources })).toEqual(['09:00 ben', '15:00 anna']);
  });

  test('a resource without a kind is staff', () => {
    const resources = [berlin({ id: 'red', kind: 'room', weekly: open }), berlin({ id: 'anna', weekly: open })];
    expect(assigned({ service: { ...hour, assign: { staff: 1 } }, resources })).toEqual(['09:00 anna', '10:00 anna']);
  });
});
