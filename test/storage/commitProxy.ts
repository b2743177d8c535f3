import { createServer, connect } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/** Where a connection breaks off when it is told to commit. */
export type Break = 'before-commit-arrives' | 'after-commit-arrived';

/** A cable between an application and its MySQL-protocol server that breaks off at the next COMMIT when it is told to. */
export interface CommitProxy {
  readonly port: number;
  /** How many commits it broke. */
  broken(): number;
  /** `forGood`: from then on every connection is refused, and those that are open break off as well. */
  breakNextCommit(where: Break, forGood?: boolean): void;
  close(): Promise<void>;
}

// A query's packet: three bytes of length, one of sequence, the command 3, and the text.
const isCommit = (packet: Buffer): boolean => packet[4] === 3 && packet.toString('latin1', 5).startsWith('COMMIT');

/** Opens a cable to the server on that port. */
export async function commitProxy(serverPort: number): Promise<CommitProxy> {
  let next: Break | undefined;
  let last = false;
  let broken = 0;
  let refusing = false;
  const sockets = new Set<Socket>();
  const cutAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
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
      refusing = last;
      if (where === 'before-commit-arrives') return refusing ? cutAll() : void application.destroy();
      // The server's answer is the sign that it has committed; the application does not get to see it.
      upstream.removeAllListeners('data');
      upstream.once('data', () => (refusing ? cutAll() : application.destroy()));
      upstream.write(data);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    broken: () => broken,
    breakNextCommit: (where, forGood = false) => {
      next = where;
      last = forGood;
    },
    close: () => {
      cutAll();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
