import { expect, test } from 'vitest';
import { at, resource, service, spans, written } from './explain.scene.ts';
import { findSlots } from './find.ts';
import { slotsOf } from './found.ts';
import type { FindQuestion, Session } from './question.ts';

const session = (start: string, taken: number, ...ids: string[]): Session => ({
  startMs: at(start),
  taken,
  resources: ids,
});
function offered(sessions: readonly Session[], rest: Partial<FindQuestion> = {}): string[] {
  const resources = [resource('anna', { busy: spans('09:00-10:00') }), resource('ben', { busy: spans('09:00-11:00') })];
  const range = { fromMs: at('08:00'), toMs: at('13:00') };
  return slotsOf(findSlots({ service: service({ seats: 4 }), resources, sessions, range, ...rest })).map(
    ({ startMs, seatsLeft, resources: ids }) => `${written(startMs).slice(3)} ${seatsLeft} ${ids.join()}`,
  );
}

test('a session with seats left is offered among new ones', () => {
  expect(offered([session('09:00', 1, 'anna')])).toEqual(['09:00 3 anna', '10:00 4 anna', '11:00 4 anna']);
});

test('it may start off the grid and outside opening hours', () => {
  expect(offered([session('08:20', 1, 'anna'), session('12:30', 2, 'ben')])).toEqual([
    ...['08:20 3 anna', '10:00 4 anna', '11:00 4 anna', '12:30 2 ben'],
  ]);
});

test('it comes before a new one, and of several the first listed that has room', () => {
  const sessions = [session('10:00', 4, 'ben'), session('10:00', 1, 'ben'), session('10:00', 2, 'anna')];
  expect(offered(sessions)[0]).toBe('10:00 3 ben');
});

test('a full one leaves its start to a new one, and a large party joins none', () => {
  expect(offered([session('10:00', 4, 'ben')])[0]).toBe('10:00 4 anna');
  expect(offered([session('10:00', 0, 'ben')], { partySize: 5 })).toEqual([]);
});

test('joining reaches no limit of the resource, but that of the customer', () => {
  const limits = { perDay: 0, booked: new Float64Array(0) };
  const resources = [resource('anna', { limits })];
  expect(offered([session('09:00', 1, 'anna')], { resources })).toEqual(['09:00 3 anna']);
  expect(offered([session('09:00', 1, 'anna')], { customer: { limits } })).toEqual([]);
});
