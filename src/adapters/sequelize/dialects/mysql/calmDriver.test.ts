import mysql from 'mysql2';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mariadb } from '../../index.ts';

/** The driver's own server; its types do not show what one side of it can do. */
interface ServerSide {
  readonly stream: { cork(): void; uncork(): void; end(): void };
  on(event: 'error', heard: () => void): void;
  serverHandshake(greeting: object): void;
  writeOk(): void;
  writeError(error: { readonly code: number; readonly message: string }): void;
}

interface FakeServer {
  readonly _server: { address(): { readonly port: number } };
  on(event: 'connection', serve: (side: ServerSide) => void): void;
  listen(port: number, host: string, ready: () => void): void;
  close(done: () => void): void;
}

let server: FakeServer;
let port: number;

beforeAll(async () => {
  server = (mysql as unknown as { createServer(): FakeServer }).createServer();
  server.on('connection', (side) => {
    side.on('error', () => undefined);
    side.serverHandshake({
      protocolVersion: 10,
      serverVersion: '10.11.0-MariaDB',
      connectionId: 1,
      statusFlags: 2,
      characterSet: 45,
      capabilityFlags: 0xffffff & ~2048,
      // Let in and thrown out, all in one piece.
      authCallback: () => {
        side.stream.cork();
        side.writeOk();
        side.writeError({ code: 1927, message: 'Connection was killed' });
        side.stream.uncork();
        side.stream.end();
      },
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server._server.address());
});

afterAll(() => new Promise<void>((resolve) => server.close(resolve)));

test('a server that ends a connection as it opens it is told as one that cannot be reached', async () => {
  // An error that nobody listens to would end the process, and with it this test run.
  const storage = await mariadb({ url: `mariadb://root@127.0.0.1:${port}/askpro`, busyLimitMs: 300 }).create({});
  await expect(storage.start()).rejects.toMatchObject({ name: 'EngineError' });
});

test('control: the bare driver raises an error once it has said that it is connected', async () => {
  const connection = mysql.createConnection({ host: '127.0.0.1', port, user: 'root' });
  const events: string[] = [];
  connection.on('connect', () => events.push('connect'));
  const raised = new Promise<void>((resolve) => {
    connection.on('error', () => {
      events.push('error');
      resolve();
    });
  });
  await raised;
  expect(events.slice(0, 2)).toEqual(['connect', 'error']);
});
