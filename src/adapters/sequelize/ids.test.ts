import fc from 'fast-check';
import { expect, test } from 'vitest';
import { idBytes, idText } from './ids.ts';

test('any UUID comes back from its sixteen bytes', () => {
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      expect(idBytes(id)).toHaveLength(16);
      expect(idText(idBytes(id))).toBe(id);
    }),
  );
});

test('bytes sort as their texts do, so that ids made later come later', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.uuid(), (a, b) => {
      expect(Math.sign(Buffer.compare(idBytes(a), idBytes(b)))).toBe(a === b ? 0 : a < b ? -1 : 1);
    }),
  );
});
