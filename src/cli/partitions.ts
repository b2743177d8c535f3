import { readArguments } from './arguments.ts';
import { databaseOption, storageOf } from './database.ts';
import { Refusing } from './refusing.ts';
import type { ExitCode, Terminal } from './terminal.ts';

const MOST_YEARS = 20;

/** `askpro partitions [--years N]` */
export async function runPartitions(args: readonly string[], io: Terminal): Promise<ExitCode> {
  const given = readArguments(args, { ...databaseOption, years: { type: 'string' } }, []);
  const text = given.text('years') ?? '1';
  const years = /^\d{1,2}$/.test(text) ? Number(text) : NaN;
  if (!(years <= MOST_YEARS))
    throw new Refusing({ path: '--years', message: `must be a number from 0 to ${MOST_YEARS}` });
  const storage = await storageOf(given, io, true);
  const { partitions } = await import('askpro/adapters/sequelize');
  const { isSplit, parts, added } = await partitions(storage, { years });
  if (!isSplit) {
    io.out(`${storage.name} has no partitions: one table holds all years\n`);
    return 0;
  }
  for (const { name, estimatedRows } of parts)
    io.out(`${name} about ${estimatedRows} appointments${added.includes(name) ? ', added' : ''}\n`);
  return 0;
}
