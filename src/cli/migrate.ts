import { readArguments } from './arguments.ts';
import { databaseOption, storageOf } from './database.ts';
import { Refusing } from './refusing.ts';
import type { ExitCode, Terminal } from './terminal.ts';

const actions = ['up', 'down', 'status'] as const;

/** `askpro migrate [up|down|status]` */
export async function runMigrate(args: readonly string[], io: Terminal): Promise<ExitCode> {
  const given = readArguments(args, databaseOption, [], ['ACTION']);
  const [wanted = 'up'] = given.positionals;
  const action = actions.find((known) => known === wanted);
  if (action === undefined) throw new Refusing({ path: wanted, message: `must be one of ${actions.join(', ')}` });
  const { migrate } = await import('askpro/adapters/sequelize');
  const storage = await storageOf(given, io, action !== 'up');
  const { applied, pending, unknown } = await migrate(storage, action);
  for (const name of applied) io.out(`applied ${name}\n`);
  for (const name of pending) io.out(`pending ${name}\n`);
  for (const name of unknown) io.out(`unknown ${name}: made by a newer askpro\n`);
  io.out(
    pending.length === 0
      ? `${storage.name} is up to date\n`
      : `${storage.name} lacks ${pending.length} of the migrations\n`,
  );
  return 0;
}
