import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hmacSha256 } from './hmac.ts';

test('answers what node answers, for keys and texts of any length', () => {
  const key = fc.uint8Array({ minLength: 1, maxLength: 200 });
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 400 }), fc.string({ minLength: 2725, maxLength: 2735 }));
  fc.assert(
    fc.property(key, fc.array(text, { minLength: 1, maxLength: 4 }), (secret, texts) => {
      const sign = hmacSha256(secret);
      for (const each of texts) expect(sign(each)).toEqual(createHmac('sha256', secret).update(each).digest());
    }),
    { numRuns: 60 },
  );
});

test('a shorter text after a longer one carries nothing of it along', () => {
  const sign = hmacSha256(new Uint8Array(32).fill(7));
  const before = sign('b');
  sign('a much longer text than that');
  expect(sign('b')).toEqual(before);
});
