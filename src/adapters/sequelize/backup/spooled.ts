import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { OpenBackup } from './readBackup.ts';

/**
 * Where a backup comes from: something that opens it as often as it is read, or a stream that comes once, which is kept in
 * a temporary file meanwhile that only this user may read.
 */
export type BackupSource = OpenBackup | AsyncIterable<Uint8Array>;

/** Runs work with a backup that can be read twice. */
export async function withBackup<T>(source: BackupSource, work: (open: OpenBackup) => Promise<T>): Promise<T> {
  if (typeof source === 'function') return work(source);
  const folder = await mkdtemp(join(tmpdir(), 'askpro-restore-'));
  const file = join(folder, 'backup');
  try {
    await pipeline(Readable.from(source, { objectMode: false }), createWriteStream(file, { mode: 0o600 }));
    return await work(() => createReadStream(file));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
