import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const entry = fileURLToPath(new URL('../../src/adapters/sequelize/index.ts', import.meta.url));

const migrating = (file: string): Promise<string> => {
  const script = `import { migrate, sqlite } from ${JSON.stringify(entry)};
    console.log(JSON.stringify(await migrate(sqlite(${JSON.stringify(file)}), 'up')));`;
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script]);
    let told = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (told += text.toString()));
    child.once('exit', () => resolve(told));
  });
};

test('processes that migrate one file at once all find it migrated', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'askpro-migrations-'));
  try {
    const told = await Promise.all(Array.from({ length: 4 }, () => migrating(join(folder, 'a.db'))));
    for (const text of told) expect(JSON.parse(text)).toMatchObject({ pending: [], unknown: [] });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
