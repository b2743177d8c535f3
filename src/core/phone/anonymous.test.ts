import fc from 'fast-check';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { expect, test } from 'vitest';
import { anonymousMarkers, isAnonymous } from './anonymous.ts';

const anyUnit = fc.nat(0xffff).map((code) => String.fromCharCode(code));

test('a caller who sends nothing is anonymous', () => {
  for (const from of [undefined, null, '', '  ', '\t\n', 'tel:', 'sip:@example.org'])
    expect(isAnonymous(from)).toBe(true);
});

test('every marker is known in any case, between spaces and as the user of an address', () => {
  for (const word of ['anonymous', 'unknown', 'blocked', 'private', 'withheld', 'unavailable', 'restricted']) {
    const forms = [word, word.toUpperCase(), ` ${word} `, `tel:${word}`, `sip:${word}@pbx.example`, `<sip:${word}@x>`];
    for (const form of forms) expect(`${form} ${isAnonymous(form)}`).toBe(`${form} true`);
  }
  expect(isAnonymous('"Anonymous" <sip:anonymous@anonymous.invalid>')).toBe(true);
  expect(isAnonymous('sip:8492@anonymous.invalid;tag=1')).toBe(true);
});

test('words spelled on a telephone keypad are known, and none of them is a number that anybody can have', () => {
  const spelled = ['+266696687', '+7378742833', '+2562533', '+8656696', '+8566696', '+86282452253', '+7748283'];
  for (const number of spelled) {
    for (const form of [number, number.slice(1), `tel:${number}`, `sip:${number}@pbx.example`])
      expect(`${form} ${isAnonymous(form)}`).toBe(`${form} true`);
    expect(`${number} ${parsePhoneNumberFromString(number)?.isValid() ?? false}`).toBe(`${number} false`);
  }
});

test('numbers, names and words around a marker are not markers', () => {
  for (const from of ['+49301234567', '030 1234567', 'anonymously', 'not anonymous', 'sip:anna@pbx.example', '0'])
    expect(isAnonymous(from)).toBe(false);
  expect(isAnonymous('sip:+49301234567@not-anonymous.invalid')).toBe(false);
});

test('no text makes it throw, and none without a marker in it is anonymous', () => {
  const words = [
    ...anonymousMarkers,
    '266696687',
    '7378742833',
    '2562533',
    '8656696',
    '8566696',
    '7748283',
    '94843533',
  ];
  fc.assert(
    fc.property(fc.string({ unit: anyUnit, minLength: 1 }), (text) => {
      const anonymous = isAnonymous(`+49${text}`);
      if (anonymous) expect(words.some((word) => text.toLowerCase().includes(word)) || /[<@;]/.test(text)).toBe(true);
    }),
  );
});
