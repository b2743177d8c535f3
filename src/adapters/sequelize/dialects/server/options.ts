import { EngineError } from '../../../../adapter.ts';
import { serverAddress } from './address.ts';
import type { ServerAddress, ServerKind } from './address.ts';
import { poolSettings } from './pool.ts';
import type { ConnectionPool, PoolSettings } from './pool.ts';
import { tlsSettings } from './tls.ts';
import type { TlsOptions } from './tls.ts';

/** How a database server is used. */
export interface ServerOptions {
  /**
   * `mysql://user:password@host:3306/database`, or with `mariadb:`, `postgres:` or `postgresql:`, as the server is. With
   * `?sslmode=verify-full` or `?ssl=true` behind it as with `tls: true`.
   */
  readonly url: string;
  /** Connections at most, or a pool such as {@link serverPool}. Left out: 20. */
  readonly connections?: number | ConnectionPool;
  /**
   * How long one operation may wait for locks, connections, repetitions and a server that does not answer, in milliseconds.
   * A connection on which nothing has passed for three quarters of it is cut; statements wait for locks for half of it,
   * on the MySQL protocol at least a second. Left out: 10,000.
   */
  readonly busyLimitMs?: number;
  /** `manual` (default): the start is refused until `askpro migrate` ran. `auto`: missing migrations run at the start. */
  readonly migrate?: 'auto' | 'manual';
  /**
   * `true` (default): what most bookings are is written in one round trip where the server lets that be (on MySQL and
   * MariaDB by a procedure that a migration makes), all else statement by statement. `false`: everything is.
   */
  readonly oneRoundTrip?: boolean;
  /** `true`: encrypted, and only with whom Node trusts under the name of the host. Left out: as the address says, else not encrypted. */
  readonly tls?: boolean | TlsOptions;
  /**
   * Addresses of replicas (MariaDB, PostgreSQL), for what is only looked at: free times, lists, exports. What this process
   * has written for a company, it reads for that company from the primary until a replica has it.
   */
  readonly replicas?: readonly string[];
  /** How far a replica may be behind, in milliseconds; one that is further behind is not read. Left out: 1,000. */
  readonly maxLagMs?: number;
}

/** Options with nothing left out. */
export interface ServerSettings {
  readonly address: ServerAddress;
  readonly connections: PoolSettings;
  readonly busyLimitMs: number;
  readonly migrate: 'auto' | 'manual';
  readonly oneRoundTrip: boolean;
  readonly tls: TlsOptions | undefined;
  readonly replicas: readonly ServerAddress[];
  readonly maxLagMs: number;
  /** For messages: without user and password. */
  readonly name: string;
}

/** Fills in what was left out, and refuses what cannot be used. */
export function serverSettings(kind: ServerKind, given: string | ServerOptions): ServerSettings {
  const options: ServerOptions = typeof given === 'string' ? { url: given } : given;
  const { busyLimitMs = 10_000, migrate = 'manual', replicas = [], maxLagMs = 1000 } = options;
  const { oneRoundTrip = true } = options;
  const refuse = (field: string, demand: string): never => {
    throw new EngineError('OPTION_INVALID', `${kind}: ${field} must be ${demand}.`);
  };
  const address = serverAddress(kind, 'url', options.url, refuse);
  if (!Number.isFinite(busyLimitMs) || busyLimitMs < 0) refuse('busyLimitMs', 'a number of milliseconds');
  if (migrate !== 'auto' && migrate !== 'manual') refuse('migrate', "'auto' or 'manual'");
  if (typeof oneRoundTrip !== 'boolean') refuse('oneRoundTrip', 'true or false');
  if (!isList(replicas)) refuse('replicas', 'a list of addresses');
  if (!Number.isFinite(maxLagMs) || maxLagMs < 1) refuse('maxLagMs', 'a number of milliseconds from 1');
  return {
    address,
    connections: poolSettings(options.connections, Math.max(1, busyLimitMs), refuse),
    busyLimitMs,
    migrate,
    oneRoundTrip,
    tls: tlsSettings(options.tls, address.asked, refuse),
    replicas: replicas.map((url, index) => replicaAddress(kind, index, url, refuse)),
    maxLagMs,
    name: address.name,
  };
}

const isList = (value: unknown): boolean => Array.isArray(value);

function replicaAddress(
  kind: ServerKind,
  index: number,
  url: string,
  refuse: (field: string, demand: string) => never,
): ServerAddress {
  const field = `replicas[${index}]`;
  const address = serverAddress(kind, field, url, refuse);
  if (address.asked.size > 0) refuse(field, 'an address without options: those of the primary hold for it');
  return address;
}
