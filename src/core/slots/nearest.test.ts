import { expect, test } from 'vitest';
import { at, resource, service, spans, tuesday, written } from './explain.scene.ts';
import { nearestTo } from './nearest.ts';
import type { FindQuestion, SlotResource } from './question.ts';
import type { CompiledService } from './service.ts';

const hour = service();

function question(asked: Partial<FindQuestion> = {}, ...resources: readonly SlotResource[]): FindQuestion {
  return { service: hour, range: tuesday('27'), resources, ...asked };
}

/** `before / after`. */
function around(asked: FindQuestion, start: string): string {
  const { previousMs, nextMs } = nearestTo(asked, at(start));
  return `${written(previousMs)} / ${written(nextMs)}`;
}

test('the nearest starts lie before and after, never at the instant itself', () => {
  const anna = resource('anna', { busy: spans('10:00-11:00') });
  expect(around(question({}, anna), '10:00')).toBe('24 09:00 / 24 11:00');
  expect(around(question({}, anna), '11:00')).toBe('24 09:00 / 25 09:00');
  expect(around(question({}, anna), '10:59')).toBe('24 09:00 / 24 11:00');
});

test('they lie in the range', () => {
  const anna = resource('anna');
  expect(around(question({}, anna), '09:00')).toBe(' / 24 10:00');
  expect(around(question({}, anna), '26 11:00')).toBe('26 10:00 / ');
  expect(around(question({}, anna), '23 10:00')).toBe(' / 24 09:00');
  expect(around(question({}, anna), '30 10:00')).toBe('26 11:00 / ');
  expect(around(question({}, resource('anna', { busy: spans('00:00-28 00:00') })), '25 10:00')).toBe(' / ');
});

test('they are found beyond weeks that are full', () => {
  const year = { fromMs: at('00:00') - 200 * 86_400_000, toMs: at('00:00') + 200 * 86_400_000 };
  const busy = Float64Array.of(year.fromMs + 2 * 86_400_000, year.toMs - 2 * 86_400_000);
  const { previousMs = NaN, nextMs = NaN } = nearestTo(
    question({ range: year }, resource('anna', { busy })),
    at('10:00'),
  );
  expect(previousMs).toBeLessThan(year.fromMs + 2 * 86_400_000);
  expect(previousMs).toBeGreaterThan(year.fromMs + 86_400_000);
  expect(nextMs).toBeGreaterThanOrEqual(year.toMs - 2 * 86_400_000);
  expect(nextMs).toBeLessThan(year.toMs - 86_400_000);
});

/** The longest length at 10:00. */
function longest(asked: CompiledService, ...resources: readonly SlotResource[]): number | undefined {
  return nearestTo(question({ service: asked }, ...resources), at('10:00')).longestMinutes;
}

test('the longest length that would be free is counted in whole minutes', () => {
  expect(longest(hour, resource('anna', { busy: spans('10:37-11:00') }))).toBe(37);
  expect(
    longest(hour, resource('anna', { busy: spans('10:37-11:00') }), resource('ben', { busy: spans('10:45-11:00') })),
  ).toBe(45);
  expect(longest(service({ bufferAfterMinutes: 10 }), resource('anna', { busy: spans('10:37-11:00') }))).toBe(27);
  expect(longest(hour, resource('anna', { busy: spans('10:01-11:00') }))).toBe(1);
});

test('there is none where nothing, or everything, is free', () => {
  expect(longest(hour, resource('anna', { busy: spans('10:00-10:01') }))).toBeUndefined();
  expect(longest(hour, resource('anna'))).toBeUndefined();
  expect(
    nearestTo(question({}, resource('anna', { busy: spans('10:37-11:00') })), at('30 10:00')).longestMinutes,
  ).toBeUndefined();
});

test('own lengths do not keep a shorter one from being found', () => {
  const own = service({ segments: [{ durationMinutes: 30, durationMinutesOf: { anna: 60 } }] });
  expect(longest(own, resource('anna', { busy: spans('10:45-11:00') }))).toBe(45);
});

test('appointments of several segments have no other length', () => {
  const segments = [{ durationMinutes: 30 }, { durationMinutes: 30 }];
  expect(longest(service({ segments }), resource('anna', { busy: spans('10:37-11:00') }))).toBeUndefined();
});
