import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import type { CompanyId } from '../../../plugin.ts';

/** Whose feed a token opens, if its secret is right. */
export interface FeedKey {
  readonly company: CompanyId;
  readonly feedId: string;
  readonly secret: Buffer;
}

const SECRET_BYTES = 32;
const UUID = /^([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})$/;

/** A new feed of a company: its token, which is shown once, and the hash that is kept. */
export function newFeedToken(company: CompanyId): {
  readonly token: string;
  readonly feedId: string;
  readonly hash: string;
} {
  const feedId = randomUUID();
  const secret = randomBytes(SECRET_BYTES);
  const token = Buffer.concat([uuidBytes(company), uuidBytes(feedId), secret]).toString('base64url');
  return { token, feedId, hash: hashOf(secret).toString('hex') };
}

/** Reads a token, with or without `.ics` behind it; undefined for what cannot be one. */
export function readFeedToken(text: string): FeedKey | undefined {
  const token = text.replace(/\.ics$/i, '');
  const bytes = /^[\w-]{86}$/.test(token) ? Buffer.from(token, 'base64url') : undefined;
  if (bytes?.length !== 32 + SECRET_BYTES) return undefined;
  const [company, feedId] = [uuidOf(bytes.subarray(0, 16)), uuidOf(bytes.subarray(16, 32))];
  return { company: company as CompanyId, feedId, secret: bytes.subarray(32) };
}

/** Whether a secret is the one whose hash was kept; takes the same time however much of it is right. */
export function isSecret(secret: Buffer, hash: string): boolean {
  const kept = Buffer.from(hash, 'hex');
  const given = hashOf(secret);
  return kept.length === given.length && timingSafeEqual(kept, given);
}

// A random key of 256 bits needs no slow hash: nobody can try them all.
const hashOf = (secret: Buffer): Buffer => createHash('sha256').update(secret).digest();

const uuidBytes = (uuid: string): Buffer => Buffer.from(uuid.replaceAll('-', ''), 'hex');
const uuidOf = (bytes: Buffer): string => bytes.toString('hex').replace(UUID, '$1-$2-$3-$4-$5');
