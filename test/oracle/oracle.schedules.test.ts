import { describe, expect, test } from 'vitest';

import { assigned, at, berlin, BERLIN, daily, datedStarts, hour, spans, starts, TUESDAY, windows } from './asking.ts';
import type { CaseResource, CaseSchedule } from './caseFile.ts';

// Every expected answer was worked out by hand from the written semantics, never copied from a run.

describe('dates on which windows start', () => {
  const dated = (schedule: Partial<CaseResource>, days = 3): string[] =>
    datedStarts({ service: hour, resources: [berlin(schedule)], days });
  const [morning] = daily('09:00-10:00');

  test('an entry of weekly has dates of its own, both included', () => {
    const entry = { days: morning?.days ?? [], from: '09:00', to: '10:00' };
    const weekly = [
      { ...entry, validTo: '2026-11-24' },
      { ...entry, from: '12:00', to: '13:00', validFrom: '2026-11-25', validTo: '2026-11-25' },
    ];
    expect(dated({ weekly })).toEqual(['24 09:00', '25 12:00']);
  });

  test('nothing starts on closed dates, override or not', () => {
    const overrides = [{ date: '2026-11-25', windows: windows('14:00-15:00') }];
    expect(dated({ weekly: daily('09:00-10:00'), overrides })).toEqual(['24 09:00', '25 14:00', '26 09:00']);
    expect(dated({ weekly: daily('09:00-10:00'), overrides, closedDates: ['2026-11-25'] })).toEqual([
      '24 09:00',
      '26 09:00',
    ]);
    const closedDates = [{ from: '2026-11-24', to: '2026-11-25' }];
    expect(dated({ weekly: daily('09:00-10:00'), overrides, closedDates })).toEqual(['26 09:00']);
  });

  test('the window that began the evening before a closed date stays', () => {
    expect(dated({ weekly: daily('23:00-02:00'), closedDates: ['2026-11-25'] }, 2)).toEqual([
      '24 00:00',
      '24 01:00',
      '24 23:00',
      '25 00:00',
      '25 01:00',
    ]);
  });
});

describe('resources within schedules', () => {
  const salon = (schedule: Partial<CaseSchedule>): { schedules: Record<string, CaseSchedule> } => ({
    schedules: { salon: { timeZone: BERLIN, weekly: daily('09:00-12:00'), ...schedule } },
  });
  const within = { service: hour, resources: [berlin({ within: ['salon'], weekly: daily('10:00-18:00') })] };

  test('are open where both are', () => {
    expect(starts({ ...within, more: salon({}) })).toEqual(['10:00', '11:00']);
  });

  test('each keeps to its own zone', () => {
    // From 09:00 to 12:00 in London it is 10:00 to 13:00 in Berlin.
    expect(starts({ ...within, more: salon({ timeZone: 'Europe/London' }) })).toEqual(['10:00', '11:00', '12:00']);
    expect(starts({ ...within, more: salon({ timeZone: 'UTC', closedDates: [TUESDAY] }) })).toEqual([]);
  });

  test('have the zone of the first schedule unless they have one', () => {
    const resources: CaseResource[] = [{ id: 'anna', within: ['salon'], weekly: daily('10:00-18:00') }];
    expect(starts({ service: hour, resources, more: salon({}) })).toEqual(['10:00', '11:00']);
  });

  test('a window that is cut begins its grid anew, time off does not', () => {
    const service = { durationMinutes: 20, stepMinutes: 40 };
    const resources = [berlin({ within: ['salon'], weekly: daily('08:00-18:00') })];
    const more = salon({ weekly: daily('09:00-10:00', '10:30-12:00') });
    expect(starts({ service, resources, more })).toEqual(['09:00', '09:40', '10:30', '11:10']);
    const off = salon({ weekly: daily('09:00-11:00'), timeOff: [at('09:10-09:30')] });
    expect(starts({ service, resources, more: off })).toEqual(['09:40', '10:20']);
  });

  test('a resource without windows takes over the first schedule whole and is cut to the others', () => {
    const schedules: Record<string, CaseSchedule> = {
      salon: { timeZone: BERLIN, weekly: daily('09:00-13:00'), timeOff: [at('10:00-11:00')] },
      house: { timeZone: BERLIN, weekly: daily('10:00-18:00') },
    };
    const ask = (resource: Partial<CaseResource>): string[] =>
      starts({
        service: hour,
        resources: [{ id: 'room', within: ['salon', 'house'], ...resource }],
        more: { schedules },
      });
    expect(ask({})).toEqual(['11:00', '12:00']);
    expect(ask({ timeOff: [at('12:00-12:30')] })).toEqual(['11:00']);
    expect(ask({ closedDates: [TUESDAY] })).toEqual([]);
    expect(ask({ within: ['salon'] })).toEqual(['09:00', '11:00', '12:00']);
  });

  test('a resource without any hours is never open', () => {
    expect(starts({ service: hour, resources: [berlin({})] })).toEqual([]);
  });
});

describe('capacity', () => {
  test('is reached where so many busy intervals overlap', () => {
    const busy = [at('09:00-11:00'), at('10:00-12:00')];
    const open = daily('09:00-12:00');
    expect(starts({ service: hour, resources: [berlin({ weekly: open, capacity: 2, busy })] })).toEqual([
      '09:00',
      '11:00',
    ]);
    expect(starts({ service: hour, resources: [berlin({ weekly: open, capacity: 3, busy })] })).toHaveLength(3);
  });

  test('intervals that touch do not overlap', () => {
    const busy = [at('09:00-10:30'), at('10:30-12:00')];
    const resources = [berlin({ weekly: daily('09:00-12:00'), capacity: 2, busy })];
    expect(starts({ service: hour, resources })).toEqual(['09:00', '10:00', '11:00']);
  });
});

describe('skills and eligible ones', () => {
  const open = daily('09:00-10:00');
  const resources = [
    berlin({ id: 'anna', weekly: open, skills: ['cut'] }),
    berlin({ id: 'ben', weekly: open, skills: ['cut', 'dye'] }),
    berlin({ id: 'chair', kind: 'chair', weekly: open }),
  ];

  test('whoever serves has all the skills', () => {
    expect(assigned({ service: { ...hour, skills: ['dye', 'cut'] }, resources })).toEqual(['09:00 ben']);
    expect(assigned({ service: { ...hour, skills: ['massage'] }, resources })).toEqual([]);
  });

  test('a list for a kind asks nothing of the others', () => {
    const assign = { staff: 1, chair: 1 };
    expect(assigned({ service: { ...hour, assign, skills: ['dye'] }, resources })).toEqual([]);
    expect(assigned({ service: { ...hour, assign, skills: { staff: ['dye'] } }, resources })).toEqual([
      '09:00 ben+chair',
    ]);
  });

  test('a kind of which nobody is eligible is not restricted', () => {
    const service = { ...hour, assign: { staff: 1, chair: 1 }, eligible: ['ben'] };
    expect(assigned({ service, resources })).toEqual(['09:00 ben+chair']);
    expect(assigned({ service: { ...hour, eligible: ['chair'] }, resources })).toEqual(['09:00 chair']);
  });

  test('all are all who may serve', () => {
    expect(assigned({ service: { ...hour, assign: 'all', skills: ['cut'] }, resources })).toEqual(['09:00 anna+ben']);
    expect(assigned({ service: { ...hour, assign: 'all', skills: ['massage'] }, resources })).toEqual([]);
  });

  test('a segment has its own in place of those of the service', () => {
    const service = {
      durationMinutes: 60,
      stepMinutes: 60,
      skills: ['dye'],
      segments: [
        { durationMinutes: 30, skills: ['cut'] },
        { durationMinutes: 30, skills: ['cut'] },
      ],
    };
    expect(assigned({ service, resources })).toEqual(['09:00 anna']);
    const mixed = { ...service, segments: [{ durationMinutes: 30 }, { durationMinutes: 30, skills: ['cut'] }] };
    expect(assigned({ service: mixed, resources })).toEqual(['09:00 ben']);
    expect(spans({ service: mixed, resources })).toEqual(['09:00-10:00']);
  });
});
