import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runWith } from './cli.scene.ts';

let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'askpro-cli-'));
  file = join(folder, 'askpro.db');
});
afterAll(() => rmSync(folder, { recursive: true }));

const askpro = (args: readonly string[], stdin = '', env: Readonly<Record<string, string>> = {}) =>
  runWith({ ASKPRO_DATABASE: file, ...env }, args, stdin);

const salon = {
  key: 'salon',
  name: 'Salon',
  timeZone: 'Europe/Berlin',
  country: 'DE',
  branches: [{ key: 'mitte', name: 'Mitte' }],
};
const document = JSON.stringify({ companies: [salon] });

test('a document is judged, shown and applied, and applied again changes nothing', async () => {
  const path = join(folder, 'setup.json');
  writeFileSync(path, document);
  const dry = await askpro(['apply', path, '--dry-run']);
  expect([dry.code, dry.err]).toEqual([0, '']);
  expect(dry.out).toMatch(/create companies\.salon[\s\S]*would make 2 changes to 1 company/);
  expect((await askpro(['apply', path])).out).toContain('made 2 changes to 1 company');
  expect((await askpro(['apply', '-'], document)).out).toBe('made 0 changes to 1 company\n');
});

test('what is wrong in a document is told by its field, with 2', async () => {
  const wrong = JSON.stringify({ companies: [{ ...salon, timeZone: 'Berlin', colour: 'red' }] });
  const { code, err } = await askpro(['apply', '-'], wrong);
  expect(code).toBe(2);
  expect(err).toMatch(/^askpro apply: companies\[0\]\.timeZone: must be an IANA time zone/m);
  expect(err).toMatch(/colour/);
  expect(await askpro(['apply', '-'], '{')).toMatchObject({
    code: 2,
    err: expect.stringContaining('FILE: - is not JSON') as string,
  });
  expect(await askpro(['apply', join(folder, 'none.json')])).toMatchObject({
    code: 2,
    err: expect.stringContaining('cannot be read (ENOENT)') as string,
  });
});

test('a document that is not JSON is never quoted, because it may hold secrets', async () => {
  for (const text of ['{"secret":TOPSECRET}', '{"secret":"TOPSECRET",}', 'TOPSECRET', '{"secret":"TOPSECRET']) {
    const { code, err } = await askpro(['apply', '-'], text);
    expect(code).toBe(2);
    expect(err).toMatch(/is not JSON: (?:line 1 column \d+|Unexpected token 'T')/);
    expect(err).not.toContain('SECRET');
  }
});

test('a key is made, told once on standard output alone, and revoked', async () => {
  const made = await askpro(['key', 'create', 'salon', '--name', 'web']);
  expect(made.code).toBe(0);
  expect(made.out).toMatch(/^ask_[\w-]{43}\n$/);
  expect(made.err).not.toContain(made.out.trim());
  const revoked = await askpro(['key', 'revoke', 'salon', 'web']);
  expect(revoked).toMatchObject({ code: 0, err: '' });
  expect(await askpro(['key', 'revoke', 'salon', 'web'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('askpro key revoke: KEY: must name exactly one active key') as string,
  });
});

test('a company that there is not is answered with those that there are', async () => {
  expect(await askpro(['key', 'create', 'saloon', '--name', 'x'])).toMatchObject({
    code: 2,
    err: 'askpro key create: COMPANY: there is no company "saloon"; there are: salon\n',
  });
});

test('a database that is not there is not made by mistake', async () => {
  for (const args of [
    ['key', 'create', 'salon', '--name', 'x'],
    ['migrate', 'status'],
  ]) {
    const { code, err } = await askpro([...args, '--db', join(folder, 'typo.db')]);
    expect(code).toBe(2);
    expect(err).toMatch(/--db: there is no file .*typo\.db/);
  }
});

test.each([
  ['mysql://', 'mysql://ann:secret@127.0.0.1:1/askpro'],
  ['mariadb://', 'mariadb://ann:secret@127.0.0.1:1/askpro'],
])('the address of a server is reached for, and what is told about it has no password: %s', async (_, address) => {
  for (const given of [
    await askpro(['migrate', 'status', '--db', address]),
    await askpro(['migrate'], '', { ASKPRO_DATABASE: address }),
  ]) {
    expect(given).toMatchObject({ code: 1, err: expect.stringContaining('STORAGE_UNREACHABLE') as string });
    expect(given.err).toContain('127.0.0.1:1/askpro');
    expect(given.err).not.toMatch(/secret|ann/);
  }
});

test('an address that cannot be used is refused by the name of what gave it, without its password', async () => {
  for (const [address, message] of [
    ['oracle://ann:secret@host/askpro', /an address that begins with mysql:\/\/, .*; oracle:\/\/ is none of them/],
    ['mysql://ann:secret@host', /ends with the name of a database/],
    ['mysql://ann:secret@host:port/askpro', /an address such as/],
  ] as const) {
    for (const [path, given] of [
      ['--db', await askpro(['trace', 'call-1', '--db', address])],
      ['ASKPRO_DATABASE', await askpro(['apply', '-'], document, { ASKPRO_DATABASE: address })],
    ] as const) {
      expect(given.code).toBe(2);
      expect(given.err).toContain(`: ${path}: `);
      expect(given.err).toMatch(message);
      expect(given.err).not.toMatch(/secret|ann/);
    }
  }
});

test('migrations are listed', async () => {
  const { code, out } = await askpro(['migrate', 'status']);
  expect(code).toBe(0);
  expect(out).toMatch(/applied 0001[\s\S]*is up to date/);
  expect((await askpro(['migrate', '--db', join(folder, 'fresh.db')])).out).toMatch(/fresh\.db\) is up to date/);
});

test('a migration that loses something is taken back only by who says so', async () => {
  const db = ['--db', join(folder, 'back.db')];
  const steps = async (...flags: readonly string[]) => askpro(['migrate', 'down', ...flags, ...db]);
  expect((await askpro(['migrate', ...db])).code).toBe(0);
  const taken: string[] = [];
  for (let ran = await steps(); ran.code === 0; ran = await steps()) taken.push(ran.out);
  expect(taken.at(-1)).toMatch(/applied 0003-composite\npending 0004/);
  const refused = await steps();
  expect(refused).toMatchObject({ code: 2, out: '' });
  expect(refused.err).toMatch(/--lose-data: is needed, because to take back 0003-composite loses the parts, parties/);
  expect((await steps('--lose-data')).out).toMatch(/applied 0002-scarce\npending 0003/);
});

test('a file that is no database is a fault, with 1 and its code', async () => {
  const broken = join(folder, 'broken.db');
  writeFileSync(broken, 'not a database, but long enough to be read as one '.repeat(100));
  const { code, err } = await askpro(['apply', '-', '--db', broken], document);
  expect(code).toBe(1);
  expect(err).toMatch(/^askpro apply: STORAGE_CORRUPT: /);
});

test('functions for the voice agent are printed as JSON', async () => {
  const { code, out } = await askpro(['retell', 'functions', '--base-url', 'https://voice.example.com']);
  expect(code).toBe(0);
  expect(JSON.stringify(JSON.parse(out))).toContain('https://voice.example.com/webhooks/retell');
  expect(await askpro(['retell', 'functions'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('--base-url: ') as string,
  });
});

test('cases are answered from standard input', async () => {
  const range = { from: '2026-11-24T00:00:00Z', to: '2026-11-25T00:00:00Z' };
  const resource = { id: 'a', weekly: [{ days: ['tu'], from: '09:00', to: '10:00' }] };
  const { code, out } = await askpro(
    ['slots'],
    JSON.stringify({ range, service: { durationMinutes: 60 }, resources: [resource] }),
  );
  expect([code, JSON.parse(out)]).toMatchObject([0, { slots: [{ start: '2026-11-24T09:00:00.000Z' }] }]);
  expect((await askpro(['slots'], '{}')).code).toBe(2);
});

test.each([
  [[], 2, /Usage:/],
  [['sluts'], 2, /does not know the command "sluts"; there are: slots, case, trace, apply/],
  [['key'], 2, /there are: key create, key revoke/],
  [['apply'], 2, /FILE: is missing/],
  [['apply', 'a', 'b'], 2, /b: is one argument too many/],
  [['apply', 'a', '--dry'], 2, /--dry/],
  [['migrate', 'sideways'], 2, /must be one of up, down, status/],
  [['migrate', 'up', '--lose-data'], 2, /--lose-data: belongs to askpro migrate down/],
  [['key', 'create', 'salon'], 2, /--name: is missing/],
] as const)('%j ends with %i and says what would be right', async (args, code, message) => {
  const ran = await askpro(args);
  expect(ran.code).toBe(code);
  expect(ran.err).toMatch(message);
  expect(ran.out).toBe('');
});

test('help and version are asked for, so they are no errors', async () => {
  expect(await askpro(['--help'])).toMatchObject({
    code: 0,
    out: expect.stringContaining('askpro key create') as string,
  });
  expect(await askpro(['apply', '--help'])).toMatchObject({
    code: 0,
    out: expect.stringContaining('--dry-run') as string,
  });
});
