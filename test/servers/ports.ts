import { createServer } from 'node:net';

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });

/**
 * The first of that many neighbouring loopback ports on which nobody listens. They lie below the range from which systems
 * give connections their own ends, so that a server that was killed finds its port free when it comes back.
 */
export async function freePorts(count = 1): Promise<number> {
  for (let attempt = 0; attempt < 1000; attempt++) {
    const first = 20_000 + Math.floor(Math.random() * (12_000 - count));
    const free = await Promise.all(Array.from({ length: count }, (_, index) => isFree(first + index)));
    if (!free.includes(false)) return first;
  }
  throw new Error(`no ${count} neighbouring ports are free between 20000 and 32000`);
}
