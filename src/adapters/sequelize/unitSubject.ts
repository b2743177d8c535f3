import { hash } from 'node:crypto';

/**
 * What stands for a scope in the claims: the first 16 bytes of its SHA-256, with version 15 where a UUID has its own. No
 * id has that version, so a scope meets no resource and no session.
 */
export function unitSubject(scope: string): Buffer {
  const subject = hash('sha256', scope, 'buffer').subarray(0, 16);
  subject[6] = (subject[6] ?? 0) | 0xf0;
  return subject;
}
