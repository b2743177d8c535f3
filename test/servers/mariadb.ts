import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstFiles, versionOf } from './firstFiles.ts';
import { canInstall, isPresent } from './installed.ts';
import { freePorts } from './ports.ts';
import { ServerProcess } from './serverProcess.ts';

/** A MariaDB server of this test run alone. */
export interface MariadbServer {
  readonly port: number;
  /** 0 while it does not run. */
  readonly pid: number;
  /** Makes an empty database and answers its address. */
  createDatabase(): Promise<string>;
  /** Runs a statement on the server. */
  query(sql: string): Promise<unknown>;
  /** Ends the server at once and takes its files away. */
  kill(): void;
  /** Ends the server as an operator would, and takes its files away. */
  stop(): Promise<void>;
  /** Ends the server at once (SIGKILL) and keeps its files. */
  crash(): Promise<void>;
  /** Starts the server again after a crash, on its files and its port. */
  restart(): Promise<void>;
}

/** Options with which nothing that was committed is lost, whatever ends the server. */
export const durableMariadb = ['--innodb-flush-log-at-trx-commit=1', '--sync-binlog=1'] as const;

/** Nothing waits for the disk: what was committed outlives the server's process, but not the machine. */
export const fastMariadb = [
  '--innodb-flush-log-at-trx-commit=2',
  '--innodb-flush-method=nosync',
  '--skip-innodb-doublewrite',
  '--debug-no-sync',
] as const;

/** Whether a server can be had here: it is installed, or can be. */
export const canHaveMariadb = (): boolean => canInstall(() => isPresent('mariadbd'), ['mariadb-server']);

/** Makes the files of a new server. */
export function installMariadb(data: string, flags: readonly string[] = []): void {
  const settings = ['--no-defaults', '--auth-root-authentication-method=normal', '--skip-test-db', ...flags];
  firstFiles([versionOf('mariadbd'), ...settings], data, () => {
    const options = [...settings, `--datadir=${data}`];
    const { status, stdout, stderr } = spawnSync('mariadb-install-db', options, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`mariadb-install-db failed: ${stdout}${stderr}`);
  });
}

/** Whether a server greets whoever connects. */
export const greets = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  });

/** Runs a statement on the server at that port. */
export async function queryMariadb(port: number, sql: string): Promise<unknown> {
  const { createConnection: connect } = await import('mysql2/promise');
  const connection = await connect({ host: '127.0.0.1', port, user: 'root' });
  try {
    return (await connection.query(sql))[0];
  } finally {
    await connection.end();
  }
}

/**
 * Starts a MariaDB server in a temporary folder on a free loopback port.
 * @param options - further options of the server, such as `--innodb-lock-wait-timeout=1`
 */
export async function startMariadb(options: readonly string[] = []): Promise<MariadbServer> {
  const folder = mkdtempSync(join(tmpdir(), 'askpro-mariadb-'));
  const data = join(folder, 'data');
  installMariadb(data, ['--user=root']);
  const port = await freePorts();
  const server = await ServerProcess.start({
    program: 'mariadbd',
    flags: [
      '--no-defaults',
      '--user=root',
      `--datadir=${data}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      `--socket=${join(folder, 's.sock')}`,
      `--pid-file=${join(folder, 'pid')}`,
      // A server that starts deletes what looks like its temporary files, whoever they belong to.
      `--tmpdir=${folder}`,
      '--skip-name-resolve',
      '--max-connections=300',
      ...options,
    ],
    account: undefined,
    folder,
    answers: () => greets(port),
    endsBy: 'SIGTERM',
  });
  return servedAt(port, server);
}

/** A server of the MySQL protocol that runs at a port. */
export function servedAt(port: number, server: ServerProcess): MariadbServer {
  const query = (sql: string): Promise<unknown> => queryMariadb(port, sql);
  let databases = 0;
  return {
    port,
    get pid() {
      return server.pid;
    },
    query,
    async createDatabase() {
      const name = `askpro_${++databases}`;
      await query(`CREATE DATABASE ${name}`);
      return `mysql://root@127.0.0.1:${port}/${name}`;
    },
    kill: () => server.kill(),
    stop: () => server.stop(),
    crash: () => server.crash(),
    restart: () => server.restart(),
  };
}
