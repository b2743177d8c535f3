import { isUtf8 } from 'node:buffer';
import type { FieldError } from '../../adapter.ts';

/** A parsed value, or where the text is wrong. */
export type Parsed =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: FieldError };

const wrong = (path: string, message: string): Parsed => ({ ok: false, error: { path, message } });

/** Only a text with one of these can carry a key that changes prototypes; escapes may hide it. */
const suspicious = /__proto__|constructor|\\u/;

/**
 * Parses JSON that a stranger sent. Keys that would change prototypes once the value is merged into another one,
 * `__proto__` and a `constructor` with a `prototype`, are refused by path.
 */
export function parseJson(bytes: Uint8Array): Parsed {
  if (!isUtf8(bytes)) return wrong('body', 'must be UTF-8');
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return wrong('body', text === '' ? 'is missing' : 'is not JSON');
  }
  if (!suspicious.test(text)) return { ok: true, value };
  const path = dangerousKey(value);
  return path === undefined ? { ok: true, value } : wrong(path, 'is not allowed as a name');
}

/** Without recursion, because a body may be nested deeper than the stack. */
function dangerousKey(root: unknown): string | undefined {
  const open: { readonly value: unknown; readonly path: string }[] = [{ value: root, path: '' }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, path } = next;
    if (typeof value !== 'object' || value === null) continue;
    for (const key of Object.keys(value)) {
      const child: unknown = Object.getOwnPropertyDescriptor(value, key)?.value;
      const at = Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
      if (key === '__proto__') return at;
      if (key === 'constructor' && typeof child === 'object' && child !== null && Object.hasOwn(child, 'prototype'))
        return at;
      // The path of a value this deep is nobody's help, and it would grow with the square of the depth.
      if (typeof child === 'object') open.push({ value: child, path: at.length > 200 ? path : at });
    }
  }
  return undefined;
}
