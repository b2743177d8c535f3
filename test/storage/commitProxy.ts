import { createServer, connect } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/** Where a connection breaks off when it is told to commit. */
export type Break = 'before-commit-arrives' | 'after-commit-arrived';

/** A cable between an application and its MySQL-protocol server that breaks off at the next COMMIT when it is told to. */
export interface CommitProxy {
  readonly port: number;
  /** How many commits it broke. */
  broken(): number;
  breakNextCommit(where: Break): void;
  /** Refuses every connection from now on. */
  refuse(): void;
  close(): Promise<void>;
}

// A query's packet: three bytes of length, one of sequence, the command 3, and the text.
const isCommit = (packet: Buffer): boolean => packet[4] === 3 && packet.toString('latin1', 5).startsWith('COMMIT');

/** Opens a cable to the server on that port. */
export async function commitProxy(serverPort: number): Promise<CommitProxy> {
  let next: Break | undefined;
  let broken = 0;
  let refusing = false;
  const sockets = new Set<Socket>();
  const server: Server = createServer((application) => {
    if (refusing) return void application.destroy();
    const upstream = connect(serverPort, '127.0.0.1');
    for (const socket of [application, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
    }
    upstream.on('data', (data) => application.write(data));
    upstream.on('close', () => application.destroy());
    application.on('close', () => upstream.destroy());
    application.on('data', (data: Buffer) => {
      if (next === undefined || !isCommit(data)) return void upstream.write(data);
      const where = next;
      next = undefined;
      broken++;
      if (where === 'before-commit-arrives') return void application.destroy();
      // The server's answer is the sign that it has committed; the application does not get to see it.
      upstream.removeAllListeners('data');
      upstream.once('data', () => application.destroy());
      upstream.write(data);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    broken: () => broken,
    breakNextCommit: (where) => {
      next = where;
    },
    refuse: () => {
      refusing = true;
      for (const socket of sockets) socket.destroy();
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
