import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runWith } from './cli.scene.ts';

let folder: string;
let file: string;

const askpro = (args: readonly string[], stdin = '') => runWith({ ASKPRO_DATABASE: file }, args, stdin);

const salon = { key: 'salon', name: 'Salon', timeZone: 'Europe/Berlin', country: 'DE', branches: [{ key: 'mitte', name: 'Mitte' }] }; // prettier-ignore
const policies = { retention: { appointmentsDays: 30, callsDays: 30 } };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'askpro-cli-sweep-'));
  file = join(folder, 'askpro.db');
  await askpro(
    ['apply', '-'],
    JSON.stringify({
      companies: [
        { ...salon, policies },
        { ...salon, key: 'other' },
      ],
    }),
  );
  const raw = new DatabaseSync(file);
  // More than one transaction takes, of both companies alike.
  raw.exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 450)
    INSERT INTO calls (company_id, id, provider, provider_call_id, status, offers, version, updated_ms, time_ms)
    SELECT company_id, CAST(printf('%016d', i) AS BLOB), 'acme', company_key || i, 'analyzed', '{}', 1, i, i FROM companies, n;
    INSERT INTO idempotency SELECT company_id, 'k', 'f', company_id, 1 FROM companies`);
  raw.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

test('what would be taken away is counted, and stays', async () => {
  const { code, out, err } = await askpro(['sweep', '--dry-run']);
  expect([code, err]).toEqual([0, `sqlite(${file}): this is what would be taken away\n`]);
  expect(out).toMatch(/^idempotencyRecords 2$/m);
  expect(out).toMatch(/^calls 450$/m);
});

test('everything that is due is taken away, as often as it takes, and told by company', async () => {
  const { code, out } = await askpro(['sweep', '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    dryRun: false,
    upkeep: { idempotencyRecords: 2 },
    companies: { salon: { calls: 450, appointments: 0 } },
  });
  expect((await askpro(['sweep'])).out).toMatch(/^calls 0$/m);
  const raw = new DatabaseSync(file);
  expect(raw.prepare('SELECT COUNT(*) AS calls FROM calls').get()).toEqual({ calls: 450 });
  raw.close();
});

test('a company that cannot be swept is named, and the others have their turn', async () => {
  const raw = new DatabaseSync(file);
  const policies = raw.prepare("SELECT policies FROM companies WHERE company_key = 'other'").get()?.['policies'] ?? '';
  const setPolicies = (text: unknown): unknown =>
    raw.prepare("UPDATE companies SET policies = ? WHERE company_key = 'other'").run(String(text));
  setPolicies('{');
  const { code, out, err } = await askpro(['sweep', '--json']);
  setPolicies(policies);
  raw.close();
  expect([code, err]).toEqual([1, expect.stringMatching(/^askpro sweep: other: policies: .*JSON/)]);
  expect(JSON.parse(out)).toMatchObject({
    companies: { salon: { calls: 0 } },
    failed: [{ company: 'other', message: expect.stringContaining('JSON') as string }],
  });
});

test('an option that is not known is named', async () => {
  expect(await askpro(['sweep', '--everything'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('--everything') as unknown,
  });
});

test('a policy that is no number of days is refused by its field', async () => {
  const wrong = { companies: [{ ...salon, policies: { retention: { callsDays: 0 } } }] };
  const { code, err } = await askpro(['apply', '-'], JSON.stringify(wrong));
  expect(code).toBe(2);
  expect(err).toContain('companies[0].policies.retention.callsDays');
});
