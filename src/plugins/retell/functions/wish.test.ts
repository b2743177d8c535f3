import { expect, test } from 'vitest';
import { zoneNamed, type Zone } from '../../../plugin.ts';
import { readWish, type Wish, type WishFields } from './wish.ts';

const found = zoneNamed('Europe/Berlin');
const berlin: Zone = found.ok ? found.zone : expect.fail();
const nowMs = Date.parse('2026-11-23T08:00:00+01:00');
const at = (iso: string): number => Date.parse(iso);

const wish = (fields: WishFields): Wish => {
  const reading = readWish(fields, berlin, nowMs);
  return reading.ok ? reading.wish : expect.fail(JSON.stringify(reading));
};
const why = (fields: WishFields): string => {
  const reading = readWish(fields, berlin, nowMs);
  return reading.ok ? 'none' : reading.why === 'fields' ? `fields:${reading.errors[0]?.path ?? ''}` : reading.why;
};

test('a date is the whole of that day in the zone', () => {
  expect(wish({ date: '2026-11-24' })).toMatchObject({
    fromMs: at('2026-11-24T00:00+01:00'),
    toMs: at('2026-11-25T00:00+01:00'),
  });
});

test('a day that changes its clocks has 23 or 25 hours', () => {
  const spring = wish({ date: '2027-03-28' });
  expect((spring.toMs ?? 0) - spring.fromMs).toBe(23 * 3_600_000);
  const autumn = wish({ date: '2027-10-31' });
  expect((autumn.toMs ?? 0) - autumn.fromMs).toBe(25 * 3_600_000);
});

test('today begins now', () => {
  expect(wish({ date: '2026-11-23' }).fromMs).toBe(nowMs);
});

test('a date with a time is one exact start, local unless it carries an offset', () => {
  const start = at('2026-11-24T14:30:00+01:00');
  for (const fields of [
    { date: '2026-11-24', time: '14:30' },
    { date: '2026-11-24T14:30' },
    { date: '2026-11-24 14:30:00' },
    { date: '2026-11-24T14:30:00+01:00' },
    { date: '2026-11-24T13:30:00Z' },
  ])
    expect(wish(fields).exactMs).toBe(start);
  expect(wish({ date: '2026-11-24', time: '9' }).exactMs).toBe(at('2026-11-24T09:00:00+01:00'));
});

test('from and to take times of the date, whole dates, or both', () => {
  expect(wish({ date: '2026-11-24', from: '10:00', to: '12:30' })).toMatchObject({
    fromMs: at('2026-11-24T10:00+01:00'),
    toMs: at('2026-11-24T12:30+01:00'),
  });
  expect(wish({ from: '2026-11-24', to: '2026-11-26' })).toMatchObject({
    fromMs: at('2026-11-24T00:00+01:00'),
    toMs: at('2026-11-27T00:00+01:00'),
  });
  expect(wish({ from: '2026-11-24T10:00' })).toMatchObject({ fromMs: at('2026-11-24T10:00+01:00'), toMs: undefined });
});

test('a part of the day narrows a date, and filters where no date is named', () => {
  expect(wish({ date: '2026-11-24', part_of_day: 'afternoon' })).toMatchObject({
    fromMs: at('2026-11-24T12:00+01:00'),
    toMs: at('2026-11-24T18:00+01:00'),
  });
  expect(wish({ part_of_day: 'morning' })).toMatchObject({ fromMs: nowMs, toMs: undefined, within: { toMinute: 720 } });
});

test('nothing at all means from now on', () => {
  expect(wish({})).toEqual({ fromMs: nowMs, toMs: undefined, exactMs: undefined, within: undefined });
});

test('a range is never longer than 62 days', () => {
  const long = wish({ from: '2026-12-01', to: '2027-12-01' });
  expect((long.toMs ?? 0) - long.fromMs).toBe(62 * 86_400_000);
});

test('a time without a day is asked back, never guessed', () => {
  expect(why({ time: '14:30' })).toBe('day-missing');
  expect(why({ from: '10:00' })).toBe('day-missing');
});

test('what is over is refused, a year that was made up too', () => {
  expect(why({ date: '2024-11-24' })).toBe('past');
  expect(why({ date: '2026-11-23', time: '07:59' })).toBe('past');
  expect(why({ from: '2026-11-01', to: '2026-11-22' })).toBe('past');
});

test('what makes no sense is refused by its field', () => {
  expect(why({ date: 'next Tuesday' })).toBe('fields:date');
  expect(why({ date: '2026-02-30' })).toBe('fields:date');
  expect(why({ date: '14:30' })).toBe('fields:date');
  expect(why({ date: '2026-11-24', time: '25:00' })).toBe('fields:time');
  expect(why({ date: '2026-11-24', time: '2026-11-24' })).toBe('fields:time');
  expect(why({ from: 'soon' })).toBe('fields:from');
  expect(why({ to: '2026-13-01' })).toBe('fields:to');
  expect(why({ from: '2026-11-26', to: '2026-11-24' })).toBe('fields:to');
});
