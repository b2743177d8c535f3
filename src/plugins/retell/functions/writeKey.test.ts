import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson, writeKeys } from './writeKey.ts';

test('the order of fields and absent fields make no difference', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (args) => {
      const turned = Object.fromEntries(Object.entries(args).toReversed());
      expect(canonicalJson(turned)).toBe(canonicalJson(args));
      expect(canonicalJson({ ...args, nothing: undefined })).toBe(canonicalJson({ ...args, nothing: undefined }));
    }),
  );
  expect(canonicalJson({ b: 1, a: undefined })).toBe('{"b":1}');
});

test('call, function, arguments and what else decides each make another key', () => {
  const keys = new Set([
    writeKeys('retell', 'c1', 'book', { offer: 1 })(),
    writeKeys('retell', 'c2', 'book', { offer: 1 })(),
    writeKeys('retell', 'c1', 'cancel', { offer: 1 })(),
    writeKeys('retell', 'c1', 'book', { offer: 2 })(),
    writeKeys('retell', 'c1', 'book', { offer: 1 })('more'),
    writeKeys('vapi', 'c1', 'book', { offer: 1 })(),
  ]);
  expect(keys.size).toBe(6);
  for (const key of keys) expect(key.length).toBeLessThanOrEqual(255);
});
