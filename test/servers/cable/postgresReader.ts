import { Framing, isCommit } from './messages.ts';
import type { Answered, ProtocolReader, Sent } from './messages.ts';

/** Asks whether the connection may be encrypted; the answer is a single byte. */
const encryptionRequests: ReadonlySet<number> = new Set([80877103, 80877104]);

/** A letter, four bytes of length that count themselves, and what they announce. */
const lengthOf = (rest: Buffer): number | undefined => (rest.length < 5 ? undefined : 1 + rest.readUInt32BE(1));

/** The texts, each ended by a zero, at the beginning of a message. */
const texts = (message: Buffer): readonly string[] => message.toString('latin1', 5).split('\0');

/**
 * PostgreSQL's protocol. A request is whatever ends with one "ready for query" of the server: the login, a simple query,
 * or the messages up to a "sync", of which several may be under way.
 */
export class PostgresReader implements ProtocolReader {
  readonly #fromApplication = new Framing();
  readonly #fromServer = new Framing();
  readonly #statements = new Map<string, boolean>();
  readonly #portals = new Map<string, boolean>();
  #hasBegun = false;
  #asksForEncryption = false;
  #request = 1;
  #answering = 1;

  sent(bytes: Buffer): readonly Sent[] {
    const first = (rest: Buffer): number | undefined => (rest.length < 4 ? undefined : rest.readUInt32BE(0));
    const length = (rest: Buffer): number | undefined => (this.#hasBegun ? lengthOf(rest) : first(rest));
    const messages: Sent[] = [];
    for (const message of this.#fromApplication.split(bytes, length)) {
      if (this.#hasBegun) messages.push(this.#read(message));
      else {
        this.#asksForEncryption = message.length === 8 && encryptionRequests.has(message.readUInt32BE(4));
        this.#hasBegun = !this.#asksForEncryption;
        messages.push({ bytes: message, request: 1, commits: false });
      }
    }
    return messages;
  }

  answered(bytes: Buffer): readonly Answered[] {
    const length = (rest: Buffer): number | undefined => (this.#asksForEncryption ? 1 : lengthOf(rest));
    const messages: Answered[] = [];
    for (const message of this.#fromServer.split(bytes, length)) {
      const isLast = !this.#asksForEncryption && message[0] === letter('Z');
      this.#asksForEncryption = false;
      messages.push({ bytes: message, request: this.#answering, isLast });
      if (isLast) this.#answering++;
    }
    return messages;
  }

  #read(message: Buffer): Sent {
    const kind = message[0];
    // A password belongs to the login; the first message that does not begins the next request.
    if (kind !== letter('p') && this.#request === 1) this.#request = 2;
    const sent = { bytes: message, request: this.#request, commits: this.#commits(kind, message) };
    if (kind === letter('Q') || kind === letter('S')) this.#request++;
    return sent;
  }

  #commits(kind: number | undefined, message: Buffer): boolean {
    const [one = '', two = ''] = texts(message);
    if (kind === letter('Q')) return isCommit(one);
    if (kind === letter('P')) this.#statements.set(one, isCommit(two));
    if (kind === letter('B')) this.#portals.set(one, this.#statements.get(two) ?? false);
    return kind === letter('E') && (this.#portals.get(one) ?? false);
  }
}

function letter(text: string): number {
  return text.charCodeAt(0);
}
