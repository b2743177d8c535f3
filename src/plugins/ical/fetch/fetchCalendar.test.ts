import { afterEach, beforeEach, expect, test } from 'vitest';
import { fakeClock } from '../../../testing.ts';
import { calendarServer, servesCalendar, type CalendarServer } from './calendarServer.scene.ts';
import { fetchCalendar, type Fetched, type FetchPlace, type Validators } from './fetchCalendar.ts';

const TEXT = 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n';
const NEVER: Validators = { etag: null, lastModified: null };
const clock = fakeClock(0);
const limits = { timeoutMs: 5_000, maxBytes: 10_000, maxRedirects: 3, allowPrivateAddresses: true };
let server: CalendarServer;

beforeEach(async () => {
  server = await calendarServer(servesCalendar(TEXT));
});
afterEach(async () => {
  await server.close();
  expect(clock.pending()).toBe(0);
});

const get = (url = server.url, known = NEVER, place: Partial<FetchPlace> = {}): Promise<Fetched> =>
  fetchCalendar(url, known, { limits, clock, ...place });
const failing = (failure: string, more: object = {}): object => ({ kind: 'failed', failure, ...more });

test('a calendar comes with its validators, and is not sent again while they hold', async () => {
  const first = await get();
  expect(first).toEqual({ kind: 'changed', text: TEXT, validators: { etag: '"1"', lastModified: null } });
  expect(await get(server.url, { etag: '"1"', lastModified: null })).toEqual({ kind: 'unchanged' });
  expect(await get(server.url, { etag: '"0"', lastModified: null })).toMatchObject({ kind: 'changed' });
  await get(server.url, { etag: null, lastModified: 'Mon, 23 Nov 2026 08:00:00 GMT' });
  expect(server.seen.at(-1)?.headers['if-modified-since']).toBe('Mon, 23 Nov 2026 08:00:00 GMT');
});

test('a server that says "not modified" to who has nothing is not believed', async () => {
  server.answer((_, response) => response.writeHead(304).end());
  expect(await get()).toEqual(failing('STATUS', { status: 304 }));
});

test('a fault of the server is told with its status, and how long to wait', async () => {
  server.answer((_, response) => response.writeHead(503, { 'retry-after': '120' }).end('down'));
  expect(await get()).toEqual(failing('STATUS', { status: 503, retryAfterMs: 120_000 }));
});

test('a server that never answers is given up when the time is over', async () => {
  server.answer(() => {});
  const fetching = get();
  await server.asked(1);
  clock.advance(5_000);
  expect(await fetching).toEqual(failing('TIMEOUT'));
});

test('a server that stalls in the middle is given up as well', async () => {
  server.answer((_, response) => {
    response.writeHead(200).write('BEGIN:VCALENDAR');
    setImmediate(() => clock.advance(5_000));
  });
  expect(await get()).toEqual(failing('TIMEOUT'));
});

test('a body that is cut is not taken for a calendar', async () => {
  server.answer((_, response) => {
    response.writeHead(200, { 'content-length': String(TEXT.length) }).write(TEXT.slice(0, 10));
    setImmediate(() => response.destroy());
  });
  expect(await get()).toEqual(failing('CUT'));
});

test('a body that is too large is not read to its end, whether or not it says so', async () => {
  server.answer((_, response) => response.writeHead(200, { 'content-length': '20000' }).end('x'.repeat(20_000)));
  expect(await get()).toEqual(failing('TOO_LARGE'));
  server.answer((_, response) => {
    const more = (): void => {
      if (!response.destroyed && response.write('x'.repeat(4_000))) setImmediate(more);
    };
    response.writeHead(200).on('drain', more);
    more();
  });
  expect(await get()).toEqual(failing('TOO_LARGE'));
});

test('a compressed body, which nobody asked for, is not unfolded', async () => {
  server.answer((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'));
  expect(await get()).toEqual(failing('CUT'));
});

test('redirects are followed, but not for ever, and not to what is no calendar', async () => {
  server.answer(({ url }, response) => {
    if (url === '/b') response.writeHead(200).end(TEXT);
    else response.writeHead(302, { location: '/b' }).end();
  });
  expect(await get()).toMatchObject({ kind: 'changed', text: TEXT });
  server.answer((_, response) => response.writeHead(302, { location: '/again' }).end());
  expect(await get()).toEqual(failing('TOO_MANY_REDIRECTS'));
  server.answer((_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end());
  expect(await get()).toEqual(failing('URL_INVALID'));
});

test('nobody answers where nobody listens', async () => {
  expect(await get('http://127.0.0.1:1/')).toEqual(failing('UNREACHABLE'));
  expect(await get(server.url, NEVER, { resolve: () => Promise.reject(new Error('no such name')) })).toMatchObject({
    kind: 'changed',
  });
  const resolve = (): Promise<never> => Promise.reject(new Error('no such name'));
  expect(await get('http://calendar.example/', NEVER, { resolve })).toEqual(failing('UNREACHABLE'));
});

test.each(['ftp://calendar.example/', 'file:///etc/passwd', 'calendar', '', 'javascript:alert(1)'])(
  '%s is no address of a calendar',
  async (url) => {
    expect(await get(url)).toEqual(failing('URL_INVALID'));
  },
);

const guarded = { limits: { ...limits, allowPrivateAddresses: false } };

test.each([
  'http://127.0.0.1:PORT/',
  'http://2130706433:PORT/',
  'http://0x7f.1:PORT/',
  'http://[::ffff:127.0.0.1]:PORT/',
  'http://localhost:PORT/',
  'http://calendar.example:PORT/',
])('a private address is not asked unless that is allowed: %s', async (pattern) => {
  const url = pattern.replace('PORT', String(server.port));
  const resolve = async (): Promise<readonly string[]> => ['127.0.0.1'];
  expect(await get(url, NEVER, { ...guarded, resolve })).toEqual(failing('ADDRESS_PRIVATE'));
  expect(server.seen).toHaveLength(0);
  // The same without the guard reaches it, so it is the guard that kept it out.
  if (!url.includes('[')) expect(await get(url, NEVER, { resolve })).toMatchObject({ kind: 'changed' });
});

test('a name with one private address among public ones is refused', async () => {
  const resolve = async (): Promise<readonly string[]> => ['93.184.215.14', '10.0.0.1'];
  expect(await get('http://calendar.example/', NEVER, { ...guarded, resolve })).toEqual(failing('ADDRESS_PRIVATE'));
});

test('a redirect into the private network is refused, and a name is not resolved a second time', async () => {
  const asked: string[] = [];
  const resolve = async (host: string): Promise<readonly string[]> => {
    asked.push(host);
    // Public when judged, private ever after: what a rebinding name server answers.
    return [asked.length === 1 ? '127.0.0.1' : '10.0.0.1'];
  };
  expect(await get(`http://calendar.example:${server.port}/`, NEVER, { resolve })).toMatchObject({ kind: 'changed' });
  expect(asked).toEqual(['calendar.example']);
});

test('a redirect is judged like the first address', async () => {
  server.answer(({ headers }, response) => {
    if (headers.host?.startsWith('inside.example') === true) response.writeHead(200).end(TEXT);
    else response.writeHead(302, { location: `http://inside.example:${server.port}/` }).end();
  });
  const resolve = async (host: string): Promise<readonly string[]> => [
    host === 'inside.example' ? '127.0.0.2' : '127.0.0.1',
  ];
  const url = `http://calendar.example:${server.port}/`;
  const only = (...allowPrivateAddresses: string[]): Promise<Fetched> =>
    get(url, NEVER, { resolve, limits: { ...limits, allowPrivateAddresses } });
  expect(await only('127.0.0.1')).toEqual(failing('ADDRESS_PRIVATE'));
  expect(server.seen).toHaveLength(1);
});

test('a name and a word in the address are sent as such', async () => {
  await get(server.url.replace('http://', 'http://max:se%40cret@'));
  expect(server.seen.at(-1)?.headers.authorization).toBe(`Basic ${Buffer.from('max:se@cret').toString('base64')}`);
});
