import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postgres } from '../../index.ts';

let server: Server;
let url: string;

const message = (type: string, body: Buffer): Buffer => {
  const head = Buffer.alloc(5);
  head.write(type, 'latin1');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
};

/** Let in, ready, and thrown out, all in one piece. */
const hello = Buffer.concat([
  message('R', Buffer.alloc(4)),
  message('Z', Buffer.from('I')),
  message('E', Buffer.from('SFATAL\0C57P01\0Mterminating connection due to unexpected postmaster exit\0\0')),
]);

beforeAll(async () => {
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(hello));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `postgres://root@127.0.0.1:${(server.address() as AddressInfo).port}/askpro`;
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

test('a server that ends a connection as it opens it is told as one that closed it', async () => {
  // An error that nobody listens to would end the process, and with it this test run.
  const storage = await postgres({ url, busyLimitMs: 300 }).create({});
  await expect(storage.start()).rejects.toMatchObject({ code: 'STORAGE_UNREACHABLE' });
});

test('control: the bare driver raises an error once it has said that it is connected', async () => {
  const client = new pg.Client(url);
  const raised = new Promise((resolve) => client.on('error', resolve));
  await client.connect();
  expect(await raised).toMatchObject({ code: '57P01' });
});
