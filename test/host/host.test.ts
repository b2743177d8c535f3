import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { demo } from '../../examples/reference-server/demo.ts';
import { readEnvironment } from '../../examples/reference-server/environment.ts';
import { removeData, startedHost } from './startedHost.ts';

const run = promisify(execFile);

test('the printed command works, keys are kept for their owner alone, and a second start continues the first', async () => {
  const first = await startedHost();
  try {
    const command = /^curl .*$/m.exec(first.output())?.[0] ?? '';
    const { stdout } = await run('bash', ['-c', command.replace('curl ', 'curl --silent ')]);
    expect((JSON.parse(stdout) as { slots: unknown[] }).slots).toHaveLength(3);

    const file = join(first.dataDir, 'demo-keys.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const keys = JSON.parse(readFileSync(file, 'utf8')) as {
      engineSecret: string;
      retellApiKey: string;
      apiKeys: Record<string, string>;
    };
    expect(Object.keys(keys.apiKeys)).toEqual(demo.companies.map(({ key }) => key));
    expect(first.output()).not.toContain(keys.engineSecret);
    expect(first.output()).not.toContain(keys.retellApiKey);
    first.signal('SIGINT');
    expect(await first.exited()).toBe(0);

    const second = await startedHost(first.dataDir);
    const headers = { authorization: `Bearer ${keys.apiKeys['harbor-dental'] ?? ''}` };
    const company = await fetch(`${second.url}/api/v2/company`, { headers });
    expect(await company.json()).toMatchObject({ key: 'harbor-dental', timeZone: 'America/New_York' });
    expect(readFileSync(file, 'utf8')).toBe(JSON.stringify(keys, null, 2) + '\n');
    second.signal('SIGTERM');
    expect(await second.exited()).toBe(0);
  } finally {
    removeData(first);
  }
});

test('two hosts that start at once on an empty folder share one set of keys', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'askpro-host-'));
  const hosts = await Promise.all([startedHost(folder), startedHost(folder)]);
  const [one, other] = hosts;
  try {
    const { apiKeys } = JSON.parse(readFileSync(join(folder, 'demo-keys.json'), 'utf8')) as {
      apiKeys: Record<string, string>;
    };
    const key = apiKeys['salon-mitte'] ?? '';
    for (const host of hosts) expect(host.output()).toContain(key);
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const slots = await fetch(`${one.url}/api/v2/slots?service=haircut&count=1`, { headers });
    const { start } = ((await slots.json()) as { slots: { start: string }[] }).slots[0] ?? expect.fail();
    const offered = await fetch(`${one.url}/api/v2/offers`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ service: 'haircut', start }),
    });
    const { offer } = (await offered.json()) as { offer: string };
    // What one has offered the other honours.
    const held = await fetch(`${other.url}/api/v2/holds`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ offer, owner: 'a' }),
    });
    expect(held.status).toBe(201);
    for (const host of hosts) host.signal('SIGTERM');
    await Promise.all(hosts.map((host) => host.exited()));
    const db = new DatabaseSync(join(folder, 'askpro.db'));
    expect(db.prepare('SELECT COUNT(*) AS keys FROM api_keys WHERE active = 1').get()).toEqual({ keys: 2 });
    db.close();
  } finally {
    removeData(one);
  }
});

test('told to stop under load, it answers all that is in flight and is gone within ten seconds', async () => {
  const host = await startedHost();
  try {
    const { apiKeys } = JSON.parse(readFileSync(join(host.dataDir, 'demo-keys.json'), 'utf8')) as {
      apiKeys: Record<string, string>;
    };
    const headers = { authorization: `Bearer ${apiKeys['salon-mitte'] ?? ''}` };
    const ask = (path: string, by: Agent): Promise<'answered' | 'refused' | 'lost'> =>
      new Promise((resolve) => {
        const request = get(`${host.url}${path}`, { agent: by, headers }, (response) => {
          response.resume();
          response.on('end', () => resolve(response.statusCode === 200 ? 'answered' : 'lost'));
          response.on('error', () => resolve('lost'));
        });
        request.on('error', (error: NodeJS.ErrnoException) =>
          resolve(error.code === 'ECONNREFUSED' ? 'refused' : 'lost'),
        );
      });
    const tally = { answered: 0, refused: 0, lost: 0 };
    let answeredOnce: (() => void) | undefined;
    const warm = new Promise<void>((resolve) => (answeredOnce = resolve));
    const clients = Array.from({ length: 20 }, async () => {
      const own = new Agent({ keepAlive: true, maxSockets: 1 });
      for (;;) {
        const outcome = await ask('/api/v2/slots?service=haircut&count=200', own);
        tally[outcome]++;
        if (tally.answered > 100) answeredOnce?.();
        if (outcome !== 'answered') break;
      }
      own.destroy();
    });
    await warm;
    const toldMs = performance.now();
    host.signal('SIGTERM');
    const code = await host.exited();
    expect(code).toBe(0);
    expect(performance.now() - toldMs).toBeLessThan(10_000);
    await Promise.all(clients);
    expect(tally).toMatchObject({ lost: 0, refused: 20 });
  } finally {
    removeData(host);
  }
});

test('a port that is taken is told with the field to change', async () => {
  const host = await startedHost();
  try {
    await expect(startedHost(host.dataDir, { PORT: new URL(host.url).port })).rejects.toThrow(
      /ended with 1.*port.*taken/,
    );
    host.signal('SIGTERM');
    await host.exited();
  } finally {
    removeData(host);
  }
});

test('an environment that is wrong is told by its variables, without their values', () => {
  const read = readEnvironment({ PORT: '70000', ASKPRO_SECRET: 'hunter2', RETELL_API_KEY: 'short' });
  const errors = read.ok ? [] : read.errors;
  expect(errors.map((error) => error.split(' ')[0])).toEqual(['PORT', 'ASKPRO_SECRET', 'RETELL_API_KEY']);
  expect(errors.join()).not.toMatch(/hunter2|short/);
  expect(readEnvironment({ PORT: '', ASKPRO_DATA_DIR: '' })).toMatchObject({
    ok: true,
    settings: { port: 3000, host: '127.0.0.1', dataDir: '.askpro', database: undefined, secret: undefined },
  });
});
