import { expect, test } from 'vitest';
import { resource, service } from './explain.scene.ts';
import { variantsOf } from './variant.ts';

const resources = ['anna', 'ben', 'cleo'].map((id) => resource(id));
const order = [0, 1, 2];
const segment = { durationMinutes: 60, durationMinutesOf: { ben: 30 } };

test('a service for everybody is one variant', () => {
  expect(variantsOf(service(), 'required', resources, order)).toHaveLength(1);
});

test('those who take as long are members of one variant', () => {
  const variants = variantsOf(service({ segments: [segment] }), 'required', resources, order);
  expect(variants.map(({ service: { spanMs }, needs: [need] }) => [spanMs / 60_000, need?.members])).toEqual([
    ...[
      [60, [0, 2]],
      [30, [1]],
    ],
  ]);
});

test('where all serve, the slowest decides', () => {
  const [variant] = variantsOf(service({ segments: [segment], assign: 'all' }), 'required', resources, order);
  expect(variant?.service.spanMs).toBe(3_600_000);
});

test('a need decides only segments in which somebody of its kind has a length of his own', () => {
  const segments = [{ durationMinutes: 60 }, segment];
  const [variant] = variantsOf(service({ segments }), 'required', resources, order);
  expect(variant?.needs.map(({ sized }) => sized)).toEqual([[1]]);
});

test('more ways than are tried are refused', () => {
  const segments = Array.from({ length: 8 }, () => segment);
  expect(() => variantsOf(service({ segments }), 'free', resources, order)).toThrow(RangeError);
});
