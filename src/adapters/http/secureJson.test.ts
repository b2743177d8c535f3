import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJson } from './secureJson.ts';

const parse = (text: string) => parseJson(Buffer.from(text));
const refusal = (text: string) => {
  const parsed = parse(text);
  return parsed.ok ? undefined : parsed.error.path;
};

test('any JSON value comes out as JSON.parse makes it', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      if (/__proto__|constructor/.test(text)) return;
      expect(parse(text)).toEqual({ ok: true, value: JSON.parse(text) as unknown });
    }),
  );
});

test('an own __proto__ is refused by path, however it is written and however deep it lies', () => {
  expect(refusal('{"__proto__":{"admin":true}}')).toBe('__proto__');
  expect(refusal('{"customer":[{"name":"x"},{"\\u005f_proto__":1}]}')).toBe('customer[1].__proto__');
  expect(refusal('{"a":{"b":{"__proto__":null}}}')).toBe('a.b.__proto__');
});

test('a constructor is refused only where it brings a prototype', () => {
  expect(refusal('{"constructor":{"prototype":{"admin":true}}}')).toBe('constructor');
  expect(refusal('{"constructor":"Bau GmbH"}')).toBeUndefined();
  expect(refusal('{"text":"__proto__"}')).toBeUndefined();
});

test('JSON.parse alone lets it through: the reason for the check', () => {
  const merged = Object.assign({}, JSON.parse('{"__proto__":{"admin":true}}')) as { admin?: boolean };
  expect(merged.admin).toBe(true);
});

test('what is no JSON, no UTF-8, or nothing at all is refused as the body', () => {
  for (const text of ['', '{', '{"a":1}}', 'undefined', "{'a':1}"]) expect(refusal(text)).toBe('body');
  expect(parseJson(Buffer.from([0x22, 0xff, 0x22]))).toMatchObject({ ok: false, error: { path: 'body' } });
});

test('nesting deeper than any stack is looked through', () => {
  const depth = 30_000;
  expect(refusal(`${'{"a":'.repeat(depth)}{"__proto__":1}${'}'.repeat(depth)}`)).toContain('a.a.a');
});
