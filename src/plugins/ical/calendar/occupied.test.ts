import { expect, test } from 'vitest';
import { zoneNamed, type Zone } from '../../../plugin.ts';
import { UnreadableCalendar } from './jcal.ts';
import { occupiedIn, type Occupied } from './occupied.ts';
import { loadParser } from './parser.ts';

const parse = await loadParser();

const zone = (name: string): Zone => {
  const lookup = zoneNamed(name);
  return lookup.ok ? lookup.zone : expect.fail(name);
};
const at = (text: string): number => Date.parse(text);

const read = (lines: string, own = 'Europe/Berlin', from = '2026-03-01T00:00Z', to = '2026-04-30T00:00Z'): Occupied => {
  const text = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${lines.trim().replaceAll(/\n\s*/g, '\r\n')}\r\nEND:VCALENDAR\r\n`;
  return occupiedIn(parse(text), { fromMs: at(from), toMs: at(to), zone: zone(own) });
};
const event = (lines: string): string => `BEGIN:VEVENT\n${lines.trim()}\nEND:VEVENT`;
const spoken = ({ intervals }: Occupied): string[] =>
  Array.from({ length: intervals.length / 2 }, (_, i) =>
    [intervals[i * 2], intervals[i * 2 + 1]].map((ms) => new Date(ms ?? NaN).toISOString().slice(5, 16)).join('/'),
  );
const busy = (lines: string, own?: string): string[] => spoken(read(lines, own));

test('an event occupies its time, in UTC, in a zone and without one', () => {
  expect(busy(event('DTSTART:20260310T090000Z\nDTEND:20260310T100000Z'))).toEqual(['03-10T09:00/03-10T10:00']);
  expect(busy(event('DTSTART;TZID=America/New_York:20260310T090000\nDURATION:PT1H30M'))).toEqual([
    '03-10T13:00/03-10T14:30',
  ]);
  expect(busy(event('DTSTART:20260310T090000\nDTEND:20260310T100000'))).toEqual(['03-10T08:00/03-10T09:00']);
});

test('a whole day is a day of the resource’s zone, also when the clock changes in it', () => {
  const day = event('DTSTART;VALUE=DATE:20260329');
  expect(busy(day, 'Europe/Berlin')).toEqual(['03-28T23:00/03-29T22:00']);
  expect(busy(day, 'Asia/Tokyo')).toEqual(['03-28T15:00/03-29T15:00']);
  expect(busy(event('DTSTART;VALUE=DATE:20260310\nDTEND;VALUE=DATE:20260312'))).toEqual(['03-09T23:00/03-11T23:00']);
});

test.each(['TRANSP:TRANSPARENT', 'STATUS:CANCELLED', 'status:cancelled'])('%s occupies nothing', (line) => {
  expect(busy(event(`DTSTART:20260310T090000Z\nDTEND:20260310T100000Z\n${line}`))).toEqual([]);
});

test('a tentative event occupies its time, an event that lasts no time none', () => {
  expect(busy(event('DTSTART:20260310T090000Z\nDTEND:20260310T100000Z\nSTATUS:TENTATIVE'))).toHaveLength(1);
  expect(busy(event('DTSTART:20260310T090000Z'))).toEqual([]);
  expect(busy(event('DTSTART:20260310T090000Z\nRRULE:FREQ=SECONDLY'))).toEqual([]);
});

test('a series keeps to the wall clock over a change of it', () => {
  const weekly = event(
    'DTSTART;TZID=Europe/Berlin:20260323T090000\nDTEND;TZID=Europe/Berlin:20260323T100000\nRRULE:FREQ=WEEKLY;COUNT=2',
  );
  expect(busy(weekly)).toEqual(['03-23T08:00/03-23T09:00', '03-30T07:00/03-30T08:00']);
});

test('exceptions, further dates and periods of a series', () => {
  const series = event(`
    UID:a
    DTSTART;TZID=Europe/Berlin:20260302T090000
    DTEND;TZID=Europe/Berlin:20260302T100000
    RRULE:FREQ=DAILY;UNTIL=20260305T080000Z
    EXDATE;TZID=Europe/Berlin:20260303T090000
    EXDATE:20260304T080000Z
    RDATE;TZID=Europe/Berlin:20260310T090000
    RDATE;VALUE=PERIOD:20260311T090000Z/PT15M`);
  expect(busy(series)).toEqual([
    '03-02T08:00/03-02T09:00',
    '03-05T08:00/03-05T09:00',
    '03-10T08:00/03-10T09:00',
    '03-11T09:00/03-11T09:15',
  ]);
});

const master = event('UID:a\nDTSTART:20260302T090000Z\nDTEND:20260302T100000Z\nRRULE:FREQ=DAILY;COUNT=4');

test('a changed occurrence occupies its new time alone, a cancelled one none', () => {
  const moved = event('UID:a\nRECURRENCE-ID:20260303T090000Z\nDTSTART:20260303T120000Z\nDTEND:20260303T123000Z');
  const cancelled = event('UID:a\nRECURRENCE-ID:20260304T090000Z\nDTSTART:20260304T090000Z\nSTATUS:CANCELLED');
  const stranger = event('UID:b\nRECURRENCE-ID:20260305T090000Z\nSTATUS:CANCELLED');
  expect(busy([moved, master, cancelled, stranger].join('\n'))).toEqual([
    '03-02T09:00/03-02T10:00',
    '03-03T12:00/03-03T12:30',
    '03-05T09:00/03-05T10:00',
  ]);
});

test('a change of this and all that follow moves them all', () => {
  const later = event(
    'UID:a\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260304T090000Z\nDTSTART:20260304T150000Z\nDTEND:20260304T170000Z',
  );
  expect(busy([master, later].join('\n'))).toEqual([
    '03-02T09:00/03-02T10:00',
    '03-03T09:00/03-03T10:00',
    '03-04T15:00/03-04T17:00',
    '03-05T15:00/03-05T17:00',
  ]);
});

const OFFICE_ZONE = `
  BEGIN:VTIMEZONE
  TZID:Mitteleuropa
  BEGIN:STANDARD
  DTSTART:16010101T030000
  TZOFFSETFROM:+0200
  TZOFFSETTO:+0100
  RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
  END:STANDARD
  BEGIN:DAYLIGHT
  DTSTART:16010101T020000
  TZOFFSETFROM:+0100
  TZOFFSETTO:+0200
  RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
  END:DAYLIGHT
  END:VTIMEZONE`;

test('a zone that the calendar describes itself is read from there, and has the hours of the real one', () => {
  for (const day of ['20260328', '20260329', '20260330', '20260310']) {
    const times = (tzid: string): string =>
      event(`DTSTART;TZID=${tzid}:${day}T013000\nDTEND;TZID=${tzid}:${day}T043000`);
    expect(busy(`${OFFICE_ZONE}\n${times('Mitteleuropa')}`, 'Asia/Tokyo')).toEqual(busy(times('Europe/Berlin')));
  }
  expect(busy(event('DTSTART;TZID=/maker.example/2024a/America/New_York:20260310T090000\nDURATION:PT1H'))).toEqual([
    '03-10T13:00/03-10T14:00',
  ]);
});

test('a zone that nobody knows is named, and read as the resource’s own', () => {
  const found = read(event('DTSTART;TZID=Atlantis:20260310T090000\nDURATION:PT1H'));
  expect(found.problems).toEqual(['ZONE_UNKNOWN']);
  expect(spoken(found)).toEqual(['03-10T08:00/03-10T09:00']);
});

test('free/busy times occupy, unless they are free', () => {
  const lines = `
    BEGIN:VFREEBUSY
    FREEBUSY:20260310T090000Z/PT1H,20260310T120000Z/20260310T130000Z
    FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20260311T090000Z/PT1H
    FREEBUSY;FBTYPE=X-SOMETHING:20260312T090000Z/PT1H
    FREEBUSY;FBTYPE=FREE:20260313T090000Z/PT1H
    END:VFREEBUSY`;
  expect(busy(lines).map((text) => text.slice(0, 11))).toEqual([
    '03-10T09:00',
    '03-10T12:00',
    '03-11T09:00',
    '03-12T09:00',
  ]);
});

test('what is denser than can be looked at is occupied from there on', () => {
  const found = read(event('DTSTART:20260302T090000Z\nDURATION:PT0S\nRRULE:FREQ=SECONDLY\nDTEND:20260302T090001Z'));
  expect(found.problems).toEqual(['TOO_DENSE']);
  expect(spoken(found)).toEqual(['03-02T09:00/04-30T00:00']);
});

test('an event whose rule is not understood occupies everything', () => {
  const found = read(event('DTSTART:20260302T090000Z\nDURATION:PT1H\nRRULE:RSCALE=CHINESE;FREQ=YEARLY'));
  expect(found.problems).toEqual(['EVENT_UNREADABLE']);
  expect(spoken(found)).toEqual(['03-01T00:00/04-30T00:00']);
});

test('what is no calendar is no empty calendar', () => {
  expect(() => occupiedIn(['vcard', [], []], { fromMs: 0, toMs: 1, zone: zone('UTC') })).toThrow('no calendar');
  expect(() => occupiedIn({}, { fromMs: 0, toMs: 1, zone: zone('UTC') })).toThrow('no calendar');
});

test.each([
  'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20260310T090000Z\r\n',
  'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n',
  'BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nEND:VTIMEZONEBEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n',
  '<html>Please log in</html>',
  '',
])('text that is cut or no calendar cannot be read: %j', (text) => {
  expect(() => parse(text)).toThrow(UnreadableCalendar);
});

test('lines may be folded, end in any way, and begin with a mark of byte order', () => {
  const text =
    '\uFEFFBEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:2026\n 0310T090000Z\r\nDURATION:PT1H\nEND:VEVENT\nEND:VCALENDAR';
  const found = occupiedIn(parse(text), {
    fromMs: at('2026-03-01T00:00Z'),
    toMs: at('2026-04-01T00:00Z'),
    zone: zone('UTC'),
  });
  expect(spoken(found)).toEqual(['03-10T09:00/03-10T10:00']);
});
