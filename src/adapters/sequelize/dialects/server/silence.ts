import type { Socket } from 'node:net';

/** A server gave no answer for too long: whoever waits is told so, as of a connection that was lost. */
export class Silence extends Error {
  override readonly name = 'Silence';
  readonly code = 'ETIMEDOUT';

  constructor() {
    super('no answer came');
  }
}

/** How much of the limit of an operation a silence may last: then there is time left to try again, or to ask what happened. */
export const silentShare = 0.75;

/** So long a server has to confirm that a connection is ended, in milliseconds. */
export const partingMs = 1000;

const watched = new WeakSet<Socket>();

/** From now on the connection is cut when nothing has passed on it for that long. */
export function expectAnswers(socket: Socket, limitMs: number): void {
  if (!watched.has(socket)) {
    watched.add(socket);
    socket.on('timeout', () => socket.destroy(new Silence()));
  }
  socket.setTimeout(limitMs);
}

/** From now on the connection may be silent. */
export const expectNothing = (socket: Socket): void => void socket.setTimeout(0);

/** Does work on a connection that is cut when it falls silent. */
export async function answered<T>(socket: Socket, limitMs: number, work: () => Promise<T>): Promise<T> {
  expectAnswers(socket, limitMs);
  try {
    return await work();
  } finally {
    expectNothing(socket);
  }
}

type End = (...given: readonly unknown[]) => unknown;

/** A connection whose end is waited for no longer than {@link partingMs}: a server that is silent never confirms it. */
export function endsInTime<Connection extends object>(
  connection: Connection & { end(...given: never): unknown },
  socketOf: (connection: Connection) => Socket,
): Connection {
  const end = connection.end.bind(connection) as End;
  return Object.assign(connection, {
    end: (...given: readonly unknown[]) => {
      expectAnswers(socketOf(connection), partingMs);
      return end(...given);
    },
  });
}

/** Waits for something no longer than that; when it comes later, it is put away. */
export async function within<T>(asked: Promise<T>, limitMs: number, putAway: (late: T) => void): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let isLate = false;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      isLate = true;
      reject(new Silence());
    }, limitMs);
  });
  asked.then(
    (value) => {
      if (isLate) putAway(value);
    },
    () => undefined,
  );
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}
