import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isId, parseId, type CompanyId } from './ids.ts';

const id = '0199f1a2-3b4c-7d5e-8f60-718293a4b5c6';

test('a canonical UUID is an id, and reading it changes nothing', () => {
  expect(parseId<CompanyId>(id)).toBe(id);
  fc.assert(fc.property(fc.uuid(), (uuid) => parseId(uuid) === uuid && isId(uuid)));
});

test.each([
  ['nothing', ''],
  ['capitals', id.toUpperCase()],
  ['braces', `{${id}}`],
  ['a URN', `urn:uuid:${id}`],
  ['no hyphens', id.replaceAll('-', '')],
  ['a space before', ` ${id}`],
  ['a line break after', `${id}\n`],
  ['one digit too many', `${id}0`],
  ['no hex digit', id.replace('a', 'g')],
  ['the nil UUID', '00000000-0000-0000-0000-000000000000'],
  ['the max UUID', 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
  ['another variant', id.replace('-8f60', '-cf60')],
  ['a quote', `${id.slice(0, -1)}'`],
  ['full-width digits', id.replace('1', '\uff11')],
])('%s is no id', (_, text) => {
  expect(isId(text)).toBe(false);
  expect(parseId(text)).toBeUndefined();
});

test('no other text is an id, and reading it never throws', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)), maxLength: 60 }),
      (text) => parseId(text) === undefined,
    ),
  );
});
