import { EngineError } from '../../../../adapter.ts';

/** How a database server is used. */
export interface ServerOptions {
  /** `mysql://user:password@host:3306/database`, or with `mariadb:`, `postgres:` or `postgresql:`, as the server is. */
  readonly url: string;
  /** Connections at most. Left out: 20. */
  readonly connections?: number;
  /** How long one operation may wait for locks, connections and repetitions, in milliseconds. Left out: 10,000. */
  readonly busyLimitMs?: number;
  /** `manual` (default): the start is refused until `askpro migrate` ran. `auto`: missing migrations run at the start. */
  readonly migrate?: 'auto' | 'manual';
}

/** Options with nothing left out, and the name that messages may show. */
export interface ServerSettings extends Required<ServerOptions> {
  /** Without user and password. */
  readonly name: string;
}

/** The kinds of servers: the schemes of their addresses, and the port that need not be named. */
const kinds = {
  mysql: { schemes: ['mysql', 'mariadb'], port: '3306' },
  mariadb: { schemes: ['mysql', 'mariadb'], port: '3306' },
  postgres: { schemes: ['postgres', 'postgresql'], port: '5432' },
} as const;

/** Fills in what was left out, and refuses what cannot be used. */
export function serverSettings(kind: keyof typeof kinds, given: string | ServerOptions): ServerSettings {
  const options: ServerOptions = typeof given === 'string' ? { url: given } : given;
  const { url, connections = 20, busyLimitMs = 10_000, migrate = 'manual' } = options;
  const { schemes, port } = kinds[kind];
  const refuse = (field: string, demand: string): never => {
    throw new EngineError('OPTION_INVALID', `${kind}: ${field} must be ${demand}.`);
  };
  const parsed = URL.canParse(url) ? new URL(url) : refuse('url', `an address such as ${kind}://user@host/database`);
  if (!schemes.some((scheme) => parsed.protocol === `${scheme}:`)) {
    refuse('url', `an address that begins with ${schemes.map((scheme) => `${scheme}:`).join(' or ')}`);
  }
  if (parsed.pathname.length < 2) refuse('url', 'an address that ends with the name of a database');
  if (!Number.isSafeInteger(connections) || connections < 1) refuse('connections', 'a whole number from 1');
  if (!Number.isFinite(busyLimitMs) || busyLimitMs < 0) refuse('busyLimitMs', 'a number of milliseconds');
  if (migrate !== 'auto' && migrate !== 'manual') refuse('migrate', "'auto' or 'manual'");
  const name = `${kind}(${parsed.hostname}:${parsed.port || port}${parsed.pathname})`;
  return { url, connections, busyLimitMs, migrate, name };
}
