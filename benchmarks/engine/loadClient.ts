import { connect, type Socket } from 'node:net';
import { timingOf, type Timing } from '../measure/summary.ts';

/** What a run of requests came to. */
export interface Load extends Timing {
  readonly count: number;
}

/** An answer, for comparing two servers. */
export interface Reply {
  readonly status: number;
  readonly body: string;
}

const headEnd = Buffer.from('\r\n\r\n');

/** One keep-alive connection: sends a request, takes in the answer, sends the next. It opens itself anew when it is closed. */
class Connection {
  readonly #port: number;
  #socket: Socket | undefined;
  #chunks: Buffer[] = [];
  #missing = -1;
  #last = false;
  #done: (answer: Buffer) => void = () => undefined;
  #fail: (error: Error) => void = () => undefined;

  constructor(port: number) {
    this.#port = port;
  }

  send(request: Buffer): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.#done = resolve;
      this.#fail = reject;
      this.#socket ??= this.#open();
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#socket?.destroy();
  }

  #open(): Socket {
    const socket = connect({ port: this.#port, host: '127.0.0.1', noDelay: true });
    socket.on('data', (chunk) => this.#take(chunk));
    socket.on('error', (error) => this.#fail(error));
    return socket;
  }

  #take(chunk: Buffer): void {
    this.#chunks.push(chunk);
    if (this.#missing < 0) {
      const text = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks);
      const end = text.indexOf(headEnd);
      if (end < 0) return;
      const head = text.toString('latin1', 0, end);
      this.#last = /\r\nconnection: close/i.test(head);
      this.#missing = end + headEnd.length + Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0) - text.length;
    } else this.#missing -= chunk.length;
    if (this.#missing > 0) return;
    const answer = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks);
    this.#chunks = [];
    this.#missing = -1;
    if (this.#last) {
      this.#socket?.destroy();
      this.#socket = undefined;
    }
    this.#done(answer);
  }
}

/** Sends requests over some connections for a while, each connection the next request as soon as it has its answer. */
export async function load(
  port: number,
  requests: readonly Buffer[],
  { connections, durationMs }: { readonly connections: number; readonly durationMs: number },
): Promise<Load> {
  const durationsMs: number[] = [];
  const startedMs = performance.now();
  let next = 0;
  const lane = async (): Promise<void> => {
    const connection = new Connection(port);
    for (let nowMs = performance.now(); nowMs - startedMs < durationMs;) {
      await connection.send(requests[next++ % requests.length] ?? headEnd);
      const doneMs = performance.now();
      durationsMs.push(doneMs - nowMs);
      nowMs = doneMs;
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: connections }, lane));
  const count = durationsMs.length;
  return { ...timingOf(durationsMs), count, opsPerSec: (count / (performance.now() - startedMs)) * 1000 };
}

/** Asks once. */
export async function ask(port: number, request: Buffer): Promise<Reply> {
  const connection = new Connection(port);
  const text = (await connection.send(request)).toString('utf8');
  connection.close();
  const end = text.indexOf('\r\n\r\n');
  return { status: Number(text.slice(9, 12)), body: text.slice(end + 4) };
}

/** A request as it goes over the wire. */
export const get = (path: string, headers: Readonly<Record<string, string>> = {}): Buffer => {
  const lines = Object.entries({ host: 'localhost', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
};
