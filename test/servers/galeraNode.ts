import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyFolder } from './firstFiles.ts';
import type { Account } from './installed.ts';
import { greets, queryMariadb } from './mariadb.ts';

/** Where Debian and others put the library by which nodes replicate. */
const providers = ['/usr/lib/galera/libgalera_smm.so', '/usr/lib64/galera-4/libgalera_smm.so'];

/** The library by which nodes replicate, where it is installed. */
export const galeraProvider = (): string | undefined => providers.find((path) => existsSync(path));

/** How many neighbouring ports a node needs. */
export const portsOfNode = 4;

/** Where a node has its files, and at what it listens: for the other nodes, and for applications. */
export interface NodePlace {
  readonly index: number;
  readonly folder: string;
  readonly data: string;
  readonly groupPort: number;
  readonly port: number;
}

/** Gives a node a folder, which belongs to whom it runs as. */
export function nodePlace(index: number, firstPort: number, account: Account | undefined): NodePlace {
  const folder = mkdtempSync(join(tmpdir(), 'askpro-galera-'));
  if (account !== undefined) chownSync(folder, account.uid, account.gid);
  const groupPort = firstPort + portsOfNode * index;
  return { index, folder, data: join(folder, 'data'), groupPort, port: groupPort + 2 };
}

/** @param peers - the nodes that it looks for when it starts */
export function nodeFlags({ index, folder, data, groupPort, port }: NodePlace, peers: readonly NodePlace[]): string[] {
  const addresses = peers.map((peer) => `127.0.0.1:${peer.groupPort}`).join(',');
  // The second port takes changes that the node missed, the fourth a whole copy.
  const listens = `gmcast.listen_addr=tcp://127.0.0.1:${groupPort};ist.recv_addr=127.0.0.1:${groupPort + 1}`;
  return [
    '--no-defaults',
    `--datadir=${data}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    `--socket=${join(folder, 's.sock')}`,
    `--pid-file=${join(folder, 'pid')}`,
    `--tmpdir=${folder}`,
    '--skip-name-resolve',
    '--max-connections=300',
    '--binlog-format=ROW',
    '--innodb-autoinc-lock-mode=2',
    '--innodb-log-file-size=16M',
    '--wsrep-on=ON',
    `--wsrep-provider=${galeraProvider() ?? ''}`,
    `--wsrep-provider-options=${listens};gcache.size=32M`,
    '--wsrep-cluster-name=askpro',
    `--wsrep-cluster-address=gcomm://${addresses}`,
    `--wsrep-node-name=node-${index}`,
    `--wsrep-node-address=127.0.0.1:${groupPort}`,
    '--wsrep-sst-method=rsync',
    `--wsrep-sst-receive-address=127.0.0.1:${groupPort + 3}`,
  ];
}

/** Gives a node the files of one that has ended, so that it needs no copy over the network. */
export function copyNode(from: NodePlace, to: NodePlace): void {
  copyFolder(from.data, to.data);
  for (const own of ['gvwstate.dat', 'galera.cache']) rmSync(join(to.data, own), { force: true });
  const state = join(to.data, 'grastate.dat');
  writeFileSync(state, readFileSync(state, 'utf8').replace('safe_to_bootstrap: 1', 'safe_to_bootstrap: 0'));
}

/** Whether the node at that port is part of a cluster and has what the others have. */
export async function isSynced(port: number): Promise<boolean> {
  if (!(await greets(port))) return false;
  try {
    const rows = (await queryMariadb(port, "SHOW STATUS LIKE 'wsrep_local_state'")) as readonly { Value: string }[];
    return rows[0]?.Value === '4';
  } catch {
    return false;
  }
}
