import { expect, test } from 'vitest';
import type { Route } from '../../adapter.ts';
import { fakeClock } from '../../testing.ts';
import { serve, type HttpServer } from './serve.ts';
import { connection, engineOfRoutes } from './transport.scene.ts';

const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Resolves when the port is closed: from then on the grace runs. */
const portClosed = async ({ server }: HttpServer): Promise<void> => {
  while (server.listening) await turn();
};

/** A route whose answers wait until they are let go. */
function gate(): { readonly route: Route; readonly waiting: () => number; readonly open: () => void } {
  const waiting: (() => void)[] = [];
  const handle: Route['handle'] = () =>
    new Promise((resolve) => waiting.push(() => resolve({ status: 200, body: 'answered' })));
  return {
    route: { method: 'GET', path: '/gate', deadlineMs: 3_600_000, handle },
    waiting: () => waiting.length,
    open: () => waiting.splice(0).forEach((answer) => answer()),
  };
}

test('stopping answers what is in flight, and each answer says that the connection ends', async () => {
  const clock = fakeClock(0);
  const { route, waiting, open } = gate();
  const http = await serve(engineOfRoutes([route]), { port: 0, clock });
  const clients = Array.from({ length: 50 }, () => connection(http.port));
  for (const client of clients) client.send(get('/gate'));
  while (waiting() < clients.length) await turn();
  const closed = http.close();
  await portClosed(http);
  clock.advance(5_000);
  open();
  for (const client of clients) {
    const text = await client.end();
    expect(text).toMatch(/^HTTP\/1\.1 200 [\s\S]*Connection: close[\s\S]*answered$/);
  }
  await closed;
  expect(http.server.listening).toBe(false);
});

test('a request that was on its way when stopping began is still answered on its kept connection', async () => {
  const clock = fakeClock(0);
  const http = await serve(engineOfRoutes([]), { port: 0, clock });
  const client = connection(http.port);
  client.send(get('/health/ready'));
  await client.until((text) => text.includes('"ready":true'));
  const closed = http.close();
  await portClosed(http);
  client.send(get('/health/ready'));
  const text = await client.end();
  expect(text).toMatch(/HTTP\/1\.1 503 [\s\S]*Connection: close[\s\S]*"ready":false,"stopping":true/);
  await closed;
});

test('who waits to be accepted when stopping begins is accepted and answered', async () => {
  const clock = fakeClock(0);
  const { route, waiting, open } = gate();
  const http = await serve(engineOfRoutes([route]), { port: 0, clock });
  const clients = Array.from({ length: 50 }, () => connection(http.port));
  for (const client of clients) client.send(get('/gate'));
  // The kernel has taken them all, and this process has not yet looked at one.
  const closed = http.close();
  await portClosed(http);
  expect(waiting()).toBe(clients.length);
  open();
  for (const client of clients) expect(await client.end()).toMatch(/^HTTP\/1\.1 200 /);
  await closed;
});

test('connections on which nothing is asked are closed after the grace', async () => {
  const clock = fakeClock(0);
  const http = await serve(engineOfRoutes([]), { port: 0, clock });
  const kept = connection(http.port);
  kept.send(get('/health/live'));
  await kept.until((text) => text.includes('"live":true'));
  const silent = connection(http.port);
  await new Promise((resolve) => http.server.once('connection', resolve));
  const closed = http.close();
  let over = false;
  void closed.then(() => (over = true));
  await portClosed(http);
  expect(over).toBe(false);
  clock.advance(500);
  await Promise.all([kept.end(), silent.end(), closed]);
});

test('what has no answer at the limit is cut', async () => {
  const clock = fakeClock(0);
  const { route, waiting } = gate();
  const http = await serve(engineOfRoutes([route]), { port: 0, clock });
  const client = connection(http.port);
  client.send(get('/gate'));
  while (waiting() === 0) await turn();
  const closed = http.close();
  await portClosed(http);
  clock.advance(9_999);
  await turn();
  expect(client.socket.destroyed).toBe(false);
  clock.advance(1);
  await closed;
  expect(await client.end()).toBe('');
});

test('stopping twice is stopping once, and nobody gets in any more', async () => {
  const http = await serve(engineOfRoutes([]), { port: 0 });
  await Promise.all([http.close(), http.close()]);
  await expect(fetch(http.url)).rejects.toThrow();
});

test('a port that is taken is refused with the field to change', async () => {
  const first = await serve(engineOfRoutes([]), { port: 0 });
  await expect(serve(engineOfRoutes([]), { port: first.port })).rejects.toThrow(/OPTION_INVALID.*port.*is taken/);
  await first.close();
});
