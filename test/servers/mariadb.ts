import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A MariaDB server of this test run alone. */
export interface MariadbServer {
  readonly port: number;
  readonly pid: number;
  /** Makes an empty database and answers its address. */
  createDatabase(): Promise<string>;
  /** Runs a statement on the server. */
  query(sql: string): Promise<unknown>;
  /** Ends the server at once and takes its files away. */
  kill(): void;
  /** Ends the server as an operator would, and takes its files away. */
  stop(): Promise<void>;
}

const isPresent = (program: string): boolean => spawnSync('which', [program]).status === 0;

/** Whether a server can be had here: it is installed, or can be. */
export function canHaveMariadb(): boolean {
  if (isPresent('mariadbd')) return true;
  if (process.getuid?.() !== 0 || !isPresent('apt-get')) return false;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = (): boolean =>
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'mariadb-server'], { env }).status === 0;
  if (!install()) {
    spawnSync('apt-get', ['update'], { env });
    install();
  }
  return isPresent('mariadbd');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  });
}

async function untilItAnswers(server: ChildProcess, port: number, told: () => string): Promise<void> {
  const deadlineMs = performance.now() + 60_000;
  while (!(await answers(port))) {
    if (server.exitCode !== null) throw new Error(`mariadbd ended with ${server.exitCode}: ${told()}`);
    if (performance.now() > deadlineMs) throw new Error(`mariadbd does not answer: ${told()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/**
 * Starts a MariaDB server in a temporary folder on a free loopback port.
 * @param options - further options of the server, such as `--innodb-lock-wait-timeout=1`
 */
export async function startMariadb(options: readonly string[] = []): Promise<MariadbServer> {
  const folder = mkdtempSync(join(tmpdir(), 'askpro-mariadb-'));
  const data = join(folder, 'data');
  const install = spawnSync(
    'mariadb-install-db',
    ['--no-defaults', '--user=root', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db'],
    { encoding: 'utf8' },
  );
  if (install.status !== 0) throw new Error(`mariadb-install-db failed: ${install.stdout}${install.stderr}`);
  const port = await freePort();
  const server = spawn(
    'mariadbd',
    [
      '--no-defaults',
      '--user=root',
      `--datadir=${data}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      `--socket=${join(folder, 's.sock')}`,
      `--pid-file=${join(folder, 'pid')}`,
      '--skip-name-resolve',
      '--max-connections=300',
      ...options,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let log = '';
  server.stderr.setEncoding('utf8').on('data', (text: string) => (log = (log + text).slice(-4000)));
  const removeFiles = (): void => rmSync(folder, { recursive: true, force: true });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  // Ends the server also where this process is killed: its end closes the guard's input.
  const guard = spawn('sh', ['-c', `cat > /dev/null; kill -9 ${server.pid ?? 0}; rm -rf '${folder}'`], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  const query = async (sql: string): Promise<unknown> => {
    const { createConnection: connect } = await import('mysql2/promise');
    const connection = await connect({ host: '127.0.0.1', port, user: 'root' });
    try {
      return (await connection.query(sql))[0];
    } finally {
      await connection.end();
    }
  };
  try {
    await untilItAnswers(server, port, () => log);
  } catch (error) {
    guard.kill('SIGKILL');
    server.kill('SIGKILL');
    removeFiles();
    throw error;
  }
  let databases = 0;
  return {
    port,
    pid: server.pid ?? 0,
    query,
    async createDatabase() {
      const name = `askpro_${++databases}`;
      await query(`CREATE DATABASE ${name}`);
      return `mysql://root@127.0.0.1:${port}/${name}`;
    },
    kill() {
      guard.kill('SIGKILL');
      server.kill('SIGKILL');
      removeFiles();
    },
    async stop() {
      guard.kill('SIGKILL');
      server.kill('SIGTERM');
      await ended;
      removeFiles();
    },
  };
}
