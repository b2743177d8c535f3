import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstFiles, versionOf } from './firstFiles.ts';
import { accountWhenRoot, canInstall, isPresent } from './installed.ts';
import { freePorts } from './ports.ts';
import { ServerProcess } from './serverProcess.ts';

/** A PostgreSQL server of this test run alone. */
export interface PostgresServer {
  readonly port: number;
  /** 0 while it does not run. */
  readonly pid: number;
  /** Makes an empty database and answers its address. */
  createDatabase(): Promise<string>;
  /** Runs a statement on the server and answers its rows. */
  query(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Ends the server at once and takes its files away. */
  kill(): void;
  /** Ends the server as an operator would, and takes its files away. */
  stop(): Promise<void>;
  /** Ends the server and all its processes at once (SIGKILL) and keeps its files. */
  crash(): Promise<void>;
  /** Starts the server again after a crash, on its files and its port. */
  restart(): Promise<void>;
}

/** Options with which nothing that was committed is lost, whatever ends the server. */
export const durablePostgres = ['--fsync=on', '--synchronous_commit=on', '--full_page_writes=on'] as const;

/** Debian keeps each version's programs in a folder of their own, outside the path. */
function folderOfPrograms(): string | undefined {
  const versions = '/usr/lib/postgresql';
  const found = existsSync(versions)
    ? readdirSync(versions)
        .filter((version) => existsSync(join(versions, version, 'bin', 'postgres')))
        .sort((a, b) => Number(b) - Number(a))
    : [];
  const [newest] = found;
  if (newest !== undefined) return join(versions, newest, 'bin');
  return isPresent('initdb') && isPresent('postgres') ? '' : undefined;
}

/** Whether a server can be had here: it is installed, or can be. */
export const canHavePostgres = (): boolean => canInstall(() => folderOfPrograms() !== undefined, ['postgresql']);

/** The path of one of PostgreSQL's programs. */
const postgresProgram = (name: string): string => join(folderOfPrograms() ?? '', name);

/** A folder that belongs to whom the server runs as: never root, which PostgreSQL refuses. */
function postgresFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'askpro-postgres-'));
  const account = accountWhenRoot('postgres');
  if (account !== undefined) chownSync(folder, account.uid, account.gid);
  return { folder, data: join(folder, 'data'), account };
}

/** Runs one of PostgreSQL's programs to its end. */
function runPostgresProgram(name: string, flags: readonly string[], inFolder: ReturnType<typeof postgresFolder>) {
  const { folder, account } = inFolder;
  const { status, stdout, stderr } = spawnSync(postgresProgram(name), flags, {
    encoding: 'utf8',
    cwd: folder,
    ...account,
  });
  if (status !== 0) throw new Error(`${name} failed: ${stdout}${stderr}`);
}

async function queryPostgres(port: number, sql: string) {
  const { Client } = await import('pg');
  const client = new Client({ host: '127.0.0.1', port, user: 'root', database: 'postgres' });
  // A server that is killed meanwhile must not end this process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Readonly<Record<string, unknown>>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Runs a server on files that are there. */
async function servePostgres(
  inFolder: ReturnType<typeof postgresFolder>,
  options: readonly string[],
): Promise<PostgresServer> {
  const { folder, data, account } = inFolder;
  const port = await freePorts();
  const query = (sql: string) => queryPostgres(port, sql);
  const server = await ServerProcess.start({
    program: postgresProgram('postgres'),
    flags: ['-D', data, '-p', String(port), '-k', folder, '--listen_addresses=127.0.0.1', ...options],
    account,
    folder,
    answers: () =>
      query('SELECT 1').then(
        () => true,
        () => false,
      ),
    // Fast: it ends its connections instead of waiting for them.
    endsBy: 'SIGINT',
  });
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
      return `postgres://root@127.0.0.1:${port}/${name}`;
    },
    kill: () => server.kill(),
    stop: () => server.stop(),
    crash: () => server.crash(),
    restart: () => server.restart(),
  };
}

const fast = ['--fsync=off', '--synchronous_commit=off', '--full_page_writes=off', '--max_connections=300'];

/**
 * Starts a PostgreSQL server in a temporary folder on a free loopback port. It is fast, not safe from a failing machine,
 * unless it is given {@link durablePostgres}.
 * @param options - further options of the server, such as `--deadlock_timeout=100ms`
 */
export async function startPostgres(options: readonly string[] = []): Promise<PostgresServer> {
  const inFolder = postgresFolder();
  const trusting = ['-U', 'root', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync', '--no-instructions'];
  firstFiles([versionOf(postgresProgram('postgres')), ...trusting], inFolder.data, () =>
    runPostgresProgram('initdb', ['-D', inFolder.data, ...trusting], inFolder),
  );
  return servePostgres(inFolder, [...fast, ...options]);
}

/**
 * Starts a server that follows another and takes no writes of its own.
 * @param delayMs - how long after the primary it does what was done there
 */
export async function startPostgresReplica(
  primary: Pick<PostgresServer, 'port'>,
  delayMs = 0,
  options: readonly string[] = [],
): Promise<PostgresServer> {
  const inFolder = postgresFolder();
  const from = ['-h', '127.0.0.1', '-p', String(primary.port), '-U', 'root', '-D', inFolder.data];
  const copying = ['--write-recovery-conf', '--wal-method=stream', '--checkpoint=fast', '--no-sync'];
  runPostgresProgram('pg_basebackup', [...from, ...copying], inFolder);
  return servePostgres(inFolder, [...fast, `--recovery_min_apply_delay=${delayMs}ms`, ...options]);
}
