import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nameKey } from './nameKey.ts';

test('names are compared without case, accents and needless blanks', () => {
  expect(nameKey('  Jürgen   MÜLLER ')).toBe('jurgen muller');
  expect(nameKey('Weiß')).toBe(nameKey('weiss'));
  expect(nameKey('Žofie')).toBe('zofie');
  expect(nameKey('Ἀθηνᾶ')).toBe('αθηνα');
});

test('of a very long name only the beginning is compared, in whole characters', () => {
  expect(nameKey('💇'.repeat(300))).toBe('💇'.repeat(60));
});

test('a name of plain letters has the key that it has among blanks, where all is looked at', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 80 }), (name) => {
      expect(nameKey(name)).toBe(nameKey(`  ${name} `));
    }),
  );
});
