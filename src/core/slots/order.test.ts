import { expect, test } from 'vitest';
import { resource, service } from './explain.scene.ts';
import { orderOf } from './order.ts';
import type { SlotResource } from './question.ts';
import type { AssignBy } from './service.ts';

function ids(assignBy: AssignBy, each: Readonly<Record<string, Partial<SlotResource>>>, prefer?: string[]): string {
  const resources = Object.entries(each).map(([id, rest]) => resource(id, rest));
  const question = { service: service({ assignBy }), resources, ...(prefer === undefined ? {} : { prefer }) };
  return orderOf(question)
    .map((index) => resources[index]?.id)
    .join('');
}

test('the list decides unless told otherwise, and among equals', () => {
  expect(ids('order', { a: {}, b: { priority: 9 } })).toBe('ab');
  expect(ids('priority', { a: {}, b: { priority: 1 }, c: { priority: 1 }, d: { priority: -1 } })).toBe('bcad');
});

test('round robin goes by what was served for each share', () => {
  expect(ids('roundRobin', { a: { served: 2 }, b: { served: 3, weight: 2 }, c: { served: 2, priority: 1 } })).toBe(
    'bca',
  );
});

test('who never served did so longest ago', () => {
  expect(ids('leastRecent', { a: { lastServedMs: 5 }, b: {}, c: { lastServedMs: 1 }, d: {} })).toBe('bdca');
});

test('whoever is preferred comes before all others, in the order named', () => {
  expect(ids('priority', { a: { priority: 9 }, b: {}, c: {} }, ['c', 'nobody', 'b'])).toBe('cba');
});
