import { existsSync } from 'node:fs';
import type { CompanyId, Engine, RefusalCode, Refused } from 'askpro';
import type { Given } from './arguments.ts';
import { Refusing } from './refusing.ts';
import type { Terminal } from './terminal.ts';

/** The option that names the database. */
export const databaseOption = { db: { type: 'string' } } as const;

/** The database file; with `existing` it must be there, so that a typing error does not make a new one. */
export function databaseFile(given: Given, { env }: Terminal, existing: boolean): string {
  const option = given.text('db');
  const variable = env['ASKPRO_DATABASE'];
  const file = option ?? (variable === '' ? undefined : variable) ?? './askpro.db';
  if (!existing || existsSync(file)) return file;
  const path = option !== undefined ? '--db' : file === variable ? 'ASKPRO_DATABASE' : 'database';
  throw new Refusing({ path, message: `there is no file ${file}; name it with --db, or make it with askpro apply` });
}

/** Runs something with an engine on the file; events stay in the outbox for the program that serves. */
export async function withEngine<T>(file: string, work: (engine: Engine) => Promise<T>): Promise<T> {
  const [{ createEngine }, { sqlite }] = await Promise.all([import('askpro'), import('askpro/adapters/sequelize')]);
  const engine = await createEngine({ storage: sqlite(file), relay: false });
  try {
    return await work(engine);
  } finally {
    await engine.stop();
  }
}

/** The company with an operator's key. */
export async function companyNamed(engine: Engine, key: string, path = 'COMPANY'): Promise<CompanyId> {
  const { Directory } = await import('askpro/adapter');
  const id = await engine.get(Directory).companyByKey(key);
  if (id !== undefined) return id;
  const known = (await engine.get(Directory).companies()).map((company) => company.key);
  const message = `there is no company ${JSON.stringify(key)}; there are: ${known.slice(0, 20).join(', ') || 'none'}`;
  throw new Refusing({ path, message });
}

/** What a refusal says to a person at a terminal. */
export function refusing({ refusal }: Refused<Extract<RefusalCode, 'INPUT_INVALID' | 'CONFIG_CONFLICT'>>): Refusing {
  return new Refusing(...refusal.errors);
}
