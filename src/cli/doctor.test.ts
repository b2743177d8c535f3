import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runWith } from './cli.scene.ts';

let folder: string;
let file: string;

const askpro = (args: readonly string[], stdin = '') => runWith({ ASKPRO_DATABASE: file }, args, stdin);

const salon = { key: 'salon', name: 'Salon', timeZone: 'Europe/Berlin', country: 'DE', branches: [{ key: 'mitte', name: 'Mitte' }] }; // prettier-ignore

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'askpro-cli-doctor-'));
  file = join(folder, 'askpro.db');
  await askpro(['apply', '-'], JSON.stringify({ companies: [salon, { ...salon, key: 'other' }] }));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('a storage that is in order ends with 0', async () => {
  expect(await askpro(['doctor', '--storage'])).toEqual({
    code: 0,
    out: '',
    err: `sqlite(${file}): 0 errors, 0 warnings\n`,
  });
});

test('what does not fit is told with what to do, of one company where one is named, and ends with 1', async () => {
  const raw = new DatabaseSync(file);
  raw.exec(
    "INSERT INTO claims (company_id, subject, cell, ordinal, owner_id) SELECT company_id, company_id, 1, 0, company_id FROM companies WHERE company_key = 'salon'",
  );
  const readable = await askpro(['doctor', '--storage']);
  expect(readable.code).toBe(1);
  expect(readable.out).toMatch(
    /^error CLAIM_ORPHANED in salon: claim [\da-f-]{36} 1 0 belongs to .*\n {4}Delete the row/,
  );
  const json = await askpro(['doctor', '--storage', '--company', 'salon', '--json']);
  expect(JSON.parse(json.out)).toMatchObject({ code: 'CLAIM_ORPHANED', severity: 'error', company: 'salon' });
  expect(await askpro(['doctor', '--storage', '--company', 'other'])).toMatchObject({ code: 0, out: '' });
  // Lapsed, it is in nobody's way.
  raw.exec('UPDATE claims SET expires_ms = 1');
  expect(await askpro(['doctor', '--storage'])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^warning /) as string,
  });
  raw.exec('DELETE FROM claims');
  raw.close();
});

test('a backup is a file for its owner alone, comes back into another database, and is looked at', async () => {
  const saved = join(folder, 'saved.backup');
  expect(await askpro(['backup', saved])).toMatchObject({
    code: 0,
    err: expect.stringContaining('personal data') as string,
  });
  expect(statSync(saved).mode & 0o777).toBe(0o600);
  expect(await askpro(['backup', saved])).toMatchObject({
    code: 2,
    err: expect.stringContaining('is there already') as string,
  });
  const copy = join(folder, 'copy.db');
  const restored = await askpro(['restore', saved, '--db', copy]);
  expect([restored.code, restored.out]).toEqual([0, expect.stringMatching(/^companies 2$/m)]);
  expect(restored.err).toContain('nothing is wrong with it');
  expect(await askpro(['restore', saved, '--db', copy])).toMatchObject({
    code: 1,
    err: expect.stringMatching(/STORAGE_NOT_EMPTY: .* has rows in companies, /) as string,
  });
  writeFileSync(saved, readFileSync(saved).subarray(0, 200));
  expect(await askpro(['restore', saved, '--db', join(folder, 'third.db')])).toMatchObject({
    code: 1,
    err: expect.stringContaining('BACKUP_DAMAGED') as string,
  });
});

test.each([
  [['backup'], /FILE: is missing/],
  [['restore', 'none.backup'], /FILE: none\.backup cannot be read/],
  [['doctor'], /^askpro doctor: --storage: is missing/],
  [['doctor', '--storage', '--company', 'nobody'], /^askpro doctor: --company: there is no company "nobody"/],
  [['doctor', '--storage', '--db', 'none.db'], /--db: there is no file none\.db/],
] as const)('%j is refused with 2', async (args, message) => {
  const { code, err } = await askpro(args);
  expect([code, err]).toEqual([2, expect.stringMatching(message)]);
});
