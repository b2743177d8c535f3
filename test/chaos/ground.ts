import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from 'askpro/adapters/sequelize';
import { startGalera, type GaleraCluster } from '../servers/galera.ts';
import { fastMariadb, startMariadb } from '../servers/mariadb.ts';
import { startPostgres } from '../servers/postgres.ts';
import { storageAt, type DialectName, type Place } from './place.ts';

/** Where databases are made: a folder, a server or a cluster. */
export interface Ground {
  /** Makes a database with the schema; its places, of a cluster one for each node. */
  database(): Promise<readonly [Place, ...Place[]]>;
  close(): Promise<void>;
}

/** Opens one; its servers are fast rather than durable. */
export async function openGround(dialect: DialectName): Promise<Ground> {
  switch (dialect) {
    case 'sqlite':
      return folder();
    case 'mariadb': {
      const server = await startMariadb(fastMariadb);
      return serverGround('mariadb', server);
    }
    case 'postgres':
      return serverGround('postgres', await startPostgres());
    case 'galera':
      return clusterGround(await startGalera());
  }
}

/** A server that makes databases. */
export interface DatabaseServer {
  createDatabase(): Promise<string>;
  /** Ends it at once and takes its files away. */
  kill(): void;
}

/** Databases of a server that is there. */
export const serverGround = (dialect: DialectName, server: DatabaseServer): Ground => ({
  async database() {
    const place: Place = { dialect, address: await server.createDatabase() };
    await migrate(storageAt(place), 'up');
    return [place];
  },
  close: () => Promise.resolve(server.kill()),
});

/** Databases of a cluster that is there, which every node has. */
export const clusterGround = (cluster: GaleraCluster): Ground => ({
  async database() {
    const name = await cluster.createDatabase();
    const [first, ...others] = cluster.nodes.map((node): Place => ({ dialect: 'galera', address: node.url(name) }));
    if (first === undefined) throw new TypeError('a cluster has nodes');
    await migrate(storageAt(first), 'up');
    await cluster.settle();
    return [first, ...others];
  },
  close: () => cluster.stop(),
});

function folder(): Ground {
  const path = mkdtempSync(join(tmpdir(), 'askpro-chaos-'));
  let files = 0;
  return {
    async database() {
      const place: Place = { dialect: 'sqlite', address: join(path, `${++files}.db`) };
      await migrate(storageAt(place), 'up');
      return [place];
    },
    close: () => Promise.resolve(rmSync(path, { recursive: true, force: true })),
  };
}
