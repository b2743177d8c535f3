import { createHash } from 'node:crypto';
import type { WriteKey } from './function.ts';

/** JSON with the fields of each object in order, so that equal arguments make equal texts. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`);
  return `{${fields.join(',')}}`;
}

/** Keys for the writes of one function call. The provider sends no id of its own for it, so what was asked stands for it. */
export function writeKeys(provider: string, providerCallId: string, name: string, args: unknown): WriteKey {
  const asked = canonicalJson([providerCallId, name, args]);
  return (...more) => {
    const hash = createHash('sha256').update(asked).update('\n').update(canonicalJson(more)).digest('base64url');
    return `${provider}:${name}:${hash}`;
  };
}
