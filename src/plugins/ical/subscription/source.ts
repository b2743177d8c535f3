import {
  normalise,
  type BusySource,
  type Clock,
  type CompanyId,
  type OutsideBusy,
  type OutsideQuery,
  type OutsideResource,
  type OutsideState,
} from '../../../plugin.ts';
import type { IcalSettings } from '../options.ts';
import type { Refresher } from './refresher.ts';
import type { StoredSubscription, SubscriptionState } from './state.ts';
import type { SubscriptionStore } from './store.ts';

interface Deps {
  readonly store: SubscriptionStore;
  readonly refresher: Pick<Refresher, 'notice'>;
  readonly clock: Clock;
  readonly settings: IcalSettings;
}

/** After so many missed turns a calendar is stale, although nobody has found it unreachable. */
const MISSED_TURNS = 3;

/** The calendars of resources as outside time. */
export class CalendarSource implements BusySource {
  readonly name = 'ical';
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  async read(company: CompanyId, query: OutsideQuery): Promise<readonly (OutsideBusy | undefined)[]> {
    const subscriptions = await this.#deps.store.list(company);
    if (subscriptions.length === 0) return query.resources.map(() => undefined);
    return query.resources.map((resource) => {
      const own = subscriptions.filter(({ state }) => state.resourceId === resource.id);
      return own.length === 0 ? undefined : this.#answer(company, resource, own, query);
    });
  }

  #answer(
    company: CompanyId,
    { timeZone }: OutsideResource,
    subscriptions: readonly StoredSubscription[],
    { fromMs, toMs, staleLimitMs }: OutsideQuery,
  ): OutsideBusy {
    const pairs: number[] = [];
    const states: OutsideState[] = [];
    let asOfMs: number | null = Infinity;
    for (const { id, version, state } of subscriptions) {
      if (state.timeZone !== timeZone) this.#moveTo(timeZone, company, id, version, state);
      states.push(this.#stateOf(state, staleLimitMs));
      asOfMs = state.asOfMs === null || asOfMs === null ? null : Math.min(asOfMs, state.asOfMs);
      if (state.asOfMs === null) continue;
      // What has not been read is not free.
      const unread = [fromMs, Math.min(toMs, state.fromMs), Math.max(fromMs, state.toMs), toMs];
      for (const [from = NaN, to = NaN] of [...paired(unread), ...paired(state.intervals)])
        if (from < to && from < toMs && to > fromMs) pairs.push(from, to);
    }
    const state = states.includes('unknown') ? 'unknown' : states.includes('stale') ? 'stale' : 'fresh';
    return { kind: 'calendar', intervals: normalise(Float64Array.from(pairs)), state, asOfMs };
  }

  #stateOf({ asOfMs, failures, staleLimitMs: own }: SubscriptionState, ofCompany?: number): OutsideState {
    const { clock, settings } = this.#deps;
    if (asOfMs === null) return settings.beforeFirstRead === 'free' ? 'stale' : 'unknown';
    const ageMs = clock.now() - asOfMs;
    if (ageMs > (own ?? ofCompany ?? settings.staleLimitMs)) return 'unknown';
    return failures > 0 || ageMs > MISSED_TURNS * settings.refreshMs ? 'stale' : 'fresh';
  }

  /** Whole days are days of the resource's zone: once it has another, its calendar is read anew. */
  #moveTo(timeZone: string, company: CompanyId, id: string, version: number, state: SubscriptionState): void {
    const { store, refresher, clock, settings } = this.#deps;
    const nowMs = clock.now();
    const moved = { ...state, timeZone, nextMs: nowMs, etag: null, lastModified: null };
    store.put(company, id, moved, version).then(
      () => refresher.notice(company, nowMs),
      (error: unknown) => settings.onError(error),
    );
  }
}

const paired = (numbers: readonly number[]): number[][] =>
  Array.from({ length: numbers.length / 2 }, (_, index) => numbers.slice(index * 2, index * 2 + 2));
