import { EngineError } from '../../../../adapter.ts';

/** How a MariaDB server is used. */
export interface MariadbOptions {
  /** `mysql://user:password@host:3306/database`. */
  readonly url: string;
  /** Connections at most. Left out: 20. */
  readonly connections?: number;
  /** How long one operation may wait for locks, connections and repetitions, in milliseconds. Left out: 10,000. */
  readonly busyLimitMs?: number;
  /** `manual` (default): the start is refused until `askpro migrate` ran. `auto`: missing migrations run at the start. */
  readonly migrate?: 'auto' | 'manual';
}

/** Options with nothing left out, and the name that messages may show. */
export interface MariadbSettings extends Required<MariadbOptions> {
  /** Without user and password. */
  readonly name: string;
}

/** Fills in what was left out, and refuses what cannot be used. */
export function mariadbSettings(given: string | MariadbOptions): MariadbSettings {
  const options: MariadbOptions = typeof given === 'string' ? { url: given } : given;
  const { url, connections = 20, busyLimitMs = 10_000, migrate = 'manual' } = options;
  const refuse = (field: string, demand: string): never => {
    throw new EngineError('OPTION_INVALID', `mariadb: ${field} must be ${demand}.`);
  };
  const parsed = URL.canParse(url) ? new URL(url) : refuse('url', 'an address such as mysql://user@host/database');
  if (!/^(mysql|mariadb):$/.test(parsed.protocol)) refuse('url', 'an address that begins with mysql: or mariadb:');
  if (parsed.pathname.length < 2) refuse('url', 'an address that ends with the name of a database');
  if (!Number.isSafeInteger(connections) || connections < 1) refuse('connections', 'a whole number from 1');
  if (!Number.isFinite(busyLimitMs) || busyLimitMs < 0) refuse('busyLimitMs', 'a number of milliseconds');
  if (migrate !== 'auto' && migrate !== 'manual') refuse('migrate', "'auto' or 'manual'");
  const name = `mariadb(${parsed.hostname}:${parsed.port || '3306'}${parsed.pathname})`;
  return { url, connections, busyLimitMs, migrate, name };
}
