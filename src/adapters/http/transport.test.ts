import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { EngineError, type Route, type RouteRequest } from '../../adapter.ts';
import { httpHandler } from './handler.ts';
import type { RequestFailure } from './transport.ts';
import { connection, engineOfRoutes, serving } from './transport.scene.ts';

const route = (path: string, handle: Route['handle'], method: Route['method'] = 'GET'): Route => ({
  method,
  path,
  handle,
});
const hello = route('/hello', () => ({ status: 200, body: 'hello' }));

test('a route gets everything of its request, and the body byte by byte', () => {
  let seen: RouteRequest | undefined;
  const all = route(
    '/hooks/:provider/:call',
    (request) => {
      seen = request;
      return { status: 202, headers: { 'X-Own': 'yes' }, body: { ok: true } };
    },
    'POST',
  );
  return serving([all], {}, async ({ url }) => {
    const body = Uint8Array.from([0, 255, 13, 10]);
    const headers = { 'X-Signature': 'abc', 'x-request-id': 'proxy-17' };
    const answer = await fetch(`${url}/hooks/acme/a%20b?x=1&x=2`, { method: 'POST', body, headers });
    expect(answer.status).toBe(202);
    expect(answer.headers.get('x-own')).toBe('yes');
    expect(await answer.json()).toEqual({ ok: true });
    expect(seen).toMatchObject({
      params: { provider: 'acme', call: 'a b' },
      method: 'POST',
      path: '/hooks/acme/a%20b',
      requestId: 'proxy-17',
    });
    expect(seen?.headers['x-signature']).toBe('abc');
    expect(seen?.query.getAll('x')).toEqual(['1', '2']);
    expect([...(seen?.rawBody ?? [])]).toEqual([...body]);
    expect(seen?.signal.aborted).toBe(true);
  });
});

test('every answer tells its request id and its time, is not stored and not sniffed', () =>
  serving([hello], {}, async ({ url }) => {
    for (const path of ['/hello', '/nothing']) {
      const { headers } = await fetch(`${url}${path}`);
      expect(headers.get('x-request-id')).toMatch(/^[\w-]{10,40}$/);
      expect(headers.get('x-response-time')).toMatch(/^\d+\.\d{2}ms$/);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect([...headers.keys()].some((name) => name.startsWith('access-control'))).toBe(false);
    }
  }));

test('a request id that could hurt a log is replaced', () =>
  serving([hello], {}, async ({ url }) => {
    for (const incoming of ['a b', '"', '<x>', 'x'.repeat(129), '-x']) {
      const answer = await fetch(`${url}/hello`, { headers: { 'x-request-id': incoming } });
      expect(answer.headers.get('x-request-id')).not.toBe(incoming);
    }
  }));

test('what is not there is 404, another method 405 with Allow, OPTIONS 204 with Allow, HEAD has no body', () =>
  serving([hello], {}, async ({ url }) => {
    const missing = await fetch(`${url}/nothing`);
    expect(missing.status).toBe(404);
    expect(missing.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(await missing.json()).toMatchObject({
      code: 'NOT_FOUND',
      type: 'urn:askpro:problem:NOT_FOUND',
      status: 404,
    });
    const wrong = await fetch(`${url}/hello`, { method: 'DELETE' });
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
    const options = await fetch(`${url}/hello`, { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS']);
    const head = await fetch(`${url}/hello`, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '5', '']);
  }));

test('liveness is answered, and readiness without the details of its checks', () =>
  serving([], {}, async ({ url }) => {
    expect(await (await fetch(`${url}/health/live`)).json()).toEqual({ live: true });
    expect((await fetch(`${url}/health/live`, { method: 'HEAD' })).status).toBe(200);
    const ready = await fetch(`${url}/health/ready`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toEqual({ ready: true, stopping: false, checks: [{ name: 'storage', ok: true }] });
  }));

test('a fault is 500 and says nothing of its inside, one that may pass is 503 with Retry-After; both are told', async () => {
  const failures: RequestFailure[] = [];
  const routes = [
    route('/broken', () => {
      throw new Error('password=hunter2');
    }),
    route('/busy', () => Promise.reject(new EngineError('STORAGE_BUSY', 'The file /var/secret.db stayed locked.'))),
    route('/corrupt', () => Promise.reject(new EngineError('STORAGE_CORRUPT', 'The file /var/secret.db is damaged.'))),
    route('/header', () => ({ status: 200, headers: { 'x-bad': 'a\r\nb: c' }, body: '' })),
  ];
  await serving(routes, { onError: (_, failure) => failures.push(failure) }, async ({ url }) => {
    const texts: string[] = [];
    for (const [path, status, code] of [
      ['/broken', 500, 'INTERNAL_FAULT'],
      ['/busy', 503, 'STORAGE_BUSY'],
      ['/corrupt', 500, 'INTERNAL_FAULT'],
      ['/header', 500, 'INTERNAL_FAULT'],
    ] as const) {
      const answer = await fetch(`${url}${path}`);
      const text = await answer.text();
      texts.push(text);
      expect([answer.status, (JSON.parse(text) as { code: string }).code]).toEqual([status, code]);
      expect(answer.headers.get('retry-after')).toBe(status === 503 ? '1' : null);
      expect(text).toContain(`"requestId":"${answer.headers.get('x-request-id') ?? ''}"`);
    }
    expect(texts.join('')).not.toMatch(/hunter2|secret|\bat \b|\.ts/);
  });
  expect(failures.map(({ path }) => path)).toEqual(['/broken', '/busy', '/corrupt', '/header']);
});

test.each([
  ['a second Content-Length', 'POST /hello HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx'],
  [
    'a length beside chunks',
    'POST /hello HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
  ],
  ['no host', 'GET /hello HTTP/1.1\r\n\r\n'],
  ['two hosts in one line', 'GET /hello HTTP/1.1\r\nHost : x\r\n\r\n'],
  ['no HTTP at all', 'hello\r\n\r\n'],
])('%s is answered 400, and the connection ends', (_, bytes) =>
  serving([hello], {}, async ({ port }) => {
    const client = connection(port);
    client.send(bytes);
    expect(await client.end()).toMatch(/^HTTP\/1\.1 400 /);
  }),
);

test('garbage after a whole request does not take its answer away', async () => {
  let answer: ((response: { status: number; body: string }) => void) | undefined;
  const slow = route('/slow', () => new Promise((resolve) => (answer = resolve)));
  await serving([slow], {}, async ({ port }) => {
    const client = connection(port);
    client.send('GET /slow HTTP/1.1\r\nHost: x\r\n\r\nGARBAGE\r\n\r\n');
    while (answer === undefined) await new Promise((resolve) => setImmediate(resolve));
    answer({ status: 200, body: 'the answer' });
    const text = await client.end();
    expect(text).toMatch(/^HTTP\/1\.1 200 [\s\S]*the answer/);
  });
});

test('a path may come as a whole URL', () =>
  serving([hello], {}, async ({ port }) => {
    const client = connection(port);
    client.send('GET http://example.com/hello HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\n\r\n');
    expect(await client.end()).toContain('hello');
  }));

test('a client who goes away ends the work for it', async () => {
  let signal: AbortSignal | undefined;
  const slow = route('/slow', (request) => {
    signal = request.signal;
    return new Promise(() => undefined);
  });
  await serving([slow], {}, async ({ port }) => {
    const client = connection(port);
    client.send('GET /slow HTTP/1.1\r\nHost: x\r\n\r\n');
    while (signal === undefined) await new Promise((resolve) => setImmediate(resolve));
    const aborted = new Promise((resolve) => signal?.addEventListener('abort', resolve));
    client.socket.destroy();
    await aborted;
  });
});

test('the handler answers in a server of the host, and two routes of one address are refused', async () => {
  const server = createServer(httpHandler(engineOfRoutes([]), { routes: [hello] }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  expect(await (await fetch(`http://127.0.0.1:${port}/hello`)).text()).toBe('hello');
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  expect(() => httpHandler(engineOfRoutes([hello]), { routes: [hello] })).toThrow(/OPTION_INVALID.*\/hello/);
});
