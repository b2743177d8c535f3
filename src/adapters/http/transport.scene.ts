import { connect, type Socket } from 'node:net';
import { EngineError, type Route } from '../../adapter.ts';
import type { HttpEngine } from './httpEngine.ts';
import { serve, type HttpServer, type ServeOptions } from './serve.ts';

const fault = (): never => {
  throw new EngineError('ENGINE_STOPPED', 'This engine serves routes only.');
};

/** An engine that has nothing but routes: what a transport does is the same whatever the engine does. */
export const engineOfRoutes = (routes: readonly Route[]): HttpEngine => ({
  keys: { create: fault, revoke: fault, authenticate: () => Promise.resolve(undefined) },
  setup: { apply: fault, create: fault, company: fault },
  company: fault,
  health: () => Promise.resolve({ ready: true, checks: [{ name: 'storage', ok: true, detail: 'secret detail' }] }),
  all: <T>() => routes as unknown as readonly T[],
});

/** Serves routes on a free port for the length of a test. */
export async function serving(
  routes: readonly Route[],
  options: Partial<ServeOptions>,
  run: (http: HttpServer) => Promise<void>,
): Promise<void> {
  const http = await serve(engineOfRoutes(routes), { port: 0, onError: () => undefined, ...options });
  try {
    await run(http);
  } finally {
    http.server.closeAllConnections();
    await http.close();
  }
}

/** A connection that sends exactly the bytes it is told to. */
export interface RawConnection {
  readonly socket: Socket;
  send(text: string): void;
  /** Resolves as soon as what came so far satisfies the test, or when the server hangs up. */
  until(seen: (text: string) => boolean): Promise<string>;
  /** Everything until the server hangs up. */
  end(): Promise<string>;
}

/** Connects to a server's port. */
export function connection(port: number): RawConnection {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  let over = false;
  const waiting = new Set<() => void>();
  const wake = (): void => waiting.forEach((look) => look());
  socket.on('data', (chunk) => {
    text += chunk.toString();
    wake();
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    over = true;
    wake();
  });
  const until = (seen: (text: string) => boolean): Promise<string> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!over && !seen(text)) return;
        waiting.delete(look);
        resolve(text);
      };
      waiting.add(look);
      look();
    });
  return { socket, send: (bytes) => void socket.write(bytes), until, end: () => until(() => false) };
}
