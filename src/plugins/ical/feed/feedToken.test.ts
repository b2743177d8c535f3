import { expect, test } from 'vitest';
import type { CompanyId } from '../../../plugin.ts';
import { isSecret, newFeedToken, readFeedToken } from './feedToken.ts';

const company = '019ab3f2-7c11-7e01-8a11-0123456789ab' as CompanyId;

test('a token tells company, feed and secret, with and without the ending of a file', () => {
  const { token, feedId, hash } = newFeedToken(company);
  for (const text of [token, `${token}.ics`]) {
    const key = readFeedToken(text);
    expect(key).toMatchObject({ company, feedId });
    expect(isSecret(key?.secret ?? Buffer.alloc(0), hash)).toBe(true);
  }
  expect(token).not.toContain(hash);
});

test('every bit of the secret counts', () => {
  const { token, hash } = newFeedToken(company);
  const secret = readFeedToken(token)?.secret ?? Buffer.alloc(0);
  for (let bit = 0; bit < secret.length * 8; bit++) {
    const other = Buffer.from(secret);
    other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(isSecret(other, hash)).toBe(false);
  }
  expect(isSecret(Buffer.alloc(0), hash)).toBe(false);
  expect(isSecret(secret, '')).toBe(false);
});

test('tokens are not alike, and what is no token is none', () => {
  expect(newFeedToken(company).token.slice(22)).not.toBe(newFeedToken(company).token.slice(22));
  for (const text of ['', '.ics', 'x'.repeat(85), 'x'.repeat(87), `${'x'.repeat(85)}!`, '../../etc/passwd']) {
    expect(readFeedToken(text)).toBeUndefined();
  }
});
