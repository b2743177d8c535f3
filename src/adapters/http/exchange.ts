import type { IncomingMessage, ServerResponse } from 'node:http';
import { hasBody, readBody, type Body } from './body.ts';
import type { Timed } from './deadlines.ts';
import { transportProblem } from './problem.ts';
import { pour } from './pour.ts';
import type { Reply } from './reply.ts';

/** After an early answer so much of a body is still taken in, so that the client gets to read the answer. */
const LINGER_BYTES = 1_048_576;

/** A request and its one answer. */
export class Exchange implements Timed {
  readonly request: IncomingMessage;
  readonly requestId: string;
  /** Decoded values of the path's parameters. */
  params: Readonly<Record<string, string>> = {};
  /** What follows the question mark, as it came. */
  search = '';
  dueTick = 0;
  /** Called with each piece of a long answer that has left; set by whoever keeps its time. */
  onProgress: () => void = () => undefined;
  readonly #response: ServerResponse;
  readonly #startedMs = performance.now();
  #awaitsContinue: boolean;
  #controller: AbortController | undefined;
  #answered = false;
  #lastOnConnection = false;
  #isPouring = false;

  constructor(request: IncomingMessage, response: ServerResponse, requestId: string, awaitsContinue: boolean) {
    this.request = request;
    this.#response = response;
    this.requestId = requestId;
    this.#awaitsContinue = awaitsContinue;
  }

  get answered(): boolean {
    return this.#answered;
  }

  /** Aborts when the deadline has passed or the client has gone. Made when first asked for: most answers need none. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#answered || this.#response.destroyed) this.#controller.abort();
    }
    return this.#controller.signal;
  }

  /** Reads the body; a client that waits for `100 Continue` is told so only now. */
  body(maxBytes: number): Promise<Body> {
    if (this.#awaitsContinue && Number(this.request.headers['content-length'] ?? 0) <= maxBytes) {
      this.#awaitsContinue = false;
      this.#response.writeContinue();
    }
    return readBody(this.request, maxBytes);
  }

  /** Closes the connection after the answer, whatever the client would like. */
  endConnection(): void {
    this.#lastOnConnection = true;
  }

  /**
   * Answers. Only the first answer counts: what comes after a deadline or to a client who has gone is dropped. A long answer
   * settles when its last piece has been written, and rejects when there is none to be had.
   */
  answer(reply: Reply): void | Promise<void> {
    const response = this.#response;
    if (this.#answered || response.destroyed) return;
    const { text } = reply;
    if (reply.pieces !== undefined) return this.#pour(reply, reply.pieces);
    const unread = !this.request.complete && hasBody(this.request);
    // node reads a small rest to its end and keeps the connection; one without a length or a large one is not awaited.
    const restBytes = Number(this.request.headers['content-length'] ?? Infinity);
    const lingers = unread && (reply.close === true || restBytes > LINGER_BYTES);
    if (lingers || this.#awaitsContinue || this.#lastOnConnection || reply.close === true)
      response.shouldKeepAlive = false;
    const bytes = text === undefined ? 0 : reply.ascii === true ? text.length : Buffer.byteLength(text);
    response.writeHead(reply.status, this.#head(reply, bytes));
    this.#answered = true;
    // As many bytes as characters: it is ASCII, which node writes twice as fast when it need not look for anything else.
    if (!lingers || this.#awaitsContinue) response.end(text, bytes === text?.length ? 'latin1' : 'utf8');
    else this.#linger(text ?? '');
  }

  /** Answers in the stead of whoever was too slow: the client with his body, or the route with its answer. */
  expire(): void {
    if (this.#isPouring) this.#response.destroy();
    else if (this.#answered) this.#response.end();
    else if (!this.request.complete && hasBody(this.request))
      void this.answer(transportProblem('REQUEST_TIMEOUT', this.requestId, { close: true }));
    else void this.answer(transportProblem('DEADLINE_PASSED', this.requestId, { headers: { 'retry-after': '1' } }));
    this.#controller?.abort();
  }

  /** To be called when the response is over, answered or not. */
  over(): void {
    this.#controller?.abort();
  }

  #pour(reply: Reply, pieces: AsyncIterable<string>): Promise<void> | undefined {
    const response = this.#response;
    if (this.#lastOnConnection) response.shouldKeepAlive = false;
    const begin = (): boolean => {
      if (this.#answered || response.destroyed) return false;
      response.writeHead(reply.status, this.#head(reply, 0));
      this.#answered = true;
      return true;
    };
    if (this.request.method === 'HEAD') {
      if (begin()) response.end();
      return undefined;
    }
    const moved = (): void => {
      this.#isPouring = true;
      if (!response.destroyed) this.onProgress();
    };
    return pour(pieces, { response, begin, moved });
  }

  #head({ status, type, text, pieces, headers }: Reply, bytes: number): string[] {
    const head = ['x-request-id', this.requestId];
    head.push('x-response-time', `${(performance.now() - this.#startedMs).toFixed(2)}ms`);
    head.push('x-content-type-options', 'nosniff');
    if (headers?.['cache-control'] === undefined) head.push('cache-control', 'no-store');
    if (type !== undefined) head.push('content-type', type);
    if (text !== undefined) head.push('content-length', String(bytes));
    else if (pieces === undefined && status !== 204 && status !== 304) head.push('content-length', '0');
    for (const name in headers) head.push(name, headers[name] ?? '');
    return head;
  }

  /** Sends the answer and takes in some of what the client still sends: a connection reset would destroy the answer. */
  #linger(text: string): void {
    const { request } = this;
    const response = this.#response;
    let left = LINGER_BYTES;
    const end = (): void => {
      request.off('data', onData).off('end', end).off('close', end);
      response.end();
    };
    const onData = (chunk: Buffer): void => {
      left -= chunk.length;
      if (left < 0) end();
    };
    response.write(text);
    request.on('data', onData).on('end', end).on('close', end);
    request.resume();
  }
}
