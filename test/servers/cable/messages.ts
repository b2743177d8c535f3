/** A message of an application or a server, as it is passed on. */
export interface Message {
  readonly bytes: Buffer;
  /** Which of the requests on this connection it belongs to, counted from 1. */
  readonly request: number;
}

/** What an application sends. */
export interface Sent extends Message {
  /** Whether the server commits when it has this. */
  readonly commits: boolean;
}

/** What a server sends. */
export interface Answered extends Message {
  /** Whether its request has been answered with this. */
  readonly isLast: boolean;
}

/**
 * Reads one connection in both directions. However the bytes come, in pieces or several messages at once, it answers
 * whole messages, and keeps the beginning of one until its end has come.
 */
export interface ProtocolReader {
  sent(bytes: Buffer): readonly Sent[];
  answered(bytes: Buffer): readonly Answered[];
}

/** Cuts a stream of bytes into messages whose length is known from their beginning. */
export class Framing {
  #rest: Buffer = Buffer.alloc(0);

  /** @param lengthOf - the whole length of the message that begins these bytes; undefined where more must come first */
  *split(bytes: Buffer, lengthOf: (rest: Buffer) => number | undefined): Generator<Buffer> {
    this.#rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    for (;;) {
      const length = this.#rest.length === 0 ? undefined : lengthOf(this.#rest);
      if (length === undefined || length > this.#rest.length) return;
      const message = this.#rest.subarray(0, length);
      this.#rest = this.#rest.subarray(length);
      yield message;
    }
  }
}

/** Whether a statement ends a transaction for good: a commit, or a booking made at once, which is a transaction by itself. */
export const isCommit = (sql: string): boolean =>
  /^\s*(COMMIT|END)\b|^CALL askpro_book|^WITH (keyed|claimed|gone) AS/i.test(sql);
