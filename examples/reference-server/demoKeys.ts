import { randomBytes } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the demo has to keep secret, made at the first start and kept in the data folder, readable by its owner alone. */
export interface DemoKeys {
  /** Signs offers. */
  readonly engineSecret: string;
  /** Signs the voice provider's webhooks, unless the environment brings a real key. */
  readonly retellApiKey: string;
  /** Bearer keys of the HTTP API, by the company's key. */
  readonly apiKeys: Readonly<Record<string, string>>;
}

const fileIn = (dataDir: string): string => join(dataDir, 'demo-keys.json');

/** The keys of an earlier start; undefined when there was none. */
export async function readDemoKeys(dataDir: string): Promise<DemoKeys | undefined> {
  try {
    return JSON.parse(await readFile(fileIn(dataDir), 'utf8')) as DemoKeys;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Keeps the keys for the next start. Complete or not at all, whenever the process ends; false when another process that
 * started at the same time has kept its own.
 */
export async function keepDemoKeys(dataDir: string, keys: DemoKeys): Promise<boolean> {
  const draft = `${fileIn(dataDir)}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600, flush: true });
  try {
    await link(draft, fileIn(dataDir));
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** A secret of 256 random bits, safe in URLs and headers. */
export const randomSecret = (prefix: string): string => `${prefix}${randomBytes(32).toString('base64url')}`;
