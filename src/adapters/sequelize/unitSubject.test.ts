import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { parseId } from '../../adapter.ts';
import { idText } from './ids.ts';
import { unitSubject } from './unitSubject.ts';

test('a scope is told by its hash, and by nothing that could be an id', () => {
  for (const scope of ['', 'day:resource:1', 'day:resource:2', 'Tag „7“ 💇']) {
    const digest = createHash('sha256').update(scope).digest();
    digest[6] = (digest[6] ?? 0) | 0xf0;
    expect(unitSubject(scope)).toEqual(digest.subarray(0, 16));
    expect(parseId(idText(unitSubject(scope)))).toBeUndefined();
  }
});
