import type { Clock, CompanyId, Directory } from '../../../plugin.ts';
import type { IcalSettings } from '../options.ts';
import { refreshed, type RefreshPlace } from './refresh.ts';
import type { StoredSubscription } from './state.ts';
import type { SubscriptionStore } from './store.ts';

/** How often is looked whether anything is due. */
const TICK_MS = 15_000;
/** How often is looked for subscriptions that another process has taken. */
const DISCOVER_MS = 600_000;
/** How many calendars are fetched at once. */
const SIDE_BY_SIDE = 4;

interface Deps {
  readonly store: SubscriptionStore;
  readonly directory: Pick<Directory, 'companies'>;
  readonly clock: Clock;
  readonly settings: IcalSettings;
  readonly place: RefreshPlace;
}

interface Due {
  readonly company: CompanyId;
  readonly subscription: StoredSubscription;
}

/** Keeps calendars up to date in the background. Several processes may do so side by side: each calendar is fetched by one. */
export class Refresher {
  readonly #deps: Deps;
  /** When something of a company falls due. */
  readonly #dueMs = new Map<CompanyId, number>();
  #discoverMs = -Infinity;
  #cancel: (() => void) | undefined;
  #running: Promise<void> | undefined;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  start(): void {
    this.#cancel = this.#deps.clock.after(0, () => this.#tick());
  }

  /** Ends after what is under way. */
  async stop(): Promise<void> {
    this.#cancel?.();
    this.#cancel = undefined;
    await this.settled();
  }

  /** Settles when what is under way is done. */
  settled(): Promise<void> {
    return this.#running ?? Promise.resolve();
  }

  /** Says that something of a company may be due. */
  notice(company: CompanyId, atMs: number): void {
    this.#dueMs.set(company, Math.min(atMs, this.#dueMs.get(company) ?? Infinity));
  }

  /** Refreshes one now; what it has become, or undefined when there is none or somebody else is at it. */
  async refresh(company: CompanyId, id: string): Promise<StoredSubscription | undefined> {
    const subscription = await this.#deps.store.get(company, id);
    return subscription === undefined ? undefined : this.#refreshOne({ company, subscription });
  }

  #tick(): void {
    this.#running ??= this.#run()
      .catch((error: unknown) => this.#deps.settings.onError(error))
      .finally(() => {
        this.#running = undefined;
        if (this.#cancel !== undefined) this.#cancel = this.#deps.clock.after(TICK_MS, () => this.#tick());
      });
  }

  async #run(): Promise<void> {
    const { directory, clock, store } = this.#deps;
    if (clock.now() >= this.#discoverMs) {
      this.#discoverMs = clock.now() + DISCOVER_MS;
      for (const { id } of await directory.companies()) this.notice(id, -Infinity);
    }
    const due: Due[] = [];
    for (const [company, atMs] of this.#dueMs) {
      if (atMs > clock.now()) continue;
      this.#dueMs.delete(company);
      for (const subscription of await store.read(company)) {
        if (subscription.state.nextMs <= clock.now()) due.push({ company, subscription });
        else this.notice(company, subscription.state.nextMs);
      }
    }
    const work = async (): Promise<void> => {
      for (let next = due.pop(); next !== undefined && this.#cancel !== undefined; next = due.pop())
        await this.#refreshOne(next);
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  }

  async #refreshOne({ company, subscription: { id, version, state } }: Due): Promise<StoredSubscription | undefined> {
    const { store, clock, settings, place } = this.#deps;
    // Who writes this first fetches; should he die, the next one may when the time for it is over.
    const claim = { ...state, nextMs: clock.now() + settings.limits.timeoutMs * 2 };
    this.notice(company, claim.nextMs);
    try {
      const claimed = await store.put(company, id, claim, version);
      if (claimed === undefined) return undefined;
      const next = await refreshed(claim, place);
      const stored = await store.put(company, id, next, claimed);
      this.notice(company, next.nextMs);
      return stored === undefined ? undefined : { id, version: stored, state: next };
    } catch (error) {
      settings.onError(error);
      return undefined;
    }
  }
}
