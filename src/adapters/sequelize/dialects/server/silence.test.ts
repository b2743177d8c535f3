import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAnswers, expectNothing, Silence } from './silence.ts';

const limitMs = 80;

let server: Server;
const opened: Socket[] = [];

beforeAll(async () => {
  server = createServer((socket) => opened.push(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterAll(() => {
  for (const socket of opened) socket.destroy();
  server.close();
});

/** Both ends of a connection. */
async function pair(): Promise<{ readonly near: Socket; readonly far: Socket }> {
  const arrived = once(server, 'connection') as Promise<[Socket]>;
  const near = connect((server.address() as AddressInfo).port, '127.0.0.1');
  opened.push(near);
  const [[far]] = await Promise.all([arrived, once(near, 'connect')]);
  return { near: near.resume(), far: far.resume() };
}

/** When the connection was cut, in milliseconds from now. */
async function cut(socket: Socket): Promise<number> {
  const sinceMs = performance.now();
  const [error] = (await once(socket, 'close').catch((thrown: unknown) => [thrown])) as readonly unknown[];
  expect(error).toBeInstanceOf(Silence);
  return performance.now() - sinceMs;
}

function block(forMs: number): void {
  const untilMs = performance.now() + forMs;
  while (performance.now() < untilMs);
}

test('a connection on which nothing passes is cut after its own limit, however many others are watched', async () => {
  const [short, long] = [await pair(), await pair()];
  const sinceMs = performance.now();
  expectAnswers(long.near, limitMs * 3);
  expectAnswers(short.near, limitMs);
  const beforeMs = performance.now() - sinceMs;
  const [shortMs, longMs] = await Promise.all([cut(short.near), cut(long.near)]);
  expect(beforeMs + shortMs).toBeGreaterThanOrEqual(limitMs - 2);
  expect(shortMs).toBeLessThan(longMs);
  expect(beforeMs + longMs).toBeGreaterThanOrEqual(limitMs * 3 - 2);
});

test.each(['near', 'far'] as const)('each byte that the %s end sends puts it off', async (end) => {
  const both = await pair();
  expectAnswers(both.near, limitMs);
  let sent = 0;
  const sending = setInterval(() => {
    both[end].write('.');
    if (++sent === 10) clearInterval(sending);
  }, limitMs / 4);
  expect(await cut(both.near)).toBeGreaterThanOrEqual((10 / 4 + 7 / 8) * limitMs);
  expect(sent).toBe(10);
});

test('one that may be silent again is left alone', async () => {
  const [left, other] = [await pair(), await pair()];
  expectAnswers(left.near, limitMs);
  expectNothing(left.near);
  expectAnswers(other.near, limitMs * 2);
  await cut(other.near);
  expect(left.near.destroyed).toBe(false);
});

test('an answer that came while this process was busy counts, and a timer of the connection itself would not see it', async () => {
  const [watched, timed] = [await pair(), await pair()];
  let late = false;
  timed.near.setTimeout(limitMs, () => (late = true));
  expectAnswers(watched.near, limitMs);
  // They arrive here at once; nobody reads them before the process has time.
  watched.far.write('.');
  timed.far.write('.');
  block(limitMs * 2);
  const answer = once(watched.near, 'data');
  await answer;
  await new Promise((resolve) => setImmediate(resolve));
  expect(watched.near.destroyed).toBe(false);
  expect(late).toBe(true);
  expectNothing(watched.near);
});
