const hex: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const at = (byte: number): string => hex[byte & 255] ?? '';

/** Fills the array with random bytes, as `crypto.getRandomValues` does. */
export type RandomBytes = (into: Uint8Array) => unknown;

/**
 * Makes UUIDv7 strings (RFC 9562 section 5.7): 48 bits of Unix milliseconds, then 74 random bits. Within one millisecond
 * the 12 bits after the version count up (method 1 of section 6.2), so ids of one source sort in the order they were made,
 * also while its clock goes back or more are made than a millisecond can count: then they run ahead of it.
 * Random bytes are drawn 8 KiB at a time because each draw is a system call.
 * @param random - source of randomness, a cryptographic one in production
 * @returns a function from the current epoch milliseconds to a canonical lower-case UUID
 */
export function uuidV7Source(random: RandomBytes): (nowMs: number) => string {
  const pool = new Uint8Array(8192);
  let used = pool.length;
  let lastMs = -1;
  let counter = 0;
  return (nowMs) => {
    if (used > pool.length - 10) {
      random(pool);
      used = 0;
    }
    const byte = (offset: number): number => pool[used + offset] ?? 0;
    const wholeMs = Math.floor(nowMs);
    if (wholeMs > lastMs) {
      lastMs = wholeMs;
      counter = ((byte(8) << 8) | byte(9)) & 0x7ff;
    } else if (++counter > 0xfff) {
      lastMs++;
      counter = 0;
    }
    const high = Math.floor(lastMs / 0x1_0000_0000);
    const low = lastMs >>> 0;
    const text =
      at(high >>> 8) +
      at(high) +
      at(low >>> 24) +
      at(low >>> 16) +
      '-' +
      at(low >>> 8) +
      at(low) +
      '-' +
      at(0x70 | (counter >>> 8)) +
      at(counter) +
      '-' +
      at(0x80 | (byte(0) & 0x3f)) +
      at(byte(1)) +
      '-' +
      at(byte(2)) +
      at(byte(3)) +
      at(byte(4)) +
      at(byte(5)) +
      at(byte(6)) +
      at(byte(7));
    used += 10;
    return text;
  };
}

/** When a UUIDv7, or a text that begins with one, says it was made, in epoch milliseconds; undefined for any other text. */
export function uuidTimeMs(id: string): number | undefined {
  const parts = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-/.exec(id);
  return parts === null ? undefined : parseInt(`${parts[1] ?? ''}${parts[2] ?? ''}`, 16);
}
