import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far a signature's time may lie from ours, before or after: 5 minutes. */
export const SIGNATURE_TOLERANCE_MS = 300_000;

const FORM = /^v=(\d{1,16}),d=([0-9a-f]{64})$/i;

const digestOf = (apiKey: string, rawBody: Uint8Array | string, timeMs: number): Buffer =>
  createHmac('sha256', apiKey).update(rawBody).update(String(timeMs)).digest();

/**
 * The value of `x-retell-signature` for a body: `v=<unix ms>,d=<hex>`, an HMAC-SHA256 under the API key over the body
 * followed by the milliseconds.
 */
export const signRetellBody = (rawBody: Uint8Array | string, apiKey: string, timeMs: number): string =>
  `v=${timeMs},d=${digestOf(apiKey, rawBody, timeMs).toString('hex')}`;

/**
 * Whether a body was signed with one of the keys within the last or next five minutes. Compares in constant time, and
 * looks at the bytes as they came, so it goes before any parsing.
 * @param apiKeys - more than one while a key is being rotated
 */
export function isRetellSignature(
  signature: string | undefined,
  rawBody: Uint8Array,
  apiKeys: readonly string[],
  nowMs: number,
): boolean {
  const parts = signature === undefined ? null : FORM.exec(signature);
  if (parts === null) return false;
  const timeMs = Number(parts[1]);
  if (!Number.isSafeInteger(timeMs) || Math.abs(nowMs - timeMs) > SIGNATURE_TOLERANCE_MS) return false;
  const given = Buffer.from(parts[2] ?? '', 'hex');
  let valid = false;
  // All keys are tried, so that the time taken does not tell which one it was.
  for (const apiKey of apiKeys) valid = timingSafeEqual(given, digestOf(apiKey, rawBody, timeMs)) || valid;
  return valid;
}
