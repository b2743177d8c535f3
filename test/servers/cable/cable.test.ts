import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openCable } from './cable.ts';
import type { Cable } from './cable.ts';

let echo: Server;
let cable: Cable;
let arrived = 0;
const sockets: Socket[] = [];

beforeEach(async () => {
  arrived = 0;
  echo = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      arrived += bytes.length;
      socket.write(bytes);
    });
  }).listen(0, '127.0.0.1');
  await once(echo, 'listening');
  cable = await openCable('unread', (echo.address() as AddressInfo).port);
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await cable.close();
  echo.close();
});

async function connected(): Promise<Socket> {
  const socket = connect(cable.port, '127.0.0.1');
  sockets.push(socket);
  await once(socket, 'connect');
  return socket;
}

async function answer(socket: Socket, sent: string): Promise<string> {
  socket.write(sent);
  let text = '';
  while (text.length < sent.length) text += String((await once(socket, 'data'))[0]);
  return text;
}

test('what is sent arrives whole and in order, also when the delay changes meanwhile', async () => {
  const socket = await connected();
  const long = Array.from({ length: 20_000 }, (_, index) => index).join();
  expect(await answer(socket, long)).toBe(long);
  cable.delay(60);
  const slow = answer(socket, 'slow,fast');
  cable.delay(0);
  expect(await slow).toBe('slow,fast');
});

test('a delay is met once each way', async () => {
  const socket = await connected();
  cable.delay(60);
  const sinceMs = performance.now();
  expect(await answer(socket, 'hello')).toBe('hello');
  expect(performance.now() - sinceMs).toBeGreaterThan(115);
});

test('a cut cable ends connections and takes no new ones until it is mended', async () => {
  const [open] = [await connected()];
  cable.cut();
  await once(open, 'close');
  const refused = await connected();
  await once(refused, 'close');
  cable.mend();
  expect(await answer(await connected(), 'again')).toBe('again');
});

test('a silent cable takes connections and bytes, answers nothing and closes nothing; what was silent ends when it is mended', async () => {
  const socket = await connected();
  await answer(socket, 'hello');
  cable.silence();
  let told = 0;
  for (const each of [socket, await connected()]) {
    each.on('data', () => told++).on('close', () => told++);
    each.write('anyone?');
  }
  // Beside the cable there is time for what would have passed it.
  const beside = connect((echo.address() as AddressInfo).port, '127.0.0.1');
  sockets.push(beside);
  for (let turn = 0; turn < 3; turn++) await answer(beside, 'x');
  expect([told, arrived]).toEqual([0, 5 + 3]);
  cable.mend();
  await once(socket, 'close');
  expect(await answer(await connected(), 'again')).toBe('again');
});

test('silence begins when so many bytes were told', async () => {
  const socket = await connected();
  expect(await answer(socket, 'before')).toBe('before');
  expect(cable.told()).toBe(6);
  cable.silenceAfter(5);
  expect(await answer(socket, 'still')).toBe('still');
  let told = 0;
  socket.on('data', () => told++).on('close', () => told++);
  socket.write('x');
  const beside = connect((echo.address() as AddressInfo).port, '127.0.0.1');
  sockets.push(beside);
  for (let turn = 0; turn < 3; turn++) await answer(beside, 'x');
  expect([told, cable.told()]).toEqual([0, 11]);
});

test.each([
  ['to-server', 3],
  ['to-application', 7],
] as const)('a connection is reset when so many bytes have passed %s', async (way, bytes) => {
  const socket = await connected();
  cable.resetAfter(bytes, way);
  let back = 0;
  socket.on('data', (each: Buffer) => (back += each.length));
  socket.write('abcdefghij');
  const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
  expect(error.code).toBe('ECONNRESET');
  expect(way === 'to-server' ? arrived : back).toBeLessThanOrEqual(bytes);
  expect(await answer(await connected(), 'again')).toBe('again');
});
