import type { ReadSalon } from './salons.ts';

const MOST_CHARACTERS = 8_388_608;

/** Salons as definitions, one a line. A line that cannot be read is told, and the next one is. */
export async function* ndjsonSalons(text: AsyncIterable<string>): AsyncGenerator<ReadSalon> {
  let line = 1;
  let rest = '';
  let tooLong = false;
  const read = function* (content: string): Generator<ReadSalon> {
    if (tooLong) yield refused(line, `is longer than ${MOST_CHARACTERS} characters`);
    else if (content.trim() !== '') yield salonIn(content, line);
    tooLong = false;
    line++;
  };
  for await (const piece of text) {
    const [first = '', ...others] = piece.split('\n');
    const lines = [rest + first, ...others];
    for (const content of lines.slice(0, -1)) yield* read(content);
    rest = lines.at(-1) ?? '';
    // The rest of such a line is let go as it arrives.
    if (tooLong || rest.length > MOST_CHARACTERS) [tooLong, rest] = [true, ''];
  }
  yield* read(rest);
}

function salonIn(content: string, line: number): ReadSalon {
  let definition: unknown;
  try {
    definition = JSON.parse(content);
  } catch {
    // The parser's message may quote what stands there, which may be a secret.
    return refused(line, 'is not JSON');
  }
  if (typeof definition !== 'object' || definition === null) return refused(line, 'must be an object');
  const key = 'key' in definition && typeof definition.key === 'string' ? definition.key : null;
  return { ok: true, line, key, definition, place: (path) => ({ line, path }) };
}

const refused = (line: number, message: string): ReadSalon => ({
  ok: false,
  line,
  key: null,
  errors: [{ line, path: '', message }],
});
