import type { Committer } from '../booking/commit.ts';
import type { Maintenance, StaleCall } from '../contracts/maintenance.ts';
import type { Storage } from '../contracts/storage.ts';
import type { Call } from '../model/call.ts';
import type { Journal } from './journal.ts';
import { mergeCall } from './mergeCall.ts';
import { REAPED } from './sessions.ts';

interface Deps {
  readonly storage: Pick<Storage, 'call' | 'saveCall' | 'holdsOf'>;
  readonly maintenance: Pick<Maintenance, 'staleCalls'>;
  readonly committer: Pick<Committer, 'commit' | 'event'>;
  readonly journal: Pick<Journal, 'note'>;
  readonly now: () => number;
  /** Told of a call that could not be closed; must not throw. */
  readonly onError: (error: unknown) => void;
}

/** Which calls are closed, and how many at once. */
export interface ReaperOptions {
  /** After so long without any news of a call it counts as over. */
  readonly silentMs: number;
  readonly limit: number;
}

/**
 * Closes calls whose end nobody has told, and gives their holds back. Processes may reap at the same time: of a call each
 * version is replaced once, and a call that has changed since it was looked at is left alone. An event that comes after all
 * is merged as ever.
 */
export class CallReaper {
  readonly #deps: Deps;
  readonly #options: ReaperOptions;

  constructor(deps: Deps, options: ReaperOptions) {
    this.#deps = deps;
    this.#options = options;
  }

  /** Closes up to `limit` calls; true when there may be more. */
  async turn(): Promise<boolean> {
    const { silentMs, limit } = this.#options;
    const stale = await this.#deps.maintenance.staleCalls(silentMs, limit);
    let closed = 0;
    for (const one of stale) {
      try {
        if (await this.#close(one)) closed++;
      } catch (error) {
        // One call that cannot be closed must not keep the others open.
        this.#deps.onError(error);
      }
    }
    return closed > 0 && stale.length === limit;
  }

  async #close({ companyId, provider, providerCallId, version }: StaleCall): Promise<boolean> {
    const { storage, journal, now } = this.#deps;
    const call = await storage.call(companyId, provider, providerCallId);
    if (call === undefined || call.version !== version) return false;
    const merged = mergeCall(call, { status: 'completed', outcome: REAPED });
    const closed = { ...merged, version: version + 1, updatedMs: now() };
    if (!(await storage.saveCall(companyId, closed, version))) return false;
    journal.note(companyId, call.id, 'reaped', { status: call.status });
    // After the call, so that one which is alive after all keeps them; those that a crash leaves run out by themselves.
    await this.#release(closed);
    return true;
  }

  async #release({ companyId, id }: Call): Promise<void> {
    const { storage, committer } = this.#deps;
    for (const hold of await storage.holdsOf(companyId, id)) {
      await committer.commit(companyId, {
        requireHold: { id: hold.id, owner: hold.owner },
        release: [hold.id],
        events: [committer.event(companyId, 'hold.released', hold.id, { hold })],
      });
    }
  }
}
