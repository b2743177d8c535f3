import type { Availability } from '../availability/availability.ts';
import { claimsOf } from '../availability/claims.ts';
import { authoriseReplacing } from '../availability/replaced.ts';
import type { Clock } from '../contracts/clock.ts';
import type { Storage } from '../contracts/storage.ts';
import { EngineError } from '../errors.ts';
import type { Hold } from '../model/appointment.ts';
import { isId, type CompanyId, type HoldId } from '../model/ids.ts';
import { refuse, type Answer, type Refused } from '../refusals.ts';
import { MAX_ATTEMPTS, type Committer, type WriteKey } from './commit.ts';
import { fingerprint } from './fingerprint.ts';
import { ownersShare } from './ownersShare.ts';
import { writeErrors } from './limits.ts';
import type { OfferTokens } from './offerTokens.ts';
import { bookedOf } from './rows.ts';
import type { Held, HoldOptions, HoldRef, TimeTarget } from './requests.ts';
import { readTarget, requestOf } from './target.ts';

interface Deps {
  readonly storage: Storage;
  readonly availability: Availability;
  readonly committer: Committer;
  readonly tokens: OfferTokens;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** Takes times for a while. */
export class Holds {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  async hold(company: CompanyId, target: TimeTarget, options: HoldOptions): Promise<Answer<Held>> {
    const { ttlSeconds: ttl, owner, replacing } = options;
    const wrong = writeErrors(options)
      .text(owner, 'owner', 128, 1)
      .require(typeof owner === 'string', 'owner', 'must be given')
      .require(
        ttl === undefined || (Number.isInteger(ttl) && ttl >= 10 && ttl <= 3600),
        'ttlSeconds',
        'must be 10 to 3600',
      )
      .refusal();
    if (wrong !== undefined) return wrong;
    const { storage, availability, committer, tokens, clock, newId } = this.#deps;
    const key = keyOf('hold', options.idempotencyKey, { target: requestOf(target), owner, ttl, replacing });
    const earlier = await committer.earlier(company, key);
    if (earlier !== undefined) return typeof earlier === 'object' ? earlier : this.#replay(company, earlier as HoldId);

    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const read = readTarget(tokens, company, target, clock.now());
      if (!read.ok) return read;
      const replaced = await authoriseReplacing(storage, company, replacing);
      if (!replaced.ok) return replaced;
      const judged = await availability.judge(company, read.start, { except: replaced.owner, customerId: null });
      if (!judged.ok) return judged;
      const id = newId() as HoldId;
      const { catalog } = judged;
      const booked = bookedOf(judged);
      const seconds = ttl ?? catalog.policies.value('holdSeconds', booked);
      const hold: Hold = {
        id,
        companyId: company,
        owner,
        expiresMs: (await storage.now()) + seconds * 1000,
        ...booked,
      };
      const share = ownersShare(catalog, hold);
      const claimed = claimsOf(catalog, hold, { owner: id, expiresMs: hold.expiresMs, customerId: null });
      const outcome = await committer.commit(company, {
        idempotency: key === undefined ? undefined : { ...key, resultId: id },
        requireHold: replacing === undefined ? undefined : { id: replacing.hold, owner: replacing.owner },
        release: replaced.owner === undefined ? undefined : [replaced.owner],
        ...(share === undefined ? claimed : { ...claimed, units: [...(claimed.units ?? []), share.unit] }),
        hold,
        events: [committer.event(company, 'hold.created', id, { hold })],
      });
      switch (outcome.kind) {
        case 'committed':
          return { ok: true, hold, replayed: false };
        case 'replayed':
          return this.#replay(company, outcome.resultId as HoldId);
        case 'key-reused':
          return refuse('KEY_REUSED', { key: key?.key ?? '' });
        case 'hold-expired':
          return refuse('HOLD_EXPIRED', {});
        case 'limit-reached':
          if (share !== undefined && outcome.scope === share.unit.scope) return share.whenLimited;
          break;
        case 'version-conflict':
        case 'customer-raced':
        case 'taken':
        case 'session-full':
        // Somebody was faster: judge again, which finds another resource or says why not.
      }
    }
    throw new EngineError('STORAGE_BUSY', 'Others kept taking the time while it was judged.');
  }

  async release(company: CompanyId, ref: HoldRef): Promise<Answer<{ readonly hold: Hold }>> {
    const { storage, committer } = this.#deps;
    const id = (ref as HoldRef | null)?.hold;
    const hold = id !== undefined && isId(id) ? await storage.hold(company, id) : undefined;
    if (hold === undefined) return refuse('HOLD_UNKNOWN', {});
    if (hold.owner !== ref.owner) return refuse('NOT_OWNER', {});
    const outcome = await committer.commit(company, {
      requireHold: { id: hold.id, owner: ref.owner },
      release: [hold.id],
      events: [committer.event(company, 'hold.released', hold.id, { hold })],
    });
    return outcome.kind === 'committed' ? { ok: true, hold } : refuse('HOLD_EXPIRED', {});
  }

  async #replay(company: CompanyId, id: HoldId): Promise<Answer<Held> | Refused<'HOLD_EXPIRED'>> {
    const { storage } = this.#deps;
    const hold = await storage.hold(company, id);
    const isLive = hold !== undefined && hold.expiresMs > (await storage.now());
    return isLive ? { ok: true, hold, replayed: true } : refuse('HOLD_EXPIRED', {});
  }
}

/** A key with the fingerprint of what it stands for. */
export const keyOf = (operation: string, key: string | undefined, request: unknown): WriteKey =>
  key === undefined ? undefined : { key, fingerprint: fingerprint(operation, request) };
