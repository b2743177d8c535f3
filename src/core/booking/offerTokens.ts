import { timingSafeEqual } from 'node:crypto';
import type { BranchId, CompanyId, ResourceId, ServiceId } from '../model/ids.ts';
import { isId } from '../model/ids.ts';
import type { Slot } from '../model/slot.ts';
import type { VisitTerms } from '../model/visit.ts';
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
  /** Of a visit: what was asked for; the service is the one named first. */
  readonly visit?: VisitTerms<ServiceId>;
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
const VISIT = '3';
const SIGNATURE_BYTES = 16;

/**
 * Tokens are `1.<start>.<end>.<issued>.<service>.<branch>.<resource>…~<signature>`: numbers in base 36, and a truncated
 * HMAC-SHA256 (RFC 2104) over the company and all before the tilde. For several people they are
 * `2.<start>.<end>.<issued>.<people>.<service>…`, the people in decimal, and for a visit
 * `3.<start>.<end>.<issued>.<people>.<order>.<wait>.<services>.<service>…`: how many services there are stands before them. The company is not in the token, so a token of one
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
      const places = `${slot.branchId}.${slot.resourceIds.join('.')}`;
      const body =
        slot.visit !== undefined
          ? `${VISIT}.${numbers}.${partySize}.${writeVisit(slot.visit)}.${places}`
          : partySize === 1
            ? `${PLAIN}.${numbers}.${slot.serviceId}.${places}`
            : `${FOR_SEVERAL}.${numbers}.${partySize}.${slot.serviceId}.${places}`;
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
      const partySize = version === PLAIN ? 1 : Number(rest.shift());
      const visit = version === VISIT ? readVisit(rest) : undefined;
      const [service, branch, ...resources] = visit === undefined ? rest : [visit.services[0], ...rest];
      const ids = [service, branch, ...resources, ...(visit?.services ?? [])];
      if (
        (version !== PLAIN && version !== FOR_SEVERAL && version !== VISIT) ||
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
      return { ok: true, terms: visit === undefined ? terms : { ...terms, visit } };
    },
  };
}

const writeVisit = ({ order, maxWaitMinutes, services }: VisitTerms): string =>
  `${order}.${maxWaitMinutes}.${services.length}.${services.join('.')}`;

/** Takes the terms of a visit off the front of what is pinned. */
function readVisit(rest: string[]): VisitTerms<ServiceId> {
  const [order, maxWaitMinutes, count] = rest.splice(0, 3);
  const services = rest.splice(0, Number(count)) as ServiceId[];
  return { services, order: order === 'any' ? 'any' : 'given', maxWaitMinutes: Number(maxWaitMinutes) };
}
