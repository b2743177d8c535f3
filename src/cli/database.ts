import { existsSync } from 'node:fs';
import type { CompanyId, Engine, RefusalCode, Refused } from 'askpro';
import type { StorageFactory } from 'askpro/adapter';
import type { Plugin } from 'askpro/plugin';
import type { Given } from './arguments.ts';
import { Refusing } from './refusing.ts';
import type { Terminal } from './terminal.ts';

/** The option that names the database. */
export const databaseOption = { db: { type: 'string' } } as const;

/**
 * The database that was named: `--db`, else `ASKPRO_DATABASE`, else ./askpro.db; the path of a file or the address of a
 * server. With `existing` a file must be there, so that a typing error does not make a new one. Its `name` tells no
 * password.
 */
export async function storageOf(given: Given, { env }: Terminal, existing: boolean): Promise<StorageFactory> {
  const option = given.text('db');
  const variable = env['ASKPRO_DATABASE'] === '' ? undefined : env['ASKPRO_DATABASE'];
  const place = option ?? variable ?? './askpro.db';
  const path = option !== undefined ? '--db' : variable !== undefined ? 'ASKPRO_DATABASE' : 'database';
  if (existing && !place.includes('://') && !existsSync(place)) {
    const message = `there is no file ${place}; name it with --db, or make it with askpro apply`;
    throw new Refusing({ path, message });
  }
  const [{ EngineError }, { storageAt }] = await Promise.all([import('askpro'), import('askpro/adapters/sequelize')]);
  try {
    return storageAt(place);
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'OPTION_INVALID') throw error;
    throw new Refusing({ path, message: error.message.replace(/^OPTION_INVALID: /, '') });
  }
}

/** Runs something with an engine on the database; events stay in the outbox for the program that serves. */
export async function withEngine<T>(
  storage: StorageFactory,
  work: (engine: Engine) => Promise<T>,
  plugins: readonly Plugin[] = [],
): Promise<T> {
  const { createEngine } = await import('askpro');
  const engine = await createEngine({ storage, plugins, relay: false });
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
  const known = (await engine.get(Directory).companies({ limit: 20 })).map((company) => company.key);
  const message = `there is no company ${JSON.stringify(key)}; there are: ${known.join(', ') || 'none'}`;
  throw new Refusing({ path, message });
}

/** What a refusal says to a person at a terminal. */
export function refusing({ refusal }: Refused<Extract<RefusalCode, 'INPUT_INVALID' | 'CONFIG_CONFLICT'>>): Refusing {
  return new Refusing(...refusal.errors);
}
