import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { Aftermath, Break, Condition, Way } from './condition.ts';
import { CableConnection } from './connection.ts';
import type { ProtocolReader } from './messages.ts';
import { MysqlReader } from './mysqlReader.ts';
import { PostgresReader } from './postgresReader.ts';

/** How what passes is read, in order to find commits; `unread` passes bytes as they come. */
const readers = {
  mysql: () => new MysqlReader(),
  postgres: () => new PostgresReader(),
  unread: (): ProtocolReader => ({
    sent: (bytes) => [{ bytes, request: 1, commits: false }],
    answered: (bytes) => [{ bytes, request: 1, isLast: false }],
  }),
} as const;

/** A cable between an application and its server, with the faults that cables have. */
export interface Cable {
  readonly port: number;
  /** How many commits it broke. */
  broken(): number;
  /** Everything takes that much longer, each way. */
  delay(ms: number): void;
  /** All connections break off, and new ones are refused. */
  cut(): void;
  /** Connections stay open and new ones are accepted, but nothing passes any more and nothing is closed. */
  silence(): void;
  /** The same once applications have got that many more bytes: in the middle of whatever they are told then. */
  silenceAfter(bytes: number): void;
  /** How many bytes applications got. */
  told(): number;
  /** When that many more bytes have passed in one direction, the connection that they were on is reset (RST). */
  resetAfter(bytes: number, way: Way): void;
  /**
   * Breaks the connection on which the next commit is sent: before the server has it, or once it has answered, which the
   * application does not get to see. From then on the cable may be cut, or silent, the connection of the commit included.
   */
  breakNextCommit(where: Break, then?: Aftermath): void;
  /** Ends every fault. What was silent breaks off, because bytes are missing there. */
  mend(): void;
  close(): Promise<void>;
}

/** Opens a cable to the server on that port. Of connections that are encrypted nothing can be read. */
export async function openCable(protocol: keyof typeof readers, serverPort: number): Promise<Cable> {
  const connections = new Set<CableConnection>();
  const sound = {
    delayMs: 0,
    isSilent: false,
    silentAfter: undefined,
    reset: undefined,
    nextBreak: undefined,
  } as const;
  const condition: Condition = { ...sound, broken: 0, told: 0 };
  let refusing = false;
  const breakAll = (): void => {
    for (const connection of connections) connection.breakOff();
  };
  const cut = (): void => {
    refusing = true;
    breakAll();
  };
  const server: Server = createServer((application: Socket) => {
    if (refusing) return void application.destroy();
    const connection = new CableConnection(
      readers[protocol](),
      application,
      connect(serverPort, '127.0.0.1'),
      condition,
      cut,
    );
    connections.add(connection);
    application.once('close', () => {
      connection.end();
      connections.delete(connection);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    broken: () => condition.broken,
    delay: (ms) => {
      condition.delayMs = ms;
    },
    cut,
    silence: () => {
      condition.isSilent = true;
    },
    silenceAfter: (bytes) => {
      condition.silentAfter = condition.told + bytes;
    },
    told: () => condition.told,
    resetAfter: (bytes, way) => {
      condition.reset = { bytes, way };
    },
    breakNextCommit: (where, then = 'none') => {
      condition.nextBreak = { where, then };
    },
    mend: () => {
      if (condition.isSilent) breakAll();
      Object.assign(condition, sound);
      refusing = false;
    },
    close: () => {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
