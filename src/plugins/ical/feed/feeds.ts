import { createHash } from 'node:crypto';
import {
  DAY_MS,
  occupies,
  type Appointment,
  type Clock,
  type Companies,
  type CompanyDoor,
  type CompanyId,
  type DocumentStore,
  type Route,
  type RouteRequest,
  type RouteResponse,
} from '../../../plugin.ts';
import { feedText, type FeedEntry } from './feedText.ts';
import { isSecret, newFeedToken, readFeedToken } from './feedToken.ts';

/** What a feed shows. */
export interface FeedScope {
  /** Id; null: those of all. */
  readonly resourceId: string | null;
  readonly branchId: string | null;
  /** Whether names of customers are shown. */
  readonly customers: boolean;
  readonly name: string;
}

interface StoredFeed extends FeedScope {
  readonly hash: string;
}

const FEEDS = 'ical.feeds';
const PAST_MS = 30 * DAY_MS;
const AHEAD_MS = 366 * DAY_MS;
const MAX_ENTRIES = 5_000;
const PAGE = 200;

interface Deps {
  readonly documents: DocumentStore;
  readonly companies: Companies;
  readonly clock: Clock;
}

/** Appointments as calendars that others subscribe to. */
export class Feeds {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Makes a feed. The token is not kept and cannot be shown again. */
  async create(company: CompanyId, scope: FeedScope): Promise<{ readonly id: string; readonly token: string }> {
    const { token, feedId, hash } = newFeedToken(company);
    const value = { ...scope, hash };
    await this.#deps.documents.put(company, { collection: FEEDS, id: feedId, value, indexes: {}, expectedVersion: 0 });
    return { id: feedId, token };
  }

  /** Ends a feed: its address is unknown from now on. */
  revoke(company: CompanyId, id: string): Promise<boolean> {
    return this.#deps.documents.delete(company, FEEDS, id);
  }

  async list(company: CompanyId): Promise<readonly (FeedScope & { readonly id: string })[]> {
    const stored = await this.#deps.documents.list(company, { collection: FEEDS, limit: 1_000 });
    return stored.map(({ id, value }) => {
      const { resourceId, branchId, customers, name } = value as unknown as StoredFeed;
      return { id, resourceId, branchId, customers, name };
    });
  }

  /** The address at which feeds are read. */
  route(): Route {
    return { method: 'GET', path: '/calendars/:token', handle: (request) => this.#answer(request) };
  }

  async #answer({ params, headers }: RouteRequest): Promise<RouteResponse> {
    const feed = await this.#open(params['token'] ?? '');
    if (feed === undefined) return { status: 404, headers: { 'cache-control': 'no-store' } };
    const body = feedText(feed.scope.name, await this.#entries(feed.door, feed.scope));
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 32)}"`;
    const common = { etag, 'cache-control': 'private, no-cache', 'x-robots-tag': 'noindex' };
    if (isKnown(headers['if-none-match'], etag)) return { status: 304, headers: common };
    return { status: 200, headers: { ...common, 'content-type': 'text/calendar; charset=utf-8' }, body };
  }

  async #open(token: string): Promise<{ readonly door: CompanyDoor; readonly scope: FeedScope } | undefined> {
    const { documents, companies } = this.#deps;
    const key = readFeedToken(token);
    if (key === undefined) return undefined;
    const stored = await documents.get(key.company, FEEDS, key.feedId);
    if (stored === undefined) return undefined;
    const feed = stored.value as unknown as StoredFeed;
    if (!isSecret(key.secret, feed.hash)) return undefined;
    const door = await companies.open(key.company);
    return door.ok ? { door, scope: feed } : undefined;
  }

  async #entries(door: CompanyDoor, { resourceId, branchId, customers }: FeedScope): Promise<readonly FeedEntry[]> {
    const nowMs = this.#deps.clock.now();
    const appointments: Appointment[] = [];
    let cursor: string | undefined;
    do {
      const answer = await door.listAppointments({
        fromMs: nowMs - PAST_MS,
        toMs: nowMs + AHEAD_MS,
        ...(resourceId === null ? {} : { resourceId }),
        ...(branchId === null ? {} : { branchId }),
        limit: PAGE,
        cursor,
      });
      if (!answer.ok) break;
      appointments.push(...answer.page.items.filter(({ status }) => occupies(status)));
      cursor = answer.page.next ?? undefined;
    } while (cursor !== undefined && appointments.length < MAX_ENTRIES);
    const names = new Map((await door.services()).map(({ id, name }) => [id, name]));
    const entries: FeedEntry[] = [];
    for (const appointment of appointments) {
      const { customerId, serviceId } = appointment;
      const found = customers && customerId !== null ? await door.getCustomer(customerId) : undefined;
      const customer = found?.ok === true ? (found.customer.name ?? undefined) : undefined;
      entries.push({ appointment, service: names.get(serviceId) ?? 'Appointment', customer });
    }
    return entries;
  }
}

const isKnown = (header: string | undefined, etag: string): boolean =>
  header !== undefined &&
  header.split(',').some((each) => each.trim().replace(/^W\//, '') === etag || each.trim() === '*');
