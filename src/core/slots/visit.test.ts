import { expect, test } from 'vitest';
import { compileVisit } from './visit.ts';

const cut = { id: 'cut', segments: [{ durationMinutes: 30 }], bufferBeforeMinutes: 5, bufferAfterMinutes: 10 };
const dye = { id: 'dye', segments: [{ durationMinutes: 60 }], bufferBeforeMinutes: 15 };
const MINUTE_MS = 60_000;

test('has the buffers of what is done first and last', () => {
  const { bufferBeforeMs, bufferAfterMs, spanMs } = compileVisit({ services: [cut, dye], stepMinutes: 15 });
  expect([bufferBeforeMs, bufferAfterMs, spanMs]).toEqual([5 * MINUTE_MS, 0, 90 * MINUTE_MS]);
});

test('in any order every order is tried, sorted by the places in the list', () => {
  const wash = { id: 'wash', segments: [{ durationMinutes: 10 }] };
  const { orders = [] } = compileVisit({ services: [cut, dye, wash], order: 'any', stepMinutes: 15 });
  expect(orders.map(({ segments }) => segments.map(({ serviceId }) => serviceId?.[0]).join(''))).toEqual([
    ...['cdw', 'cwd', 'dcw', 'dwc', 'wcd', 'wdc'],
  ]);
});

test('a wait between services is a gap with a choice, and none follows the last', () => {
  const { minGapsMs, maxGapsMs } = compileVisit({ services: [cut, dye], maxWaitMinutes: 20, stepMinutes: 15 });
  expect([minGapsMs, maxGapsMs]).toEqual([[0], [20 * MINUTE_MS]]);
});
