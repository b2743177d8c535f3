import type { StorageFactory } from 'askpro/adapter';
import { readArguments } from './arguments.ts';
import { databaseOption, storageOf } from './database.ts';
import { Refusing } from './refusing.ts';
import type { ExitCode, Terminal } from './terminal.ts';

const actions = ['up', 'down', 'status', 'sql'] as const;

/** `askpro migrate [up|down [--lose-data]|status|sql [--all]]` */
export async function runMigrate(args: readonly string[], io: Terminal): Promise<ExitCode> {
  const given = readArguments(
    args,
    { ...databaseOption, all: { type: 'boolean' }, 'lose-data': { type: 'boolean' } },
    [],
    ['ACTION'],
  );
  const [wanted = 'up'] = given.positionals;
  const action = actions.find((known) => known === wanted);
  if (action === undefined) throw new Refusing({ path: wanted, message: `must be one of ${actions.join(', ')}` });
  const all = given.flag('all');
  if (all && action !== 'sql') throw new Refusing({ path: '--all', message: 'belongs to askpro migrate sql' });
  const losesData = given.flag('lose-data');
  if (losesData && action !== 'down') {
    throw new Refusing({ path: '--lose-data', message: 'belongs to askpro migrate down' });
  }
  const { migrate } = await import('askpro/adapters/sequelize');
  const storage = await storageOf(given, io, action !== 'up');
  if (action === 'sql') return printSql(storage, all, io);
  const { applied, pending, unknown, unfinished, refused } = await migrate(storage, action, { mayLose: losesData });
  if (refused !== undefined) {
    const message = `is needed, because to take back ${refused.name} loses ${refused.loses}`;
    throw new Refusing({ path: '--lose-data', message });
  }
  for (const name of applied) io.out(`applied ${name}\n`);
  for (const name of pending) io.out(`pending ${name}${name === unfinished ? ': interrupted' : ''}\n`);
  for (const name of unknown) io.out(`unknown ${name}: made by a newer askpro\n`);
  io.out(
    pending.length === 0
      ? `${storage.name} is up to date\n`
      : `${storage.name} lacks ${pending.length} of the migrations\n`,
  );
  return 0;
}

async function printSql(storage: StorageFactory, all: boolean, io: Terminal): Promise<ExitCode> {
  const { migrationSql } = await import('askpro/adapters/sequelize');
  const { sql, left } = await migrationSql(storage, { all });
  io.out(sql);
  if (left.length === 0) return 0;
  io.err(`left to askpro migrate up: ${left.join(', ')}\n`);
  return 1;
}
