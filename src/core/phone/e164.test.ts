import fc from 'fast-check';
import { getCountries, getExampleNumber } from 'libphonenumber-js';
import examples from 'libphonenumber-js/mobile/examples';
import { expect, test } from 'vitest';
import { toE164 } from './e164.ts';

const berlin = '+49301234567';

test.each([
  ['E.164', berlin, undefined],
  ['E.164 between spaces', `  ${berlin}\n`, undefined],
  ['an international form', '+49 30 1234567', undefined],
  ['an international form with a trunk zero', '+49 (0)30 123 45 67', undefined],
  ['a national form of the country', '030 1234567', 'DE'],
  ['a dialled prefix of the country', '0049 30 1234567', 'DE'],
  ['a dialled prefix of another country', '011 49 30 1234567', 'US'],
  ['a tel address', 'tel:+49-30-1234567', undefined],
  ['a tel address with its context', 'tel:301234567;phone-context=+49', 'US'],
  ['a SIP address', 'sip:+49301234567@pbx.example', undefined],
  ['a SIP address with parameters', 'sips:+49301234567;user=phone@pbx.example:5061;transport=tls', undefined],
  ['a shown name', '"Salon" <sip:+49301234567@pbx.example>', undefined],
  ['other digits', '٠٣٠ ١٢٣٤٥٦٧', 'DE'],
])('%s is read', (_, text, country) => {
  expect(toE164(text, country)).toBe(berlin);
});

test('without its country a national form is no number: no country is guessed', () => {
  for (const text of ['030 1234567', '0049 30 1234567', '01512 3456789', 'tel:0301234567'])
    for (const country of [undefined, '', 'XX', 'de', '__proto__']) expect(toE164(text, country)).toBeUndefined();
});

test('the country of the hint never overrules the country of the number', () => {
  for (const country of ['US', 'AT', 'FR']) expect(toE164('+49 30 1234567', country)).toBe(berlin);
});

test.each([
  ['nothing', ''],
  ['a plus', '+'],
  ['a word', 'anonymous'],
  ['a URL', 'https://example.org/+49301234567'],
  ['an emergency number', '110'],
  ['too few digits', '+4930'],
  ['too many digits', '+4930123456789012345'],
  ['a leading zero', '+0301234567'],
  ['two plus signs', '++49301234567'],
  ['two numbers', '+49301234567 +49307654321'],
  ['two lines', '+49301234567\n+49307654321'],
  ['a sentence around it', 'call +49301234567 now'],
  ['a query', "+49301234567' OR '1'='1"],
])('%s is no number', (_, text) => {
  expect(toE164(text, 'DE')).toBeUndefined();
});

test('a number of every country survives its national form', () => {
  for (const country of getCountries()) {
    const number = getExampleNumber(country, examples);
    if (number === undefined) continue;
    expect(toE164(number.number)).toBe(number.number);
    expect(`${country} ${toE164(number.formatNational(), country)}`).toBe(`${country} ${number.number}`);
    expect(toE164(number.formatInternational())).toBe(number.number);
    expect(toE164(number.getURI())).toBe(number.number);
  }
});

const texts = fc.oneof(
  fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)), maxLength: 300 }),
  fc.string({ unit: fc.constantFrom(...'+0123456789 -()/;=@:<>telsip.phone-context'), maxLength: 300 }),
);

test('no text makes it throw, and what it answers is E.164 and stays the same when read again', () => {
  fc.assert(
    fc.property(texts, fc.constantFrom(undefined, 'DE', 'US', 'XX', ''), (text, country) => {
      const e164 = toE164(text, country);
      if (e164 === undefined) return;
      expect(e164).toMatch(/^\+[1-9]\d{1,16}$/);
      expect(toE164(e164)).toBe(e164);
    }),
    { numRuns: 2000 },
  );
});

test('ten thousand characters of anything are answered at once', () => {
  const startedMs = performance.now();
  for (const unit of ['1', '+', ' ', '<', '>', ';', '@', '(', 'sip:', '+1 ', ';phone-context=', '\u0660'])
    expect(toE164(unit.repeat(10_000), 'DE')).toBeUndefined();
  expect(performance.now() - startedMs).toBeLessThan(200);
});
