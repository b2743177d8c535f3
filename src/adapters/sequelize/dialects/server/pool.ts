/** How many connections to a server there are, and what each of them keeps. */
export interface ConnectionPool {
  /** Opened at the start and never closed for being idle. Left out: 0. */
  readonly min?: number;
  /** At most. Left out: 20. */
  readonly max?: number;
  /** A connection beyond `min` that nobody has used for so long is closed. Left out: 60,000. */
  readonly idleMs?: number;
  /** How long one operation may wait for a connection. Left out: as long as it may wait in all, `busyLimitMs`. */
  readonly acquireMs?: number;
  /** Statements that each connection keeps prepared; 0: none, for poolers that cannot. Left out: 100. */
  readonly preparedStatements?: number;
  /** How many processes share the server with as many connections each: the start warns where it cannot hold them all. Left out: 1. */
  readonly processes?: number;
}

/** A pool with nothing left out. */
export type PoolSettings = Required<ConnectionPool>;

/** For a process that does nothing else than serve: 10 to 200 connections, closed when they were idle for five minutes. */
export const serverPool = {
  min: 10,
  max: 200,
  idleMs: 300_000,
  // Just what the limit of a MariaDB server holds for one such process, unless it is raised.
  preparedStatements: 80,
} as const satisfies ConnectionPool;

const isCount = (value: number, least: number): boolean => Number.isSafeInteger(value) && value >= least;
/** Timers of Node hold no more. */
const longestMs = 2 ** 31 - 1;

/** Fills in what was left out, and refuses what cannot be used. */
export function poolSettings(
  given: number | ConnectionPool | undefined,
  busyLimitMs: number,
  refuse: (field: string, demand: string) => never,
): PoolSettings {
  if (typeof given === 'number' && !isCount(given, 1)) refuse('connections', 'a whole number from 1');
  if (given !== undefined && typeof given !== 'number' && (typeof given !== 'object' || given === null)) {
    refuse('connections', 'a whole number from 1, or a pool');
  }
  const options: ConnectionPool = typeof given === 'number' ? { max: given } : (given ?? {});
  const { min = 0, max = 20, idleMs = 60_000, acquireMs = busyLimitMs } = options;
  const { preparedStatements = 100, processes = 1 } = options;
  if (!isCount(max, 1)) refuse('connections.max', 'a whole number from 1');
  if (!isCount(min, 0) || min > max) refuse('connections.min', `a whole number from 0 to ${max}, which is max`);
  for (const [field, value] of Object.entries({ idleMs, acquireMs })) {
    if (!(value >= 1 && value <= longestMs)) refuse(`connections.${field}`, 'a number of milliseconds from 1');
  }
  if (!isCount(preparedStatements, 0) || preparedStatements > 16_000) {
    refuse('connections.preparedStatements', 'a whole number from 0 to 16000');
  }
  if (!isCount(processes, 1)) refuse('connections.processes', 'a whole number from 1');
  return { min, max, idleMs, acquireMs, preparedStatements, processes };
}

/** The same in Sequelize's words. */
export const sequelizePool = ({ min, max, idleMs, acquireMs }: PoolSettings) => ({
  min,
  max,
  idle: idleMs,
  acquire: acquireMs,
  evict: Math.min(1000, idleMs),
});

/** Keeps Sequelize from setting the time zone of a connection itself, where a server that falls silent is never given up. */
export const timeZoneIsSet = { keepDefaultTimezone: true } as const;
