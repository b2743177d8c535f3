import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { startHost, type Host } from '../examples/reference-server/host.ts';

const script = fileURLToPath(new URL('../examples/reference-server/call.ts', import.meta.url));
/** Two plays one after the other, also on a busy machine. */
const TIMEOUT_MS = 120_000;
/** What only the rows of the scenes can say. */
const shown = [
  /session {6}seats 0 \w{6}, 1 \w{6}, 2 \w{6}, 3 \w{6}$/m,
  /waitlist {5}waiting[^]*waitlist {5}offered[^]*waitlist {5}booked/,
  /callback {5}done, nothing-fits/,
  /occurrence {3}\S+ booked/,
  /item {9}\S+ booked[^]*item {9}\S+ OUTSIDE_HOURS[^]*item {9}\S+ booked/,
  /function {5}arg\.offer=1 arg\.customer_name="A\. B\." name=book ok=true/,
];
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'askpro-call-'));
  folders.push(folder);
  return folder;
};
const start = (dataDir: string): Promise<Host> =>
  startHost({ port: 0, host: '127.0.0.1', dataDir, database: undefined, secret: undefined, retellApiKey: undefined });

/** Plays the call against a host, as `npm run call` does. */
async function played(
  dataDir: string,
  url: string,
): Promise<{ readonly exitCode: number | null; readonly output: string }> {
  const env = { ...process.env, ASKPRO_URL: url, ASKPRO_DATA_DIR: dataDir, RETELL_API_KEY: '' };
  const child = spawn(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (data) => (output += String(data)));
  child.stderr.on('data', (data) => (output += String(data)));
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { exitCode, output };
}

test('a whole call finds every answer in the rows, and again on the same host', { timeout: TIMEOUT_MS }, async () => {
  const dataDir = newFolder();
  const host = await start(dataDir);
  try {
    for (let run = 0; run < 2; run++) {
      const { exitCode, output } = await played(dataDir, host.http.url);
      expect(output).toMatch(/ comparisons, 0 different\n$/);
      expect(exitCode).toBe(0);
      for (const rows of shown) expect(output).toMatch(rows);
    }
  } finally {
    await host.stop();
  }
});

test(
  'control: where the claims have no key, callers at once get the same time and the play says so',
  { timeout: TIMEOUT_MS },
  async () => {
    const dataDir = newFolder();
    await (await start(dataDir)).stop();
    dropClaimsKey(join(dataDir, 'askpro.db'));
    const host = await start(dataDir);
    try {
      const { exitCode, output } = await played(dataDir, host.http.url);
      expect(output).toMatch(/DIFFERENT {2}callers who got the time: expected 1, got [2-8]/);
      expect(exitCode).toBe(1);
    } finally {
      await host.stop();
    }
  },
);

test('control: where a class has more seats than it should, the play says so', { timeout: TIMEOUT_MS }, async () => {
  const dataDir = newFolder();
  await (await start(dataDir)).stop();
  addSeats(join(dataDir, 'askpro.db'));
  const host = await start(dataDir);
  try {
    const { exitCode, output } = await played(dataDir, host.http.url);
    expect(output).toContain('DIFFERENT  two more find no room: expected [false,"SLOT_TAKEN"], got [true,null]');
    expect(exitCode).toBe(1);
  } finally {
    await host.stop();
  }
});

test('without a host it says what to do', async () => {
  const { exitCode, output } = await played(newFolder(), 'http://127.0.0.1:9');
  expect(output).toContain('npm start');
  expect(exitCode).toBe(2);
});

/** Makes the table of claims anew, the same but for its key. */
function dropClaimsKey(file: string): void {
  const db = new DatabaseSync(file);
  const columns = db.prepare('PRAGMA table_info(claims)').all();
  expect(columns.filter(({ pk }) => Number(pk) > 0)).toHaveLength(4);
  const list = columns.map(({ name, type }) => `${String(name)} ${String(type)}`).join(', ');
  db.exec(`DROP TABLE claims; CREATE TABLE claims (${list})`);
  db.close();
}

/** Lets more into the class than its four. */
function addSeats(file: string): void {
  const db = new DatabaseSync(file);
  const sql = "UPDATE services SET rules = json_set(rules, '$.seats', 9) WHERE service_key = 'braiding-course'";
  expect(db.prepare(sql).run().changes).toBe(1);
  db.close();
}
