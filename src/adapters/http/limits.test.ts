import { expect, test } from 'vitest';
import type { Route } from '../../adapter.ts';
import { fakeClock } from '../../testing.ts';
import { connection, serving } from './transport.scene.ts';

const echo: Route = {
  method: 'POST',
  path: '/echo',
  handle: ({ rawBody }) => ({ status: 200, body: Buffer.from(rawBody).toString() }),
};
const large: Route = { ...echo, path: '/large', maxBodyBytes: 1_000 };
const never: Route = {
  method: 'GET',
  path: '/never',
  deadlineMs: 1_000,
  handle: ({ signal }) =>
    new Promise((resolve) => signal.addEventListener('abort', () => resolve({ status: 200, body: 'too late' }))),
};

const post = (port: number, path: string, body: string): string =>
  `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

test('a body up to the limit is taken, one byte more is answered 413 with the limit', () =>
  serving([echo, large], { limits: { maxBodyBytes: 100 } }, async ({ url }) => {
    const send = (path: string, size: number) => fetch(`${url}${path}`, { method: 'POST', body: 'x'.repeat(size) });
    expect(await (await send('/echo', 100)).text()).toBe('x'.repeat(100));
    const refused = await send('/echo', 101);
    expect(refused.status).toBe(413);
    expect(refused.headers.get('connection')).toBe('close');
    expect(await refused.json()).toMatchObject({ code: 'BODY_TOO_LARGE', status: 413, maxBytes: 100 });
    expect((await send('/large', 1_000)).status).toBe(200);
    expect((await send('/large', 1_001)).status).toBe(413);
  }));

test('a body without a length is counted while it comes in, and the client gets to read the answer', () =>
  serving([echo], { limits: { maxBodyBytes: 100 } }, async ({ port }) => {
    const client = connection(port);
    client.send(`POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n`);
    for (let i = 0; i < 20; i++) client.send(`40\r\n${'x'.repeat(64)}\r\n`);
    expect(await client.until((text) => text.includes('BODY_TOO_LARGE'))).toContain('HTTP/1.1 413 ');
    client.send('0\r\n\r\n');
    expect(await client.end()).toContain('Connection: close');
  }));

test('a client that goes on sending after its 413 is cut off', () =>
  serving([echo], { limits: { maxBodyBytes: 100 } }, async ({ port }) => {
    const client = connection(port);
    client.send(`POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n`);
    const chunk = `8000\r\n${'x'.repeat(0x8000)}\r\n`;
    let sending = true;
    client.socket.on('close', () => (sending = false));
    while (sending) {
      client.send(chunk);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await client.end()).toContain('413');
  }));

test('a body that was announced too large is refused before it is sent', () =>
  serving([echo], { limits: { maxBodyBytes: 100 } }, async ({ port }) => {
    const client = connection(port);
    client.send(`POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5000\r\n\r\n`);
    const answer = await client.end();
    expect(answer).toContain('HTTP/1.1 413 ');
    expect(answer).not.toContain('100 Continue');
  }));

test('a body that nobody reads ends its connection when it is endless, and not when it is short', () =>
  serving([], {}, async ({ port }) => {
    const endless = connection(port);
    endless.send('POST /nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000000\r\n\r\nstart');
    const answer = await endless.until((text) => text.includes('NOT_FOUND'));
    expect(answer).toContain('Connection: close');
    endless.socket.destroy();
    const short = connection(port);
    short.send(post(port, '/nothing', 'x'.repeat(1_000)));
    expect(await short.until((text) => text.includes('NOT_FOUND'))).toContain('Connection: keep-alive');
    short.socket.destroy();
  }));

test('a client that asks whether to go on is told so', () =>
  serving([echo], {}, async ({ port }) => {
    const client = connection(port);
    client.send(`POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n`);
    await client.until((text) => text.includes('100 Continue'));
    client.send('hello');
    expect(await client.until((text) => text.includes('hello'))).toContain('HTTP/1.1 200 OK');
    client.socket.destroy();
  }));

test('header lines above the limit are answered 431', () =>
  serving([echo], { limits: { maxHeaderBytes: 2_000 } }, async ({ port }) => {
    const client = connection(port);
    client.send(`GET /echo HTTP/1.1\r\nHost: x\r\nX-Long: ${'y'.repeat(3_000)}\r\n\r\n`);
    expect(await client.end()).toMatch(/^HTTP\/1\.1 431 [\s\S]*"code":"HEADERS_TOO_LARGE"/);
  }));

test('a head that drips in is answered 408 and the connection ends', () =>
  serving([echo], { limits: { headersTimeoutMs: 60, requestTimeoutMs: 120, checkingIntervalMs: 20 } }, async (http) => {
    const client = connection(http.port);
    client.send('GET /echo HTTP/1.1\r\nHost: x\r\nX-Slow: ');
    expect(await client.end()).toMatch(/^HTTP\/1\.1 408 [\s\S]*"code":"REQUEST_TIMEOUT"/);
  }));

test('a body that drips in is answered 408, while others are answered as ever', () =>
  serving([echo], { limits: { headersTimeoutMs: 60, requestTimeoutMs: 120, checkingIntervalMs: 20 } }, async (http) => {
    const slow = connection(http.port);
    slow.send(`POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\nonly this`);
    expect((await fetch(`${http.url}/echo`, { method: 'POST', body: 'quick' })).status).toBe(200);
    expect(await slow.end()).toMatch(/^HTTP\/1\.1 408 [\s\S]*"code":"REQUEST_TIMEOUT"/);
  }));

test('an answer that takes too long is answered 503 at the deadline, and its work is told to stop', async () => {
  const clock = fakeClock(0);
  await serving([never], { clock, limits: { stopGraceMs: 0 } }, async ({ url }) => {
    const asked = fetch(`${url}/never`);
    while (clock.pending() === 0) await new Promise((resolve) => setImmediate(resolve));
    clock.advance(5_000);
    const answer = await asked;
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(await answer.json()).toMatchObject({ code: 'DEADLINE_PASSED' });
  });
});

test('connections above the limit are dropped', () =>
  serving([echo], { limits: { maxConnections: 2 } }, async ({ port }) => {
    const first = connection(port);
    const second = connection(port);
    first.send(post(port, '/echo', 'one'));
    second.send(post(port, '/echo', 'two'));
    await Promise.all([first.until((text) => text.includes('one')), second.until((text) => text.includes('two'))]);
    const third = connection(port);
    third.send(post(port, '/echo', 'three'));
    expect(await third.end()).toBe('');
    first.socket.destroy();
    second.socket.destroy();
  }));

test('after so many requests a connection is told to end, and answers no more', () =>
  serving([echo], { limits: { maxRequestsPerSocket: 2 } }, async ({ port }) => {
    const client = connection(port);
    client.send(post(port, '/echo', 'one'));
    expect(await client.until((text) => text.includes('one'))).toContain('Connection: keep-alive');
    client.send(post(port, '/echo', 'two'));
    expect(await client.until((text) => text.includes('two'))).toContain('Connection: close');
    client.send(post(port, '/echo', 'three'));
    expect(await client.until((text) => text.includes('HTTP/1.1 503'))).not.toContain('three');
    client.socket.destroy();
  }));
