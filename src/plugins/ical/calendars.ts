import { randomUUID } from 'node:crypto';
import { refuse, token, type Answer, type Clock, type Companies, type CompanyId, type Refused } from '../../plugin.ts';
import type { CalendarProblem } from './calendar/occupied.ts';
import type { Feeds, FeedScope } from './feed/feeds.ts';
import { calendarUrl } from './fetch/fetchCalendar.ts';
import type { Refresher } from './subscription/refresher.ts';
import { newState, type CalendarFailure, type StoredSubscription } from './subscription/state.ts';
import type { SubscriptionStore } from './subscription/store.ts';

/** A resource's subscription to a calendar. Its address is told to nobody, since it often is a secret. */
export interface CalendarSubscription {
  readonly id: string;
  readonly resourceId: string;
  /** When it was last known to be right; null: never. */
  readonly asOfMs: number | null;
  /** Why it could not be read the last time; null: it could. */
  readonly failure: CalendarFailure | null;
  readonly nextMs: number;
  /** What in it was not understood and counts as occupied. */
  readonly problems: readonly CalendarProblem[];
}

/** What to subscribe to. */
export interface SubscribeOptions {
  /** Key or id. */
  readonly resource: string;
  /** `https:`, `http:` or `webcal:`. */
  readonly url: string;
  /** For how long after its last good answer it is still believed; left out: as the company or else the plugin says. */
  readonly staleLimitMinutes?: number;
}

/** What a feed shows: the appointments of a resource, of a branch, or of the whole company. */
export interface PublishOptions {
  /** Key or id. */
  readonly resource?: string;
  /** Key or id. */
  readonly branch?: string;
  /** Whether names of customers are shown to everyone who has the address; left out: false. */
  readonly customers?: boolean;
}

/** A feed just made. */
export interface PublishedFeed {
  readonly id: string;
  /** Below the host's address: `/calendars/….ics`. Whoever knows it can read the feed; it is not shown again. */
  readonly path: string;
}

/** Calendars outside: those that resources are subscribed to, and those that others subscribe to. */
export interface Calendars {
  subscribe(
    company: CompanyId,
    options: SubscribeOptions,
  ): Promise<
    Answer<{ readonly subscription: CalendarSubscription }, 'COMPANY_UNKNOWN' | 'RESOURCE_UNKNOWN' | 'INPUT_INVALID'>
  >;
  subscriptions(company: CompanyId): Promise<readonly CalendarSubscription[]>;
  /** Fetches one now; undefined when there is none or it is being fetched already. */
  refresh(company: CompanyId, id: string): Promise<CalendarSubscription | undefined>;
  /** Whether there was one. */
  unsubscribe(company: CompanyId, id: string): Promise<boolean>;
  publish(
    company: CompanyId,
    options?: PublishOptions,
  ): Promise<Answer<{ readonly feed: PublishedFeed }, 'COMPANY_UNKNOWN' | 'RESOURCE_UNKNOWN' | 'BRANCH_UNKNOWN'>>;
  feeds(company: CompanyId): Promise<readonly (FeedScope & { readonly id: string })[]>;
  /** Whether there was one. */
  revoke(company: CompanyId, id: string): Promise<boolean>;
}

/** The calendars of an engine. */
export const Calendars = token<Calendars>()('askpro/calendars');

interface Deps {
  readonly companies: Companies;
  readonly store: SubscriptionStore;
  readonly refresher: Refresher;
  readonly feeds: Feeds;
  readonly clock: Clock;
}

const MAX_URL_LENGTH = 2_000;
const MAX_LIMIT_MINUTES = 43_200;

/** Calendars that are kept in documents. */
export function storedCalendars({ companies, store, refresher, feeds, clock }: Deps): Calendars {
  return {
    async subscribe(company, { resource: keyOrId, url, staleLimitMinutes }) {
      const door = await companies.open(company);
      if (!door.ok) return door;
      const invalid = invalidOption(url, staleLimitMinutes);
      if (invalid !== undefined) return invalid;
      const resource = await named(door.resources(), keyOrId);
      if (resource === undefined) return refuse('RESOURCE_UNKNOWN', { resource: keyOrId });
      const branch = await named(door.branches(), resource.branchId);
      const id = randomUUID();
      const state = newState({
        resourceId: resource.id,
        url,
        // The zone of its schedule, if that is another one, is seen with the first question.
        timeZone: branch?.timeZone ?? door.company.timeZone,
        staleLimitMs: staleLimitMinutes === undefined ? null : staleLimitMinutes * 60_000,
        nextMs: clock.now(),
      });
      const version = (await store.put(company, id, state, 0)) ?? 1;
      refresher.notice(company, state.nextMs);
      return { ok: true, subscription: shown({ id, version, state }) };
    },
    subscriptions: async (company) => (await store.read(company)).map(shown),
    async refresh(company, id) {
      const found = await refresher.refresh(company, id);
      return found === undefined ? undefined : shown(found);
    },
    unsubscribe: (company, id) => store.delete(company, id),
    async publish(company, { resource: resourceKey, branch: branchKey, customers = false } = {}) {
      const door = await companies.open(company);
      if (!door.ok) return door;
      const resource = resourceKey === undefined ? undefined : await named(door.resources(), resourceKey);
      if (resourceKey !== undefined && resource === undefined)
        return refuse('RESOURCE_UNKNOWN', { resource: resourceKey });
      const branch = branchKey === undefined ? undefined : await named(door.branches(), branchKey);
      if (branchKey !== undefined && branch === undefined) return refuse('BRANCH_UNKNOWN', { branch: branchKey });
      const name = resource?.name ?? branch?.name ?? door.company.name;
      const scope = { resourceId: resource?.id ?? null, branchId: branch?.id ?? null, customers, name };
      const feed = await feeds.create(company, scope);
      return { ok: true, feed: { id: feed.id, path: `/calendars/${feed.token}.ics` } };
    },
    feeds: (company) => feeds.list(company),
    revoke: (company, id) => feeds.revoke(company, id),
  };
}

async function named<T extends { readonly id: string; readonly key: string }>(
  list: Promise<readonly T[]>,
  keyOrId: string,
): Promise<T | undefined> {
  const entities = await list;
  return entities.find(({ id }) => id === keyOrId) ?? entities.find(({ key }) => key === keyOrId);
}

function invalidOption(url: string, staleLimitMinutes: number | undefined): Refused<'INPUT_INVALID'> | undefined {
  if (typeof url !== 'string' || url.length > MAX_URL_LENGTH || calendarUrl(url) === undefined)
    return refuse('INPUT_INVALID', {
      errors: [{ path: 'url', message: 'must be an https:, http: or webcal: address' }],
    });
  const isLimit = (minutes: number): boolean =>
    Number.isInteger(minutes) && minutes >= 1 && minutes <= MAX_LIMIT_MINUTES;
  if (staleLimitMinutes === undefined || isLimit(staleLimitMinutes)) return undefined;
  const message = `must be a whole number from 1 to ${MAX_LIMIT_MINUTES}`;
  return refuse('INPUT_INVALID', { errors: [{ path: 'staleLimitMinutes', message }] });
}

const shown = ({ id, state }: StoredSubscription): CalendarSubscription => ({
  id,
  resourceId: state.resourceId,
  asOfMs: state.asOfMs,
  failure: state.failure,
  nextMs: state.nextMs,
  problems: state.problems,
});
