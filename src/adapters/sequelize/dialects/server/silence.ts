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

/** A connection on which something is expected: `bytes` had passed at `sinceMs`, and none since, as far as was looked. */
interface Expected {
  readonly limitMs: number;
  bytes: number;
  sinceMs: number;
}

/** At least so often within a limit it is looked whether something has passed: so late a silence is noticed at most. */
const looksInLimit = 8;

// One timer for all connections: one for each, begun at each operation and put off by each byte, is what costs.
const expected = new Map<Socket, Expected>();
let nextLookMs = Infinity;
let timer: NodeJS.Timeout | undefined;

const passed = (socket: Socket): number => socket.bytesRead + socket.bytesWritten;

function lookAt(whenMs: number, nowMs: number): void {
  if (whenMs >= nextLookMs) return;
  clearTimeout(timer);
  nextLookMs = whenMs;
  // What came while this process was busy with something else is read first.
  timer = setTimeout(() => setImmediate(look), Math.max(1, Math.ceil(whenMs - nowMs))).unref();
}

/** Cuts what was silent for too long, and comes again as long as something is expected. */
function look(): void {
  const nowMs = performance.now();
  nextLookMs = Infinity;
  for (const [socket, state] of expected) {
    const bytes = passed(socket);
    if (bytes !== state.bytes) Object.assign(state, { bytes, sinceMs: nowMs });
    const leftMs = state.sinceMs + state.limitMs - nowMs;
    if (socket.destroyed || leftMs <= 0) expected.delete(socket);
    if (leftMs <= 0) socket.destroy(new Silence());
    else if (!socket.destroyed) lookAt(nowMs + Math.min(leftMs, state.limitMs / looksInLimit), nowMs);
  }
}

/** From now on the connection is cut when nothing has passed on it for that long. */
export function expectAnswers(socket: Socket, limitMs: number): void {
  const nowMs = performance.now();
  expected.set(socket, { limitMs, bytes: passed(socket), sinceMs: nowMs });
  lookAt(nowMs + limitMs / looksInLimit, nowMs);
}

/** From now on the connection may be silent. */
export const expectNothing = (socket: Socket): void => void expected.delete(socket);

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
