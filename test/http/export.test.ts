import { createServer, get, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyAppointments } from '../../benchmarks/storage/manyAppointments.ts';
import { serve, type HttpServer, type ServeOptions } from '../../src/adapters/http/index.ts';
import { sqlite } from '../../src/adapters/sequelize/index.ts';
import type { CompanyDoor, Storage } from '../../src/adapter.ts';
import { EngineError } from '../../src/core/errors.ts';
import { fakeClock } from '../../src/testing.ts';
import { bench, granted, type Bench } from '../engine/salon.ts';

const ROWS = 3000;
/** So long that what the kernel keeps for a connection is a fraction of all. */
const NOTES = 'n'.repeat(6000);
const PATH = '/api/v2/export/appointments?format=ndjson';

let at: Bench;
let key: string;
let read = 0;
let failAfter = Infinity;

/** The storage that counts the rows it gives in walks, and fails when told to. */
function counting(real: Storage): Storage {
  return new Proxy(real, {
    get(target, name) {
      if (name === 'walk')
        return async (...input: Parameters<Storage['walk']>) => {
          if (read >= failAfter) throw new EngineError('STORAGE_UNREACHABLE', 'The wire was cut.');
          const page = await target.walk(...input);
          read += page.length;
          return page;
        };
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

let close: () => Promise<void>;
beforeAll(async () => {
  const first = await bench();
  granted(await first.door.book({ service: 'cut', start: '2026-11-24T10:00:00+01:00' }));
  copyAppointments(first.file, ROWS - 1, () => NOTES);
  const real = sqlite(first.file);
  const storage = { ...real, create: async (options: object) => counting(await real.create(options)) };
  at = await bench({ file: first.file, storage });
  const made = granted(await at.engine.keys.create(at.door.company.id, 'test'));
  key = made.secret;
  close = async () => {
    await at.close();
    await first.close();
  };
});
afterAll(() => close());

async function serving<T>(options: Partial<ServeOptions>, work: (http: HttpServer) => Promise<T>): Promise<T> {
  const http = await serve(at.engine, { port: 0, onError: () => undefined, ...options });
  try {
    read = 0;
    failAfter = Infinity;
    return await work(http);
  } finally {
    http.server.closeAllConnections();
    await http.close();
  }
}

/** The head of an answer whose body nobody has begun to take. */
const asked = (url: string): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    get(url, { headers: { authorization: `Bearer ${key}` }, agent: false }, resolve).on('error', reject);
  });

/** Lets everything in this process have so many turns that it could read all there is: the controls show that they do. */
async function manyTurns(): Promise<void> {
  for (let turn = 0; turn < 1500; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** A server that reads on, whether anybody takes what it writes or not. */
async function heedless<T>(work: (url: string) => Promise<T>): Promise<T> {
  const server: Server = createServer((_, response) => {
    void (async () => {
      for await (const piece of (at.door satisfies CompanyDoor).export.text('appointments', 'ndjson'))
        response.write(piece);
      response.end();
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    read = 0;
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

test('an export comes whole, in the media type asked for', () =>
  serving({}, async ({ url }) => {
    const headers = { authorization: `Bearer ${key}` };
    const csv = await fetch(`${url}/api/v2/export/appointments`, { headers });
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="appointments.csv"');
    expect((await csv.text()).split('\r\n')).toHaveLength(ROWS + 2);
    const lines = await fetch(`${url}${PATH}`, { headers });
    expect(lines.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
    expect((await lines.text()).split('\n')).toHaveLength(ROWS + 1);
  }));

test('as long as the client takes nothing, little is read', () =>
  serving({}, async ({ url }) => {
    const answer = await asked(`${url}${PATH}`);
    await manyTurns();
    expect(read).toBeLessThan(ROWS / 2);
    let lines = 0;
    for await (const chunk of answer) for (const byte of chunk as Buffer) if (byte === 10) lines++;
    expect([lines, read]).toEqual([ROWS, ROWS]);
  }));

test('control: a server that does not wait for its client is seen to read all', () =>
  heedless(async (url) => {
    await asked(url);
    await manyTurns();
    expect(read).toBe(ROWS);
  }));

test('a client that goes away ends the reading', () =>
  serving({}, async ({ url }) => {
    const answer = await asked(`${url}${PATH}`);
    await manyTurns();
    const before = read;
    answer.destroy();
    await manyTurns();
    // One page may have been on its way.
    expect(read - before).toBeLessThanOrEqual(500);
  }));

test('control: a server that does not notice that its client has gone is seen to read all', () =>
  heedless(async (url) => {
    (await asked(url)).destroy();
    await manyTurns();
    expect(read).toBe(ROWS);
  }));

test('a client that takes nothing for too long is cut off', async () => {
  const clock = fakeClock(0);
  await serving({ clock, limits: { stalledMs: 5000, deadlineTickMs: 1000 } }, async ({ url }) => {
    const answer = await asked(`${url}${PATH}`);
    const ended = new Promise((resolve) => answer.on('error', resolve));
    await manyTurns();
    for (let second = 0; second < 8; second++) clock.advance(1000);
    answer.resume();
    expect(await ended).toMatchObject({ code: 'ECONNRESET' });
  });
});

test('what fails in the middle breaks the answer off, so that nobody takes it for whole', async () => {
  const told: unknown[] = [];
  await serving({ onError: (error) => told.push(error) }, async ({ url }) => {
    failAfter = 1000;
    const answer = await asked(`${url}${PATH}`);
    const ended = new Promise((resolve) => answer.on('error', resolve));
    answer.resume();
    expect(await ended).toMatchObject({ code: 'ECONNRESET' });
  });
  expect(told).toMatchObject([{ code: 'STORAGE_UNREACHABLE' }]);
});

test('what fails before the first row is answered as a fault', () =>
  serving({}, async ({ url }) => {
    failAfter = 0;
    const answer = await asked(`${url}${PATH}`);
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([
      503,
      'application/problem+json; charset=utf-8',
    ]);
    answer.destroy();
  }));

test('HEAD tells what it would be and reads nothing', () =>
  serving({}, async ({ url }) => {
    const headers = { authorization: `Bearer ${key}` };
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      request(`${url}${PATH}`, { method: 'HEAD', headers, agent: false }, resolve).on('error', reject).end();
    });
    answer.resume();
    expect([answer.statusCode, answer.headers['content-type'], read]).toEqual([
      200,
      'application/x-ndjson; charset=utf-8',
      0,
    ]);
  }));

test.each([
  ['?format=xml', 'format'],
  ['?from=yesterday', 'from'],
  ['?from=2026-11-24T10:00:00Z&to=2026-11-24T10:00:00Z', 'to'],
  ['?limit=3', 'limit'],
])('%s is refused by its field', (query, field) =>
  serving({}, async ({ url }) => {
    const headers = { authorization: `Bearer ${key}` };
    const answer = await fetch(`${url}/api/v2/export/appointments${query}`, { headers });
    const body = (await answer.json()) as { errors: { path: string }[] };
    expect([answer.status, body.errors.map(({ path }) => path)]).toEqual([400, [field]]);
  }),
);
