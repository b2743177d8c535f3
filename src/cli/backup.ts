import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { readArguments } from './arguments.ts';
import { databaseOption, storageOf } from './database.ts';
import { mustBeReadable } from './import/text.ts';
import { Refusing } from './refusing.ts';
import type { ExitCode, Terminal } from './terminal.ts';
import { version } from './version.ts';
import { writeWhole } from './wholeFile.ts';

/** `askpro backup FILE` */
export async function runBackup(args: readonly string[], io: Terminal): Promise<ExitCode> {
  const given = readArguments(args, databaseOption, ['FILE']);
  const [file = ''] = given.positionals;
  if (file !== '-' && existsSync(file))
    throw new Refusing({ path: 'FILE', message: `${file} is there already; name another file` });
  const storage = await storageOf(given, io, true);
  const { backup } = await import('askpro/adapters/sequelize');
  const chunks = backup(storage, { madeBy: `askpro ${await version()}` });
  if (file === '-') await pipeline(chunks, createWriteStream('', { fd: 1, autoClose: false }));
  else await writeWhole(file, chunks);
  io.err(`${storage.name} is backed up${file === '-' ? '' : ` in ${file}`}; it holds personal data\n`);
  return 0;
}

/** `askpro restore FILE` */
export async function runRestore(args: readonly string[], io: Terminal): Promise<ExitCode> {
  const given = readArguments(args, databaseOption, ['FILE']);
  const [file = ''] = given.positionals;
  if (file !== '-') await mustBeReadable(file);
  const storage = await storageOf(given, io, false);
  const { checkStorage, restore } = await import('askpro/adapters/sequelize');
  const source = file === '-' ? createReadStream('', { fd: 0 }) : () => createReadStream(file);
  const { created, rows, migrated } = await restore(storage, source);
  for (const [table, count] of Object.entries(rows)) io.out(`${table} ${count}\n`);
  for (const name of migrated) io.out(`applied ${name}\n`);
  let errors = 0;
  for await (const { severity, code, subject, message } of checkStorage(storage)) {
    io.out(`${severity} ${code}: ${subject} ${message}\n`);
    if (severity === 'error') errors++;
  }
  const told = errors === 0 ? 'nothing is wrong with it' : `${errors} errors; see askpro doctor --storage`;
  io.err(`${storage.name} is as it was at ${created}; ${told}\n`);
  return errors === 0 ? 0 : 1;
}
