const hex: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Where the two digits of each byte stand in a canonical UUID. */
const places = Uint8Array.of(0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34);

const digit = (code: number): number => (code < 58 ? code - 48 : code - 87);

/** The 16 bytes of a canonical lower-case UUID, as the tables hold ids. */
export function idBytes(id: string): Buffer {
  const bytes = Buffer.allocUnsafe(16);
  for (let index = 0; index < 16; index++) {
    const place = places[index] ?? 0;
    bytes[index] = (digit(id.charCodeAt(place)) << 4) | digit(id.charCodeAt(place + 1));
  }
  return bytes;
}

/** The canonical text of 16 bytes; the caller names the kind of id that the column holds. */
export function idText<Kind extends string>(bytes: Uint8Array): Kind {
  let text = '';
  for (let index = 0; index < 16; index++) {
    text += hex[bytes[index] ?? 0] ?? '';
    if (index === 3 || index === 5 || index === 7 || index === 9) text += '-';
  }
  return text as Kind;
}
