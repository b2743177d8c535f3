import { expect, test } from 'vitest';
import { formatLocalDate } from '../time/localDate.ts';
import { open, resource, service, spans, tuesday, written, zone } from './explain.scene.ts';
import { countPerDay, firstOfEachDay } from './perDay.ts';
import type { FindQuestion, SlotResource } from './question.ts';

const hour = service();

function question(range: FindQuestion['range'], ...resources: readonly SlotResource[]): FindQuestion {
  return { service: hour, range, resources };
}

/** `2026-11-24 3` for each date. */
function counts(asked: FindQuestion): string[] {
  return countPerDay(asked).map(({ day, count }) => `${formatLocalDate(day)} ${count}`);
}

/** The day of the month and the time of the first start of each date. */
function firsts(asked: FindQuestion): string[] {
  const { found, indices } = firstOfEachDay(asked);
  return indices.map((index) => written(found.startsMs[index]));
}

const instants = (from: string, to: string): FindQuestion['range'] => ({
  fromMs: Date.parse(from),
  toMs: Date.parse(to),
});

test('every date that the range touches is counted, those without a start too', () => {
  const anna = resource('anna', { busy: spans('25 09:00-25 12:00', '26 09:00-26 10:00') });
  expect(counts(question(tuesday('27'), anna))).toEqual(['2026-11-24 3', '2026-11-25 0', '2026-11-26 2']);
  expect(firsts(question(tuesday('27'), anna))).toEqual(['24 09:00', '26 10:00']);
});

test('a range that begins and ends within a date touches it', () => {
  const range = instants('2026-11-24T10:30:00+01:00', '2026-11-25T09:00:00.001+01:00');
  expect(counts(question(range, resource('anna')))).toEqual(['2026-11-24 1', '2026-11-25 1']);
  expect(counts(question({ fromMs: range.fromMs, toMs: range.fromMs }, resource('anna')))).toEqual([]);
});

test('dates are those of the first resource', () => {
  const tokyo = resource('kiri', { schedule: open('00:00-24:00', { zone: zone('Asia/Tokyo') }) });
  const range = instants('2026-11-24T00:00:00+01:00', '2026-11-24T17:00:00+01:00');
  expect(counts(question(range, tokyo))).toEqual(['2026-11-24 16', '2026-11-25 1']);
  const berlin = resource('anna', { busy: spans('09:00-12:00') });
  expect(counts(question(range, berlin, tokyo))).toEqual(['2026-11-24 17']);
});

test('a change of the clock makes a date longer or shorter', () => {
  const anna = resource('anna', { schedule: open('00:00-24:00') });
  expect(counts(question(instants('2026-03-29T00:00:00+01:00', '2026-03-30T00:00:00+02:00'), anna))).toEqual([
    '2026-03-29 23',
  ]);
  expect(counts(question(instants('2026-10-25T00:00:00+02:00', '2026-10-26T00:00:00+01:00'), anna))).toEqual([
    '2026-10-25 25',
  ]);
});

test('a clock that falls back across midnight counts into the date that it shows', () => {
  // At 00:01 the clock of St. John's fell back to 23:01 of the day before.
  const johns = resource('jo', { schedule: open('00:00-24:00', { zone: zone('America/St_Johns') }) });
  const range = instants('2006-10-29T00:00:00-02:30', '2006-10-29T00:30:00-03:30');
  const asked = { ...question(range, johns), service: service({ stepMinutes: 30 }) };
  expect(counts(asked)).toEqual(['2006-10-28 1', '2006-10-29 2']);
  expect(firstOfEachDay(asked).indices).toEqual([0, 1]);
});

test('a date that a zone skipped has no entry', () => {
  const apia = resource('sina', { schedule: open('00:00-24:00', { zone: zone('Pacific/Apia') }) });
  const range = instants('2011-12-29T00:00:00-10:00', '2012-01-01T00:00:00+14:00');
  expect(counts(question(range, apia))).toEqual(['2011-12-29 24', '2011-12-31 24']);
});
