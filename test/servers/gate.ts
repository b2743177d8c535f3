import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** An address that leads to one server now and to another one later, as the name or the proxy of a database does. */
export interface Gate {
  readonly port: number;
  /** From now on new connections lead to that port of this machine; those that are open stay. */
  leadTo(port: number): void;
  close(): Promise<void>;
}

/** Opens a gate that leads to that port. */
export async function openGate(to: number): Promise<Gate> {
  const open = new Set<Socket>();
  let target = to;
  const server = createServer((from) => {
    const behind = connect(target, '127.0.0.1');
    for (const [one, other] of [
      [from, behind],
      [behind, from],
    ] as const) {
      open.add(one);
      one.pipe(other);
      one.on('error', () => undefined);
      one.once('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    leadTo: (port) => {
      target = port;
    },
    close: () => {
      for (const socket of open) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
