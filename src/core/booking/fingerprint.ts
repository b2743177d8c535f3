import { hash } from 'node:crypto';

/** A hash of an operation and what it was asked, by which a repeated request is told from another one of the same key. */
export const fingerprint = (operation: string, request: unknown): string =>
  hash('sha256', `${operation}\n${canonical(request)}`, 'base64url');

/** JSON with the fields of each object in order, and without those that are undefined. */
function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`).join(',')}}`;
}
