import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';

import type { CaseFile, CaseResource, CaseService, CaseSpan, CaseWeeklyWindow } from './caseFile.ts';
import { oracleSlots } from './oracle.ts';

// Every expected answer below was worked out by hand from the written semantics, never copied from a run.

const BERLIN = 'Europe/Berlin';
const TUESDAY = '2026-11-24';
const EVERY_DAY = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'] as const;

/** Windows of every day, written `09:00-12:00`. */
function daily(...windows: string[]): CaseWeeklyWindow[] {
  return windows.map((window) => weekly(EVERY_DAY, window));
}

function weekly(days: CaseWeeklyWindow['days'], window: string): CaseWeeklyWindow {
  const [from = '', to = ''] = window.split('-');
  return { days, from, to };
}

function windows(...texts: string[]): { from: string; to: string }[] {
  return texts.map((text) => {
    const [from = '', to = ''] = text.split('-');
    return { from, to };
  });
}

function berlin(resource: Partial<CaseResource>): CaseResource {
  return { id: 'anna', timeZone: BERLIN, ...resource };
}

/** A span of one Berlin date in winter, written `10:00-11:00`. */
function at(text: string, date = TUESDAY): CaseSpan {
  const [from = '', to = ''] = text.split('-');
  return { start: `${date}T${from}:00+01:00`, end: `${date}T${to}:00+01:00` };
}

function range(fromDate: string, days: number, zone: string): { from: string; to: string } {
  const midnight = (date: Temporal.PlainDate): string => date.toZonedDateTime(zone).toInstant().toString();
  const from = Temporal.PlainDate.from(fromDate);
  return { from: midnight(from), to: midnight(from.add({ days })) };
}

interface Asked {
  readonly service: CaseService;
  readonly resources: readonly CaseResource[];
  readonly date?: string;
  readonly days?: number;
  readonly now?: string;
  readonly zone?: string;
  readonly range?: CaseFile['range'];
}

/** The slots of one date (Tuesday in Berlin unless told otherwise), each as text made by `show`. */
function answer(asked: Asked, show: (slot: { start: string; end: string; resources: string[] }) => string): string[] {
  const { service, resources, now, zone = BERLIN, date = TUESDAY, days = 1 } = asked;
  const asFile: CaseFile = { range: asked.range ?? range(date, days, zone), service, resources, ...(now && { now }) };
  return oracleSlots(asFile).slots.map(show);
}

function local(iso: string, zone: string): string {
  return Temporal.Instant.from(iso).toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: 'minute' });
}

/** Starts as wall-clock times of the zone. */
function starts(asked: Asked): string[] {
  return answer(asked, (slot) => local(slot.start, asked.zone ?? BERLIN));
}

/** Starts as `DD HH:MM` of the zone. */
function datedStarts(asked: Asked): string[] {
  const zone = asked.zone ?? BERLIN;
  return answer(asked, ({ start }) => {
    const day = Temporal.Instant.from(start).toZonedDateTimeISO(zone).day;
    return `${day.toString().padStart(2, '0')} ${local(start, zone)}`;
  });
}

/** Starts as `HH:MM+offset`, to tell the two passes of a repeated hour apart. */
function offsetStarts(asked: Asked): string[] {
  const zone = asked.zone ?? BERLIN;
  return answer(asked, ({ start }) => {
    const { offset } = Temporal.Instant.from(start).toZonedDateTimeISO(zone);
    return `${local(start, zone)}${offset}`;
  });
}

/** Starts and resources as `HH:MM anna+room`. */
function assigned(asked: Asked): string[] {
  return answer(asked, (slot) => `${local(slot.start, asked.zone ?? BERLIN)} ${slot.resources.join('+')}`);
}

/** Slots as `HH:MM-HH:MM`. */
function spans(asked: Asked): string[] {
  const zone = asked.zone ?? BERLIN;
  return answer(asked, ({ start, end }) => `${local(start, zone)}-${local(end, zone)}`);
}

const hour: CaseService = { durationMinutes: 60, stepMinutes: 60 };

describe('the answer', () => {
  test('is in UTC with milliseconds and names the resource', () => {
    const slots = oracleSlots({
      range: { from: '2026-11-24T00:00:00Z', to: '2026-11-25T00:00:00Z' },
      service: { durationMinutes: 60 },
      resources: [{ id: 'anna', weekly: daily('09:00-10:00') }],
    });
    expect(slots).toEqual({
      slots: [{ start: '2026-11-24T09:00:00.000Z', end: '2026-11-24T10:00:00.000Z', resources: ['anna'] }],
    });
  });

  test('does not depend on the time zone of the process', () => {
    const before = process.env['TZ'];
    try {
      const answers = ['UTC', 'Pacific/Apia', 'America/St_Johns'].map((zone) => {
        process.env['TZ'] = zone;
        return starts({ service: hour, resources: [berlin({ weekly: daily('09:00-11:00') })] });
      });
      expect(answers).toEqual([
        ['09:00', '10:00'],
        ['09:00', '10:00'],
        ['09:00', '10:00'],
      ]);
    } finally {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    }
  });
});

describe('grids', () => {
  test.each<[string, string[], CaseService, string[]]>([
    ['a window is filled by whole appointments', ['09:00-12:00'], hour, ['09:00', '10:00', '11:00']],
    ['the step is 15 minutes by default', ['09:00-10:00'], { durationMinutes: 30 }, ['09:00', '09:15', '09:30']],
    ['a step that divides 60 keeps to the clock', ['12:30-17:30'], hour, ['13:00', '14:00', '15:00', '16:00']],
    ['step 20 keeps to the clock too', ['09:10-10:10'], { durationMinutes: 20, stepMinutes: 20 }, ['09:20', '09:40']],
    [
      'the window grid counts from the opening hour whatever the step',
      ['12:30-17:30'],
      { ...hour, grid: 'window' },
      ['12:30', '13:30', '14:30', '15:30', '16:30'],
    ],
    [
      'a step that does not divide 60 counts from the opening hour',
      ['11:15-14:15'],
      { durationMinutes: 45, stepMinutes: 45 },
      ['11:15', '12:00', '12:45', '13:30'],
    ],
    [
      'step 7 counts from the opening minute',
      ['09:03-09:30'],
      { durationMinutes: 5, stepMinutes: 7 },
      ['09:03', '09:10', '09:17', '09:24'],
    ],
    [
      'the midnight grid counts 45 minutes from local midnight',
      ['11:00-14:00'],
      { durationMinutes: 45, stepMinutes: 45, grid: 'midnight' },
      ['11:15', '12:00', '12:45'],
    ],
    [
      'the midnight grid counts 40 minutes from local midnight',
      ['09:00-11:00'],
      { durationMinutes: 20, stepMinutes: 40, grid: 'midnight' },
      ['09:20', '10:00', '10:40'],
    ],
    [
      'a split shift starts its grid anew',
      ['09:00-10:00', '13:10-14:40'],
      { durationMinutes: 45, stepMinutes: 45 },
      ['09:00', '13:10', '13:55'],
    ],
    [
      'touching windows are one and keep one grid',
      ['09:10-10:00', '10:00-11:40'],
      { durationMinutes: 45, stepMinutes: 45 },
      ['09:10', '09:55', '10:40'],
    ],
    [
      'overlapping windows are one and keep one grid',
      ['10:00-12:00', '09:00-11:00'],
      { durationMinutes: 50, stepMinutes: 50 },
      ['09:00', '09:50', '10:40'],
    ],
    [
      'an appointment may cross from a window into one that touches it',
      ['09:00-10:00', '10:00-11:00'],
      { durationMinutes: 90, stepMinutes: 30 },
      ['09:00', '09:30'],
    ],
    ['an appointment does not jump a break', ['09:00-10:00', '10:15-11:00'], { ...hour, stepMinutes: 15 }, ['09:00']],
  ])('%s', (_name, texts, service, expected) => {
    expect(starts({ service, resources: [berlin({ weekly: daily(...texts) })] })).toEqual(expected);
  });
});

describe('windows and dates', () => {
  test('only the named days are open', () => {
    const resources = [berlin({ weekly: [weekly(['we', 'fr'], '09:00-10:00')] })];
    expect(datedStarts({ service: hour, resources, date: '2026-11-23', days: 7 })).toEqual(['25 09:00', '27 09:00']);
  });

  test('a resource without windows is never open', () => {
    expect(starts({ service: hour, resources: [berlin({})] })).toEqual([]);
  });

  test('a window past midnight belongs to the date on which it starts', () => {
    const resources = [berlin({ weekly: [weekly(['tu'], '22:00-02:00')] })];
    expect(datedStarts({ service: hour, resources, days: 3 })).toEqual([
      '24 22:00',
      '24 23:00',
      '25 00:00',
      '25 01:00',
    ]);
  });

  test('24:00 is midnight at the end', () => {
    const resources = [berlin({ weekly: daily('22:00-24:00') })];
    expect(starts({ service: hour, resources })).toEqual(['22:00', '23:00']);
  });

  test('an end equal to the start is a whole day', () => {
    const resources = [berlin({ weekly: [weekly(['tu'], '09:00-09:00')] })];
    const service: CaseService = { durationMinutes: 22 * 60, stepMinutes: 60 };
    expect(datedStarts({ service, resources, days: 2 })).toEqual(['24 09:00', '24 10:00', '24 11:00']);
  });

  test('an appointment may cross into the next date when both are open', () => {
    const resources = [berlin({ weekly: [weekly(['tu'], '22:00-24:00'), weekly(['we'], '00:00-01:00')] })];
    const service: CaseService = { durationMinutes: 120, stepMinutes: 30 };
    expect(datedStarts({ service, resources, days: 2 })).toEqual(['24 22:00', '24 22:30', '24 23:00']);
  });

  test('the windows of two dates keep two grids even where they touch', () => {
    const resources = [berlin({ weekly: [weekly(['tu'], '22:00-24:00'), weekly(['we'], '00:00-02:00')] })];
    const service: CaseService = { durationMinutes: 60, stepMinutes: 90 };
    expect(datedStarts({ service, resources, days: 2 })).toEqual(['24 22:00', '24 23:30', '25 00:00']);
  });

  test('where the windows of two dates overlap, both grids count', () => {
    const resources = [berlin({ weekly: [weekly(['mo'], '22:00-03:00'), weekly(['tu'], '02:00-05:00')] })];
    const service: CaseService = { durationMinutes: 50, stepMinutes: 50 };
    expect(starts({ service, resources })).toEqual(['00:30', '01:20', '02:00', '02:10', '02:50', '03:40']);
  });

  test('an override replaces the windows of its date alone', () => {
    const overrides = [{ date: TUESDAY, windows: windows('14:00-15:00') }];
    const resources = [berlin({ weekly: daily('09:00-10:00'), overrides })];
    expect(datedStarts({ service: hour, resources, days: 2 })).toEqual(['24 14:00', '25 09:00']);
  });

  test('an override without windows closes its date', () => {
    const resources = [berlin({ weekly: daily('09:00-10:00'), overrides: [{ date: TUESDAY, windows: [] }] })];
    expect(datedStarts({ service: hour, resources, days: 2 })).toEqual(['25 09:00']);
  });

  test('an override opens a date that is closed otherwise', () => {
    const resources = [berlin({ overrides: [{ date: TUESDAY, windows: windows('09:00-10:00', '11:00-12:00') }] })];
    expect(starts({ service: hour, resources })).toEqual(['09:00', '11:00']);
  });

  test('a shift that began the evening before stays when its morning is closed by an override', () => {
    const resources = [berlin({ weekly: daily('22:00-02:00'), overrides: [{ date: TUESDAY, windows: [] }] })];
    expect(datedStarts({ service: hour, resources, days: 2 })).toEqual([
      '24 00:00',
      '24 01:00',
      '25 22:00',
      '25 23:00',
    ]);
  });

  test('an override may run past midnight', () => {
    const resources = [berlin({ overrides: [{ date: TUESDAY, windows: windows('23:00-01:00') }] })];
    expect(datedStarts({ service: hour, resources, days: 2 })).toEqual(['24 23:00', '25 00:00']);
  });

  test('validFrom and validTo are the first and the last date of the weekly windows', () => {
    const resources = [berlin({ weekly: daily('09:00-10:00'), validFrom: '2026-11-25', validTo: '2026-11-26' })];
    expect(datedStarts({ service: hour, resources, days: 5 })).toEqual(['25 09:00', '26 09:00']);
  });

  test('a shift that starts on the last valid date runs to its end', () => {
    const resources = [berlin({ weekly: daily('23:00-01:00'), validFrom: TUESDAY, validTo: TUESDAY })];
    expect(datedStarts({ service: hour, resources, days: 3 })).toEqual(['24 23:00', '25 00:00']);
  });

  test('an override holds outside the valid dates', () => {
    const overrides = [{ date: TUESDAY, windows: windows('09:00-10:00') }];
    const resources = [berlin({ weekly: daily('12:00-13:00'), validFrom: '2026-11-25', overrides })];
    expect(datedStarts({ service: hour, resources, days: 2 })).toEqual(['24 09:00', '25 12:00']);
  });
});

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

describe('range, notice and horizon', () => {
  const day = [berlin({ weekly: daily('08:00-12:00') })];

  test('a start at the beginning of the range counts, one at its end does not, and a slot may end after it', () => {
    const asked = { from: `${TUESDAY}T09:00:00+01:00`, to: `${TUESDAY}T11:00:00+01:00` };
    expect(spans({ service: { durationMinutes: 90, stepMinutes: 60 }, resources: day, range: asked })).toEqual([
      '09:00-10:30',
      '10:00-11:30',
    ]);
  });

  test('a range that begins a second after a start leaves it out, one that ends a second after takes it', () => {
    const asked = { from: `${TUESDAY}T09:00:01+01:00`, to: `${TUESDAY}T11:00:01+01:00` };
    expect(starts({ service: hour, resources: day, range: asked })).toEqual(['10:00', '11:00']);
  });

  test('exactly at the notice is allowed', () => {
    const service = { ...hour, noticeMinutes: 120 };
    expect(starts({ service, resources: day, now: `${TUESDAY}T08:00:00+01:00` })).toEqual(['10:00', '11:00']);
  });

  test('a millisecond inside the notice is not', () => {
    const service = { ...hour, noticeMinutes: 120 };
    expect(starts({ service, resources: day, now: `${TUESDAY}T08:00:00.001+01:00` })).toEqual(['11:00']);
  });

  test('without a notice nothing starts in the past', () => {
    expect(starts({ service: hour, resources: day, now: `${TUESDAY}T10:00:00+01:00` })).toEqual(['10:00', '11:00']);
  });

  test('without a now nothing is past', () => {
    expect(starts({ service: hour, resources: day, date: '2019-11-26' })).toEqual(['08:00', '09:00', '10:00', '11:00']);
  });

  test('notice is real time across a change of the clock', () => {
    const service = { ...hour, noticeMinutes: 180 };
    const resources = [berlin({ weekly: daily('00:00-06:00') })];
    expect(starts({ service, resources, date: '2026-03-29', now: '2026-03-29T00:00:00+01:00' })).toEqual([
      '04:00',
      '05:00',
    ]);
  });

  test('the horizon counts local dates, not hours', () => {
    const service: CaseService = { durationMinutes: 120, stepMinutes: 60, horizonDays: 1 };
    const resources = [berlin({ weekly: daily('22:00-24:00') })];
    const now = `${TUESDAY}T00:00:00+01:00`;
    expect(datedStarts({ service, resources, days: 4, now })).toEqual(['24 22:00', '25 22:00']);
    const lateNow = `${TUESDAY}T21:59:59+01:00`;
    expect(datedStarts({ service, resources, days: 4, now: lateNow })).toEqual(['24 22:00', '25 22:00']);
  });

  test('a horizon of 0 days is today', () => {
    const resources = [berlin({ weekly: daily('09:00-10:00') })];
    const service = { ...hour, horizonDays: 0 };
    expect(datedStarts({ service, resources, days: 3, now: `${TUESDAY}T00:00:00+01:00` })).toEqual(['24 09:00']);
  });

  test('today is the date in the zone of the schedule', () => {
    const zone = 'Pacific/Auckland';
    const resources: CaseResource[] = [{ id: 'mere', timeZone: zone, weekly: daily('09:00-10:00') }];
    const service = { ...hour, horizonDays: 0 };
    // In Auckland it is already 01:00 on the 24th.
    const now = '2026-11-23T12:00:00Z';
    expect(datedStarts({ service, resources, zone, date: '2026-11-23', days: 3, now })).toEqual(['24 09:00']);
  });

  test('a shift past midnight crosses the horizon at midnight', () => {
    const resources = [berlin({ weekly: daily('23:00-01:00') })];
    const service = { ...hour, horizonDays: 0 };
    const now = `${TUESDAY}T12:00:00+01:00`;
    expect(datedStarts({ service, resources, days: 3, now })).toEqual(['24 23:00']);
  });
});

describe('changes of the clock', () => {
  const halfHour: CaseService = { durationMinutes: 30, stepMinutes: 30 };

  test.each<[string, string, string, string, CaseService, string[]]>([
    [
      'the hour that is left out offers nothing',
      BERLIN,
      '2026-03-29',
      '01:00-04:00',
      hour,
      ['01:00+01:00', '03:00+02:00'],
    ],
    [
      'an opening in the gap moves forward',
      BERLIN,
      '2026-03-29',
      '02:30-05:00',
      halfHour,
      ['03:30+02:00', '04:00+02:00', '04:30+02:00'],
    ],
    [
      'a grid from an opening in the gap counts from where it moved',
      BERLIN,
      '2026-03-29',
      '02:30-05:00',
      { durationMinutes: 40, stepMinutes: 40 },
      ['03:30+02:00', '04:10+02:00'],
    ],
    [
      'a grid from before the gap counts in real time through it',
      BERLIN,
      '2026-03-29',
      '01:00-05:00',
      { durationMinutes: 40, stepMinutes: 40 },
      ['01:00+01:00', '01:40+01:00', '03:20+02:00', '04:00+02:00'],
    ],
    [
      'the afternoon of the spring day keeps its hours',
      BERLIN,
      '2026-03-29',
      '13:00-15:00',
      hour,
      ['13:00+02:00', '14:00+02:00'],
    ],
    [
      'both passes of the repeated hour count',
      BERLIN,
      '2026-10-25',
      '01:00-04:00',
      hour,
      ['01:00+02:00', '02:00+02:00', '02:00+01:00', '03:00+01:00'],
    ],
    [
      'an ambiguous opening is the earlier one',
      BERLIN,
      '2026-10-25',
      '02:30-03:30',
      halfHour,
      ['02:30+02:00', '02:00+01:00', '02:30+01:00', '03:00+01:00'],
    ],
    [
      'an ambiguous closing is the earlier one',
      BERLIN,
      '2026-10-25',
      '01:00-02:30',
      { ...hour, stepMinutes: 30 },
      ['01:00+02:00', '01:30+02:00'],
    ],
    [
      'the midnight grid counts both passes too',
      BERLIN,
      '2026-10-25',
      '00:00-04:00',
      { durationMinutes: 15, stepMinutes: 75, grid: 'midnight' },
      ['00:00+02:00', '01:15+02:00', '02:30+02:00', '02:30+01:00', '03:45+01:00'],
    ],
    [
      'a zone that repeats half an hour repeats its half hour',
      'Australia/Lord_Howe',
      '2026-04-05',
      '01:00-03:00',
      halfHour,
      ['01:00+11:00', '01:30+11:00', '01:30+10:30', '02:00+10:30', '02:30+10:30'],
    ],
    [
      'a zone that leaves out half an hour has no full hour there',
      'Australia/Lord_Howe',
      '2026-10-04',
      '01:00-03:30',
      { durationMinutes: 30, stepMinutes: 60 },
      ['01:00+10:30', '03:00+11:00'],
    ],
    [
      'a day that begins at one begins at one',
      'America/Havana',
      '2026-03-08',
      '00:00-03:00',
      hour,
      ['01:00-04:00', '02:00-04:00'],
    ],
    [
      'a 45-minute zone keeps to its own clock',
      'Asia/Kathmandu',
      TUESDAY,
      '09:00-11:00',
      hour,
      ['09:00+05:45', '10:00+05:45'],
    ],
    [
      'a half-hour zone keeps to its own clock',
      'America/St_Johns',
      TUESDAY,
      '12:30-15:00',
      hour,
      ['13:00-03:30', '14:00-03:30'],
    ],
  ])('%s', (_name, zone, date, window, service, expected) => {
    const resources: CaseResource[] = [{ id: 'anna', timeZone: zone, weekly: daily(window) }];
    expect(offsetStarts({ service, resources, zone, date })).toEqual(expected);
  });

  test('a night shift over the spring change is an hour shorter', () => {
    const resources = [berlin({ weekly: [weekly(['sa'], '23:00-05:00')] })];
    const fits = (durationMinutes: number): string[] =>
      starts({ service: { durationMinutes, stepMinutes: 60 }, resources, date: '2026-03-28', days: 2 });
    expect(fits(300)).toEqual(['23:00']);
    expect(fits(301)).toEqual([]);
  });

  test('a night shift over the autumn change is an hour longer', () => {
    const resources = [berlin({ weekly: [weekly(['sa'], '23:00-05:00')] })];
    const fits = (durationMinutes: number): string[] =>
      starts({ service: { durationMinutes, stepMinutes: 60 }, resources, date: '2026-10-24', days: 2 });
    expect(fits(420)).toEqual(['23:00']);
    expect(fits(421)).toEqual([]);
  });
});

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
