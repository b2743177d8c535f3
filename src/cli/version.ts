import { readFile } from 'node:fs/promises';

/** The version of the installed package. */
export async function version(): Promise<string> {
  const manifest = await readFile(new URL(import.meta.resolve('askpro/package.json')), 'utf8');
  return (JSON.parse(manifest) as { readonly version: string }).version;
}
