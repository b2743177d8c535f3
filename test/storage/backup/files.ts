import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { StorageFactory } from '../../../src/adapter.ts';
import { backup } from '../../../src/adapters/sequelize/index.ts';
import type { OpenBackup } from '../../../src/adapters/sequelize/index.ts';

/** A backup as bytes. */
export async function backupOf(storage: StorageFactory): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of backup(storage, { madeBy: 'a test' })) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Something that opens these bytes. */
export const opening =
  (bytes: Uint8Array): OpenBackup =>
  () =>
    inChunks(bytes);

async function* inChunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += 5000) yield await Promise.resolve(bytes.subarray(from, from + 5000));
}

/** The lines of a backup. */
export const plainLines = (bytes: Uint8Array): string[] => gunzipSync(bytes).toString('utf8').split('\n').slice(0, -1);

/** A backup of other lines; its checksum is not made anew. */
export const ofLines = (lines: readonly string[]): Buffer => gzipSync(lines.map((line) => `${line}\n`).join(''));

/** The same with a last line that fits them: as somebody would make it who wants to be believed. */
export const sealed = (lines: readonly string[], rows: unknown): Buffer => {
  const sha256 = createHash('sha256')
    .update(lines.map((line) => `${line}\n`).join(''))
    .digest('hex');
  return ofLines([...lines, JSON.stringify({ rows, sha256 })]);
};

/** All that is between the first line and the last: what the database holds. */
export const rowLines = (bytes: Uint8Array): readonly string[] => plainLines(bytes).slice(1, -1);
