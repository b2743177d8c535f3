import { timingSafeEqual } from 'node:crypto';
import type { BranchId, CompanyId, ResourceId, ServiceId } from '../model/ids.ts';
import { isId } from '../model/ids.ts';
import type { Slot } from '../model/slot.ts';
import { hmacSha256 } from './hmac.ts';

/** What an offer pins. */
export interface OfferTerms {
  readonly serviceId: ServiceId;
  readonly branchId: BranchId;
  readonly resourceIds: readonly ResourceId[];
  readonly startMs: number;
  readonly endMs: number;
  readonly issuedMs: number;
  /** How many people it is for. */
  readonly partySize: number;
}

/** A token's terms, or why it has none. */
export type OfferReading =
  { readonly ok: true; readonly terms: OfferTerms } | { readonly ok: false; readonly why: 'malformed' | 'signature' };

/** Signs offers and reads them back. */
export interface OfferTokens {
  /** A URL-safe token that pins a slot of this company. */
  sign(company: CompanyId, slot: Slot, issuedMs: number): string;
  /** The terms, if the token was signed by this secret for this company. */
  read(company: CompanyId, token: string): OfferReading;
}

const PLAIN = '1';
const FOR_SEVERAL = '2';
const SIGNATURE_BYTES = 16;

/**
 * Tokens are `1.<start>.<end>.<issued>.<service>.<branch>.<resource>…~<signature>`: numbers in base 36, and a truncated
 * HMAC-SHA256 (RFC 2104) over the company and all before the tilde. For several people they are
 * `2.<start>.<end>.<issued>.<people>.<service>…`, the people in decimal. The company is not in the token, so a token of one
 * company has no valid signature at another.
 * @param secret - at least 32 bytes, the same in every process that shall honour the offers
 */
export function offerTokens(secret: Uint8Array): OfferTokens {
  const hmac = hmacSha256(secret);
  const signatureOf = (company: CompanyId, body: string): Buffer =>
    hmac(`${company}\n${body}`).subarray(0, SIGNATURE_BYTES);
  return {
    sign(company, slot, issuedMs) {
      const numbers = `${slot.startMs.toString(36)}.${slot.endMs.toString(36)}.${issuedMs.toString(36)}`;
      const { partySize = 1 } = slot;
      const pinned = `${slot.serviceId}.${slot.branchId}.${slot.resourceIds.join('.')}`;
      const body =
        partySize === 1 ? `${PLAIN}.${numbers}.${pinned}` : `${FOR_SEVERAL}.${numbers}.${partySize}.${pinned}`;
      return `${body}~${signatureOf(company, body).toString('base64url')}`;
    },
    read(company, token) {
      const tilde = token.indexOf('~');
      if (tilde < 0 || token.length > 4096) return { ok: false, why: 'malformed' };
      const body = token.slice(0, tilde);
      const given = Buffer.from(token.slice(tilde + 1), 'base64url');
      // Nothing of the body is looked at before its signature holds.
      if (given.length !== SIGNATURE_BYTES || !timingSafeEqual(given, signatureOf(company, body)))
        return { ok: false, why: 'signature' };
      const [version, start, end, issued, ...rest] = body.split('.');
      const partySize = version === FOR_SEVERAL ? Number(rest.shift()) : 1;
      const [service, branch, ...resources] = rest;
      const ids = [service, branch, ...resources];
      if (
        (version !== PLAIN && version !== FOR_SEVERAL) ||
        resources.length === 0 ||
        !ids.every((id) => id !== undefined && isId(id))
      )
        return { ok: false, why: 'malformed' };
      const terms = {
        serviceId: service as ServiceId,
        branchId: branch as BranchId,
        resourceIds: resources as ResourceId[],
        startMs: parseInt(start ?? '', 36),
        endMs: parseInt(end ?? '', 36),
        issuedMs: parseInt(issued ?? '', 36),
        partySize,
      };
      return { ok: true, terms };
    },
  };
}
