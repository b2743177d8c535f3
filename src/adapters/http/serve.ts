import { createServer, type Server } from 'node:http';
import { Server as NetServer, type AddressInfo, type Socket } from 'node:net';
import { EngineError } from '../../adapter.ts';
import type { Clock } from '../../adapter.ts';
import { answerClientError } from './clientError.ts';
import { createTransport, type HttpOptions } from './handler.ts';
import type { HttpEngine } from './httpEngine.ts';
import type { HttpLimits } from './limits.ts';
import type { Transport } from './transport.ts';

/** Where and how to listen. */
export interface ServeOptions extends HttpOptions {
  /** 0: any free one. */
  readonly port: number;
  /** Left out: 127.0.0.1, which only this machine reaches. */
  readonly host?: string;
}

/** A server that listens. */
export interface HttpServer {
  /** `http://127.0.0.1:3000` */
  readonly url: string;
  readonly port: number;
  readonly server: Server;
  /**
   * Accepts who is waiting already, then nobody; answers what is in flight with `Connection: close`, closes idle
   * connections after a moment in which a request already on its way is still answered, and cuts what is left at the
   * limit. From the first moment it is not ready. The engine keeps running.
   */
  close(): Promise<void>;
}

/**
 * Serves an engine over node:http. Rejects with OPTION_INVALID when the address is taken or not this machine's.
 *
 * @example
 * const http = await serve(engine, { port: 3000 });
 * process.once('SIGTERM', () => void http.close().then(() => engine.stop()));
 */
export async function serve(engine: HttpEngine, options: ServeOptions): Promise<HttpServer> {
  const { host = '127.0.0.1' } = options;
  const { transport, limits, after } = createTransport(engine, options);
  const server = createServer({
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    maxHeaderSize: limits.maxHeaderBytes,
    connectionsCheckingInterval: limits.checkingIntervalMs,
  });
  server.maxRequestsPerSocket = limits.maxRequestsPerSocket;
  server.maxConnections = limits.maxConnections;
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('request', (request, response) => transport.handle(request, response));
  server.on('checkContinue', (request, response) => transport.handle(request, response, true));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) =>
    answerClientError(error, socket as Socket, transport),
  );
  const port = await listen(server, options.port, host);
  let closed: Promise<void> | undefined;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    server,
    close: () => (closed ??= stop(server, sockets, transport, limits, after)),
  };
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void => {
      const why = error.code === 'EADDRINUSE' ? 'is taken by another process' : `cannot be used: ${error.code ?? ''}`;
      reject(
        new EngineError('OPTION_INVALID', `The address ${host}, port ${port} (fields host and port) ${why}.`, error),
      );
    };
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

async function stop(
  server: Server,
  sockets: ReadonlySet<Socket>,
  transport: Transport,
  limits: HttpLimits,
  after: Clock['after'],
): Promise<void> {
  const ended = new Promise<void>((resolve) => server.once('close', () => resolve()));
  const cancelLimit = after(limits.stopLimitMs, () => {
    NetServer.prototype.close.call(server);
    for (const socket of sockets) socket.destroy();
  });
  transport.withdraw();
  await acceptWaiting(server, limits, after);
  transport.stop();
  // http's own close would cut idle connections at once, and with them requests that are already on the wire.
  NetServer.prototype.close.call(server);
  const cancelGrace = after(limits.stopGraceMs, () => {
    void turns(2).then(() => {
      for (const socket of sockets) if (transport.inFlightOn(socket) === undefined) socket.destroySoon();
    });
  });
  await ended;
  cancelGrace();
  cancelLimit();
  // Also ends node's timer that looks for slow connections.
  server.close();
}

/**
 * Accepts the connections that wait in the kernel, for closing the port would reset them with the requests that they
 * bring. Answers still keep their connections meanwhile, so that nobody has to connect anew, and the queue runs empty.
 */
async function acceptWaiting(server: Server, limits: HttpLimits, after: Clock['after']): Promise<void> {
  let accepted = 0;
  let inTime = true;
  const count = (): void => void accepted++;
  const cancel = after(limits.stopGraceMs, () => (inTime = false));
  server.on('connection', count).on('drop', count);
  for (let before = -1; inTime && before !== accepted;) {
    before = accepted;
    await turns(2);
  }
  server.off('connection', count).off('drop', count);
  cancel();
}

/** Lets the event loop look at every socket so many times: at least once wholly when it is two. */
async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
}
