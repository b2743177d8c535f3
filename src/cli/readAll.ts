import { read } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';

// No text is longer in Node.
const MOST_BYTES = 1 << 29;
const MORE_BYTES = 1 << 22;
const RETRY_MS = 5;

const readChunk = promisify(read);

/**
 * All that can be read from a pipe or a terminal, as text. It is read into one buffer that grows in place and is given
 * back at once: chunks, all of them in one buffer and the text would be in memory together.
 */
export async function readAll(fd: number): Promise<string> {
  const buffer = new ArrayBuffer(MORE_BYTES, { maxByteLength: MOST_BYTES });
  const bytes = new Uint8Array(buffer);
  let length = 0;
  for (;;) {
    if (length === MOST_BYTES) throw new RangeError(`The input is longer than ${MOST_BYTES} bytes.`);
    if (length === buffer.byteLength) buffer.resize(Math.min(MOST_BYTES, length + MORE_BYTES));
    const count = await readSome(fd, bytes, length);
    if (count === 0) break;
    length += count;
  }
  const text = Buffer.from(buffer, 0, length).toString('utf8');
  buffer.resize(0);
  return text;
}

async function readSome(fd: number, bytes: Uint8Array, offset: number): Promise<number> {
  for (;;) {
    try {
      return (await readChunk(fd, bytes, offset, bytes.length - offset, null)).bytesRead;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      // Windows tells the end of a pipe by an error.
      if (code === 'EOF') return 0;
      // Somebody else made the pipe answer at once, data or not.
      if (code !== 'EAGAIN') throw error;
      await setTimeout(RETRY_MS);
    }
  }
}
