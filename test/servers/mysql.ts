import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstFiles } from './firstFiles.ts';
import { greets, servedAt, type MariadbServer } from './mariadb.ts';
import { freePorts } from './ports.ts';
import { ServerProcess } from './serverProcess.ts';

/** Where MySQL's server is; Debian's stable releases have none. */
const program = process.env['ASKPRO_MYSQLD'] ?? 'mysqld';

/** Starts a MySQL server in a temporary folder on a free loopback port, which does not wait for the disk. */
export async function startMysql(): Promise<MariadbServer> {
  const folder = mkdtempSync(join(tmpdir(), 'askpro-mysql-'));
  const data = join(folder, 'data');
  const settings = ['--no-defaults', '--user=root'];
  const { stdout: version } = spawnSync(program, ['--no-defaults', '--version'], { encoding: 'utf8' });
  firstFiles([program, version, ...settings], data, () => {
    const flags = [...settings, `--datadir=${data}`, '--initialize-insecure', '--secure-file-priv='];
    const { status, stderr } = spawnSync(program, flags, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`mysqld made no files: ${stderr}`);
  });
  // Its own root is of `localhost`, a name that is not looked for.
  const first = join(folder, 'first.sql');
  writeFileSync(
    first,
    "CREATE USER IF NOT EXISTS root@'127.0.0.1';\nGRANT ALL ON *.* TO root@'127.0.0.1' WITH GRANT OPTION;\n",
  );
  const port = await freePorts();
  const server = await ServerProcess.start({
    program,
    flags: [
      ...settings,
      `--datadir=${data}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      `--socket=${join(folder, 's.sock')}`,
      `--pid-file=${join(folder, 'pid')}`,
      `--tmpdir=${folder}`,
      `--init-file=${first}`,
      '--secure-file-priv=',
      '--mysqlx=OFF',
      '--skip-name-resolve',
      '--max-connections=300',
      '--skip-log-bin',
      '--innodb-flush-log-at-trx-commit=2',
      '--innodb-doublewrite=OFF',
    ],
    account: undefined,
    folder,
    answers: () => greets(port),
    endsBy: 'SIGTERM',
  });
  return servedAt(port, server);
}
