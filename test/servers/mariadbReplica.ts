import { fastMariadb, startMariadb } from './mariadb.ts';
import type { MariadbServer } from './mariadb.ts';

/** Options with which a server keeps what replicas need; they have to be given to the primary. */
export const replicatedMariadb = [...fastMariadb, '--log-bin', '--binlog-format=ROW', '--server-id=1'] as const;

let replicas = 0;

/**
 * Starts a server that follows another, has everything from its beginning, and takes no writes of its own.
 * @param delaySeconds - how long after the primary it does what was done there; whole seconds
 */
export async function startMariadbReplica(
  primary: Pick<MariadbServer, 'port'>,
  delaySeconds = 0,
  options: readonly string[] = [],
): Promise<MariadbServer> {
  const replica = await startMariadb([...fastMariadb, `--server-id=${100 + ++replicas}`, '--read-only=ON', ...options]);
  try {
    await replica.query(
      `CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_PORT = ${primary.port}, MASTER_USER = 'root',
       MASTER_CONNECT_RETRY = 1, MASTER_USE_GTID = slave_pos, MASTER_DELAY = ${delaySeconds}`,
    );
    await replica.query('START SLAVE');
    return replica;
  } catch (error) {
    replica.kill();
    throw error;
  }
}
