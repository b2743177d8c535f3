import type { Socket } from 'node:net';
import type { Aftermath, Condition, Way } from './condition.ts';
import type { ProtocolReader } from './messages.ts';

/** One connection through a cable. */
export class CableConnection {
  readonly #application: Socket;
  readonly #server: Socket;
  readonly #condition: Condition;
  readonly #cutAll: () => void;
  readonly #reader: ProtocolReader;
  readonly #onItsWay: Record<Way, Promise<void>> = {
    'to-server': Promise.resolve(),
    'to-application': Promise.resolve(),
  };
  /** The commit whose answer the application must not see. */
  #doomed: { readonly request: number; readonly then: Aftermath } | undefined;

  constructor(reader: ProtocolReader, application: Socket, server: Socket, condition: Condition, cutAll: () => void) {
    this.#application = application;
    this.#server = server;
    this.#condition = condition;
    this.#cutAll = cutAll;
    this.#reader = reader;
    for (const socket of [application, server]) {
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
    }
    application.on('data', (bytes: Buffer) => this.#fromApplication(bytes));
    server.on('data', (bytes: Buffer) => this.#fromServer(bytes));
    server.on('close', () => this.#passOn('to-application', undefined));
  }

  /** The application has gone. */
  end(): void {
    this.#passOn('to-server', undefined);
  }

  breakOff(): void {
    this.#application.destroy();
    this.#server.destroy();
  }

  #fromApplication(bytes: Buffer): void {
    for (const { bytes: message, request, commits } of this.#reader.sent(bytes)) {
      const { nextBreak } = this.#condition;
      if (commits && nextBreak !== undefined && this.#doomed === undefined) {
        this.#condition.nextBreak = undefined;
        if (nextBreak.where === 'before-commit-arrives') return this.#breakCommit(nextBreak.then);
        this.#doomed = { request, then: nextBreak.then };
      }
      this.#passOn('to-server', message);
    }
  }

  #fromServer(bytes: Buffer): void {
    for (const { bytes: message, request, isLast } of this.#reader.answered(bytes)) {
      if (request !== this.#doomed?.request) this.#passOn('to-application', message);
      else if (isLast) return this.#breakCommit(this.#doomed.then);
    }
  }

  #breakCommit(then: Aftermath): void {
    this.#condition.broken++;
    if (then === 'cut') this.#cutAll();
    else if (then === 'silence') this.#condition.isSilent = true;
    else this.breakOff();
  }

  /** Sends bytes on, or the end of the connection, in the order in which they came. */
  #passOn(way: Way, bytes: Buffer | undefined): void {
    const { delayMs } = this.#condition;
    const before = this.#onItsWay[way];
    const arrives = delayMs === 0 ? before : Promise.all([before, later(delayMs)]);
    this.#onItsWay[way] = arrives.then(() => this.#arrive(way, bytes));
  }

  #arrive(way: Way, bytes: Buffer | undefined): void {
    if (this.#condition.isSilent) return;
    const target = way === 'to-server' ? this.#server : this.#application;
    if (bytes === undefined) return void target.destroy();
    if (target.destroyed) return;
    if (way === 'to-application') {
      const { told, silentAfter = Infinity } = this.#condition;
      if (told + bytes.length > silentAfter) {
        this.#condition.isSilent = true;
        return;
      }
      this.#condition.told += bytes.length;
    }
    const { reset } = this.#condition;
    if (reset?.way !== way) return void target.write(bytes);
    if (bytes.length < reset.bytes) {
      reset.bytes -= bytes.length;
      return void target.write(bytes);
    }
    this.#condition.reset = undefined;
    target.write(bytes.subarray(0, reset.bytes), () => {
      this.#application.resetAndDestroy();
      this.#server.resetAndDestroy();
    });
  }
}

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
