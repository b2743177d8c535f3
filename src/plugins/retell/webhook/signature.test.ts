import fc from 'fast-check';
import { Retell } from 'retell-sdk';
import { symmetric } from 'retell-sdk/lib/webhook_auth';
import { expect, test } from 'vitest';
import { isRetellSignature, SIGNATURE_TOLERANCE_MS, signRetellBody } from './signature.ts';

const apiKey = 'key_0123456789abcdef';
const nowMs = 1_795_000_000_000;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const body = '{"event":"call_started","call":{"call_id":"c1","note":"Grüße 👋"}}';

const accepts = (signature: string | undefined, raw: string = body, keys: readonly string[] = [apiKey]): boolean =>
  isRetellSignature(signature, bytes(raw), keys, nowMs);

test('what the provider’s own SDK signs is accepted', async () => {
  const signature = await Retell.sign(body, apiKey);
  expect(isRetellSignature(signature, bytes(body), [apiKey], Date.now())).toBe(true);
});

test('what we sign is accepted by the provider’s own SDK', async () => {
  await expect(Retell.verify(body, apiKey, signRetellBody(body, apiKey, Date.now()))).resolves.toBe(true);
});

test('another body, another key and a changed digest are refused', () => {
  const signature = signRetellBody(body, apiKey, nowMs);
  expect(accepts(signature)).toBe(true);
  expect(accepts(signature, `${body} `)).toBe(false);
  expect(accepts(signRetellBody(body, 'key_of_someone_else', nowMs))).toBe(false);
  expect(accepts(signature.replace(/.$/, (last) => (last === '0' ? '1' : '0')))).toBe(false);
});

test('a digest without its time, or over another time, is refused', () => {
  const digest = signRetellBody(body, apiKey, nowMs).slice(signRetellBody(body, apiKey, nowMs).indexOf('d='));
  expect(accepts(digest)).toBe(false);
  expect(accepts(`v=${nowMs + 1},${digest}`)).toBe(false);
});

test('the time may lie five minutes back or ahead, and not a millisecond more', () => {
  for (const offsetMs of [-SIGNATURE_TOLERANCE_MS, 0, SIGNATURE_TOLERANCE_MS])
    expect(accepts(signRetellBody(body, apiKey, nowMs + offsetMs))).toBe(true);
  for (const offsetMs of [-SIGNATURE_TOLERANCE_MS - 1, SIGNATURE_TOLERANCE_MS + 1])
    expect(accepts(signRetellBody(body, apiKey, nowMs + offsetMs))).toBe(false);
});

test('malformed headers are refused', () => {
  const valid = signRetellBody(body, apiKey, nowMs);
  for (const header of [
    undefined,
    '',
    'v=,d=',
    valid.slice(0, -1),
    `${valid}0`,
    ` ${valid}`,
    valid.replace(',', ', '),
    'v=1e3,d=00',
  ])
    expect(accepts(header)).toBe(false);
});

test('while a key is rotated, the old and the new one are accepted', () => {
  const old = signRetellBody(body, 'old key', nowMs);
  expect(accepts(old, body, ['new key', 'old key'])).toBe(true);
  expect(accepts(signRetellBody(body, 'new key', nowMs), body, ['new key', 'old key'])).toBe(true);
  expect(accepts(old, body, ['new key'])).toBe(false);
  expect(accepts(old, body, [])).toBe(false);
});

test('the provider’s own SDK and we judge every header alike', async () => {
  const header = fc.oneof(
    fc.string(),
    fc.constant(signRetellBody(body, apiKey, nowMs)),
    fc.integer({ min: -400_000, max: 400_000 }).map((offsetMs) => signRetellBody(body, apiKey, nowMs + offsetMs)),
    fc.tuple(fc.nat({ max: 90 }), fc.constantFrom('0', 'a', 'G', ',', '=', 'v', ' ')).map(([at, char]) => {
      const valid = signRetellBody(body, apiKey, nowMs);
      return valid.slice(0, at) + char + valid.slice(at + 1);
    }),
    fc.constant(signRetellBody(body, apiKey, nowMs).toUpperCase().replace('V=', 'v=').replace('D=', 'd=')),
  );
  await fc.assert(
    fc.asyncProperty(header, async (text) => {
      expect(accepts(text)).toBe(await symmetric.verify(body, apiKey, text, { timestamp: nowMs }));
    }),
    { numRuns: 400 },
  );
});

test('control: a guard that treats the SDK’s promise as a verdict lets every forgery through', () => {
  const forged = signRetellBody(body, 'key_of_someone_else', nowMs);
  const naive = (signature: string): boolean => Boolean(Retell.verify(body, apiKey, signature));
  expect(naive(forged)).toBe(true);
  expect(accepts(forged)).toBe(false);
});
