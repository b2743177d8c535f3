/** The code of the first digit of each byte, and that of the second. */
const high = Uint8Array.from({ length: 256 }, (_, byte) => (byte >> 4).toString(16).charCodeAt(0));
const low = Uint8Array.from({ length: 256 }, (_, byte) => (byte & 15).toString(16).charCodeAt(0));

/** Where the two digits of each byte stand in a canonical UUID. */
const places = Uint8Array.of(0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34);

/** What the code of a digit stands for: letters have the bit of 64. */
const digit = (code: number): number => (code & 15) + 9 * (code >> 6);

/** The 16 bytes of a canonical lower-case UUID, as the tables hold ids. */
export function idBytes(id: string): Buffer {
  const bytes = Buffer.allocUnsafe(16);
  for (let index = 0; index < 16; index++) {
    const place = places[index] ?? 0;
    bytes[index] = (digit(id.charCodeAt(place)) << 4) | digit(id.charCodeAt(place + 1));
  }
  return bytes;
}

const first = (byte: number | undefined): number => high[byte ?? 0] ?? 0;
const second = (byte: number | undefined): number => low[byte ?? 0] ?? 0;
const DASH = 45;

/**
 * The canonical text of 16 bytes; the caller names the kind of id that the column holds. Made in one piece: text that is
 * put together from parts takes twice as long, and six times the memory.
 */
export const idText = <Kind extends string>(b: Uint8Array): Kind =>
  String.fromCharCode(
    first(b[0]), second(b[0]), first(b[1]), second(b[1]), first(b[2]), second(b[2]), first(b[3]), second(b[3]), DASH,
    first(b[4]), second(b[4]), first(b[5]), second(b[5]), DASH,
    first(b[6]), second(b[6]), first(b[7]), second(b[7]), DASH,
    first(b[8]), second(b[8]), first(b[9]), second(b[9]), DASH,
    first(b[10]), second(b[10]), first(b[11]), second(b[11]), first(b[12]), second(b[12]), first(b[13]), second(b[13]),
    first(b[14]), second(b[14]), first(b[15]), second(b[15]),
  ) as Kind; // prettier-ignore
