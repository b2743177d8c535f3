import type { Refusal } from 'askpro';
import { readArguments } from './arguments.ts';
import { companyNamed, databaseOption, storageOf, withEngine } from './database.ts';
import { Refusing } from './refusing.ts';
import type { ExitCode, Terminal } from './terminal.ts';

/** `askpro key create COMPANY --name NAME` */
export async function runKeyCreate(args: readonly string[], io: Terminal): Promise<ExitCode> {
  const given = readArguments(args, { ...databaseOption, name: { type: 'string' } }, ['COMPANY']);
  const [company = ''] = given.positionals;
  const name = given.text('name');
  if (name === undefined) throw new Refusing({ path: '--name', message: 'is missing; say who will use the key' });
  await withEngine(await storageOf(given, io, true), async (engine) => {
    const made = await engine.keys.create(await companyNamed(engine, company), name);
    if (!made.ok) throw refused(made.refusal, '--name');
    // Standard output has the key alone, so that it can be piped to where it shall be kept.
    io.out(`${made.secret}\n`);
    io.err(`Key ${JSON.stringify(made.key.name)} of ${company}. It is stored nowhere: keep it now.\n`);
  });
  return 0;
}

/** `askpro key revoke COMPANY KEY` */
export async function runKeyRevoke(args: readonly string[], io: Terminal): Promise<ExitCode> {
  const given = readArguments(args, databaseOption, ['COMPANY', 'KEY']);
  const [company = '', key = ''] = given.positionals;
  await withEngine(await storageOf(given, io, true), async (engine) => {
    const revoked = await engine.keys.revoke(await companyNamed(engine, company), key);
    if (!revoked.ok) throw refused(revoked.refusal, 'KEY');
    io.out(`revoked ${JSON.stringify(revoked.key.name)} (${revoked.key.prefix}…) of ${company}\n`);
  });
  return 0;
}

const refused = (refusal: Refusal<'COMPANY_UNKNOWN' | 'INPUT_INVALID'>, path: string): Refusing =>
  refusal.code === 'COMPANY_UNKNOWN'
    ? new Refusing({ path: 'COMPANY', message: 'is no active company any more' })
    : new Refusing(...refusal.errors.map(({ message }) => ({ path, message })));
