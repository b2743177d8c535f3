import { randomUUID } from 'node:crypto';
import { open, realpath, rename, rm, stat, type FileHandle } from 'node:fs/promises';

/**
 * Writes a file that has its name only when it is whole, and that nobody but its owner may read, since it tells of people.
 * What is written beside it until then is new: nothing that lies there already is followed, shared or kept. A name that
 * leads elsewhere is followed, and what is no file, such as a pipe, is written to as it is.
 * @returns how many bytes it has
 */
export async function writeWhole(name: string, pieces: AsyncIterable<string | Uint8Array>): Promise<number> {
  const place = await realpath(name).catch(() => name);
  const there = await stat(place).catch(() => undefined);
  if (there?.isDirectory() === false && !there.isFile()) return inPlace(place, pieces);
  const part = `${place}.${randomUUID()}.part`;
  const file = await open(part, 'wx', 0o600);
  try {
    const bytes = await pour(file, pieces);
    await file.sync();
    await file.close();
    await rename(part, place);
    return bytes;
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(part, { force: true });
    throw error;
  }
}

async function inPlace(place: string, pieces: AsyncIterable<string | Uint8Array>): Promise<number> {
  const file = await open(place, 'w');
  try {
    return await pour(file, pieces);
  } finally {
    await file.close();
  }
}

async function pour(file: FileHandle, pieces: AsyncIterable<string | Uint8Array>): Promise<number> {
  let bytes = 0;
  for await (const piece of pieces) {
    await file.appendFile(piece);
    bytes += Buffer.byteLength(piece);
  }
  return bytes;
}
