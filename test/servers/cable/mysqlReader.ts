import { Framing, isCommit } from './messages.ts';
import type { Answered, ProtocolReader, Sent } from './messages.ts';

/** Commands of the protocol, the first byte of a request. */
const commands = { query: 3, prepare: 22, execute: 23, sendLongData: 24, closeStatement: 25 } as const;

/** Three bytes of length, one that counts the packets of an exchange, and what they announce. */
const lengthOf = (rest: Buffer): number | undefined => (rest.length < 4 ? undefined : 4 + rest.readUIntLE(0, 3));

/** The MySQL protocol, in which an application waits for the answer before it asks again. */
export class MysqlReader implements ProtocolReader {
  readonly #fromApplication = new Framing();
  readonly #fromServer = new Framing();
  readonly #preparedCommits = new Set<number>();
  #request = 0;
  #prepares = false;

  sent(bytes: Buffer): readonly Sent[] {
    return [...this.#fromApplication.split(bytes, lengthOf)].map((packet) => {
      // Only a request begins its exchange; what else an application sends belongs to the login or goes on.
      const command = packet[3] === 0 ? packet[4] : undefined;
      const isAnswered = command !== commands.sendLongData && command !== commands.closeStatement;
      if (command !== undefined && isAnswered) this.#request++;
      return { bytes: packet, request: this.#request, commits: this.#commits(command, packet) };
    });
  }

  answered(bytes: Buffer): readonly Answered[] {
    return [...this.#fromServer.split(bytes, lengthOf)].map((packet) => {
      // The answer to a preparation begins with zero and the number by which the statement is run.
      if (this.#prepares && packet[3] === 1 && packet[4] === 0) this.#preparedCommits.add(packet.readUInt32LE(5));
      this.#prepares = false;
      return { bytes: packet, request: this.#request, isLast: true };
    });
  }

  #commits(command: number | undefined, packet: Buffer): boolean {
    const text = (): string => packet.toString('latin1', 5);
    if (command === commands.prepare) this.#prepares = isCommit(text());
    if (command === commands.execute) return this.#preparedCommits.has(packet.readUInt32LE(5));
    return command === commands.query && isCommit(text());
  }
}
