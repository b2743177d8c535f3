import { createReadStream } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { Refusing } from '../refusing.ts';
import type { Terminal } from '../terminal.ts';

/** The text of a file piece by piece, or all of standard input for `-`; throws {@link Refusing} for what cannot be read as UTF-8. */
export async function* textOf(file: string, io: Terminal): AsyncGenerator<string> {
  if (file === '-') {
    yield (await io.stdin()).replace(/^\uFEFF/, '');
    return;
  }
  // It leaves out the mark with which spreadsheets begin, and throws for bytes of another encoding.
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const bytes of createReadStream(file)) yield decoder.decode(bytes as Uint8Array, { stream: true });
    yield decoder.decode();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      throw new Refusing({
        path: 'FILE',
        message: `${file} is not UTF-8; save it as UTF-8 (in a spreadsheet: CSV UTF-8)`,
      });
    throw unreadable(file, code);
  }
}

/** Throws {@link Refusing} for a file that is not there, before anything else is opened for it. */
export async function mustBeReadable(file: string): Promise<void> {
  if (file === '-') return;
  try {
    await access(file, constants.R_OK);
  } catch (error) {
    throw unreadable(file, error instanceof Error && 'code' in error ? String(error.code) : String(error));
  }
}

const unreadable = (file: string, code: string): Refusing =>
  new Refusing({ path: 'FILE', message: `${file} cannot be read (${code}); give the path of a CSV or NDJSON file` });
