import type { StartToJudge } from '../availability/search.ts';
import { readInstant } from '../availability/query.ts';
import { readWish } from '../availability/readWish.ts';
import type { Hold } from '../model/appointment.ts';
import type { CompanyId } from '../model/ids.ts';
import { refuse, type FieldError, type Refused } from '../refusals.ts';
import type { OfferTokens } from './offerTokens.ts';
import type { HoldRef, MoveTarget, StartWish, TimeTarget } from './requests.ts';

/** How long an offer may be taken up. The time itself is judged anew in any case. */
const OFFER_LIFE_MS = 24 * 3_600_000;

/** Reads what shall be taken: an offer pins everything, a wish leaves open who serves. */
export function readTarget(
  tokens: OfferTokens,
  company: CompanyId,
  target: TimeTarget,
  nowMs: number,
): { readonly ok: true; readonly start: StartToJudge } | Refused<'OFFER_INVALID' | 'OFFER_EXPIRED' | 'INPUT_INVALID'> {
  if (typeof target === 'object' && !('token' in target)) return readStart(target);
  const reading = tokens.read(company, typeof target === 'string' ? target : target.token);
  if (!reading.ok) return refuse('OFFER_INVALID', { why: reading.why });
  const { serviceId, branchId, resourceIds, startMs, endMs, issuedMs, partySize, visit } = reading.terms;
  if (nowMs - issuedMs > OFFER_LIFE_MS) return refuse('OFFER_EXPIRED', {});
  const service = { service: serviceId, branch: branchId };
  const wish = visit === undefined ? service : { ...service, visit };
  const pinned = { startMs, endMs, resourceIds };
  return { ok: true, start: { wish: partySize === 1 ? wish : { ...wish, partySize }, ...pinned } };
}

/** Reads a start that is asked for without an offer. */
export function readStart(
  asked: StartWish,
): { readonly ok: true; readonly start: StartToJudge } | Refused<'INPUT_INVALID'> {
  const errors: FieldError[] = [];
  const startMs = readInstant(asked.start, 'start');
  if (typeof startMs !== 'number') errors.push(startMs);
  const wish = readWish(asked, errors);
  if (typeof startMs !== 'number' || errors.length > 0) return refuse('INPUT_INVALID', { errors });
  return { ok: true, start: { wish, startMs } };
}

/** What makes two targets the same request: an offer is its token and a hold its id, whoever read what stands beside. */
export function requestOf(target: TimeTarget | MoveTarget): unknown {
  if (typeof target === 'string') return target;
  if ('token' in target) return target.token;
  if ('owner' in target) return holdRef(target);
  // A Date has no fields of its own, so two of them would look alike.
  const start = readInstant(target.start, 'start');
  return typeof start === 'number' ? { ...target, start } : target;
}

/** A hold as it is referred to. */
export const holdRef = (hold: Hold | HoldRef): HoldRef =>
  'hold' in hold ? { hold: hold.hold, owner: hold.owner } : { hold: hold.id, owner: hold.owner };
