import { accountWhenRoot, canInstall, isPresent } from './installed.ts';
import { copyNode, galeraProvider, isSynced, nodeFlags, nodePlace, portsOfNode } from './galeraNode.ts';
import type { NodePlace } from './galeraNode.ts';
import { fastMariadb, installMariadb, queryMariadb } from './mariadb.ts';
import { freePorts } from './ports.ts';
import { ServerProcess } from './serverProcess.ts';

/** One of the servers of a cluster. */
export interface GaleraNode {
  readonly port: number;
  /** 0 while it does not run. */
  readonly pid: number;
  /** The address of a database on this node. */
  url(database: string): string;
  /** Runs a statement on this node. */
  query(sql: string): Promise<unknown>;
}

/** A Galera cluster of this test run alone: every node takes writes, and has those of all. */
export interface GaleraCluster {
  readonly nodes: readonly GaleraNode[];
  /** Makes an empty database on all nodes and answers its name. */
  createDatabase(): Promise<string>;
  /** Waits until every node that runs has what was written on any of them before. */
  settle(): Promise<void>;
  /** Ends a node at once (SIGKILL) and keeps its files. */
  crashNode(node: number): Promise<void>;
  /** Starts a node again, which joins the others and catches up with them. */
  restartNode(node: number): Promise<void>;
  /** Ends all nodes and takes their files away. */
  stop(): Promise<void>;
}

/** Whether a cluster can be had here: it is installed, or can be. */
export const canHaveGalera = (): boolean =>
  canInstall(
    () => isPresent('mariadbd') && isPresent('rsync') && galeraProvider() !== undefined,
    ['mariadb-server', 'galera-4', 'rsync'],
  );

/**
 * Starts a cluster in temporary folders on free loopback ports; about 8 seconds for three nodes.
 * @param options - further options of every node, such as `--wsrep-sync-wait=1`
 */
export async function startGalera(count = 3, options: readonly string[] = []): Promise<GaleraCluster> {
  const account = accountWhenRoot('mysql');
  const firstPort = await freePorts(portsOfNode * count);
  const places = Array.from({ length: count }, (_, index) => nodePlace(index, firstPort, account));
  const running: ServerProcess[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(running.map((server) => server.stop()));
  };
  const begin = async (place: NodePlace, peers: readonly NodePlace[], ...more: string[]): Promise<ServerProcess> => {
    const server = await ServerProcess.start({
      program: 'mariadbd',
      flags: [...nodeFlags(place, peers), ...fastMariadb, ...options, ...more],
      account,
      folder: place.folder,
      answers: () => isSynced(place.port),
      endsBy: 'SIGTERM',
    });
    running.push(server);
    return server;
  };
  const at = (node: number): readonly [NodePlace, ServerProcess] => {
    const [place, server] = [places[node], running[node]];
    if (place === undefined || server === undefined) throw new RangeError(`the cluster has no node ${node}`);
    return [place, server];
  };
  try {
    const [first, ...others] = places;
    if (first === undefined) throw new RangeError('a cluster needs a node');
    installMariadb(first.data, account === undefined ? [] : ['--user=mysql']);
    const founder = await begin(first, places, '--wsrep-new-cluster');
    // The others begin with its files, and so need only what has changed since.
    await founder.end();
    for (const place of others) copyNode(first, place);
    await founder.restart();
    for (const place of others) await begin(place, [first]);
  } catch (error) {
    await stop();
    throw error;
  }
  let databases = 0;
  return {
    nodes: places.map(({ port }, index) => ({
      port,
      get pid() {
        return running[index]?.pid ?? 0;
      },
      url: (database) => `mysql://root@127.0.0.1:${port}/${database}`,
      query: (sql) => queryMariadb(port, sql),
    })),
    async createDatabase() {
      const name = `askpro_${++databases}`;
      await queryMariadb(at(0)[0].port, `CREATE DATABASE ${name}`);
      return name;
    },
    async settle() {
      const there = places.filter((_, index) => (running[index]?.pid ?? 0) > 0);
      await Promise.all(there.map(({ port }) => queryMariadb(port, 'SET STATEMENT wsrep_sync_wait = 15 FOR SELECT 1')));
    },
    crashNode: (node) => at(node)[1].crash(),
    restartNode(node) {
      const [place, server] = at(node);
      return server.restart([...nodeFlags(place, places), ...options]);
    },
    stop,
  };
}
