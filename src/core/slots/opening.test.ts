import { expect, test } from 'vitest';
import { open, spans } from './explain.scene.ts';
import type { CompiledSchedule } from './schedule.ts';

const day = spans('00:00-23:59');
const hoursOf = ({ openingIn }: CompiledSchedule): string[] => {
  const { open: list } = openingIn(day[0] ?? NaN, day[1] ?? NaN);
  const texts = Array.from(list, (ms) => new Date(ms + 3_600_000).toISOString().slice(8, 16).replace('T', ' '));
  return texts.flatMap((text, index) =>
    index % 2 === 0 && text.startsWith('24') ? [`${text}-${texts[index + 1] ?? ''}`] : [],
  );
};

test('each window is cut to the hours of all schedules it lies within', () => {
  const within = [open('08:00-11:00'), open('10:00-18:00')];
  expect(hoursOf(open('09:00-17:00', { within }))).toEqual(['24 10:00-24 11:00']);
});

test('a window falls into pieces where the others do', () => {
  const lunch = open('09:00-17:00', { timeOff: spans('12:00-13:00') });
  expect(hoursOf(open('10:00-15:00', { within: [lunch] }))).toEqual(['24 10:00-24 12:00', '24 13:00-24 15:00']);
});

test('a night stays whole across midnight within hours that touch there', () => {
  expect(hoursOf(open('22:00-02:00', { within: [open('00:00-00:00')] }))).toEqual(['24 22:00-25 02:00']);
});

test('windows that overlap keep apart, with their own starts', () => {
  const { openingIn } = open('09:00-10:00', { within: [open('00:00-00:00')] });
  expect(openingIn(day[0] ?? NaN, day[1] ?? NaN).overlapping).toBe(false);
  expect(open('20:00-19:00').openingIn(day[0] ?? NaN, day[1] ?? NaN).overlapping).toBe(false);
});
