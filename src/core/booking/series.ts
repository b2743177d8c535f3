import { zoneOf } from '../availability/catalog.ts';
import type { Catalog } from '../availability/catalog.ts';
import type { Catalogs } from '../availability/catalogs.ts';
import type { StartAmongMany } from '../availability/clusters.ts';
import type { ManyReader } from '../availability/readMany.ts';
import { readInstant } from '../availability/query.ts';
import { candidates, type Wish } from '../availability/wish.ts';
import type { Clock } from '../contracts/clock.ts';
import type { Storage } from '../contracts/storage.ts';
import { EngineError } from '../errors.ts';
import type { ClaimOwner, CompanyId, GroupId } from '../model/ids.ts';
import { refuse, type Answer, type Refused } from '../refusals.ts';
import { localFormat } from '../time/instant.ts';
import type { Zone } from '../time/zone.ts';
import { batchRefused, below } from './batchRequests.ts';
import { MAX_ATTEMPTS, type Committer, type WriteKey } from './commit.ts';
import { resolveCustomer } from './customers.ts';
import { bookGroup, type GroupOutcome } from './groupBooker.ts';
import { MOST_IN_GROUP, placeOf } from './groupIds.ts';
import { keyOf } from './holds.ts';
import { unknownCall } from './namedCall.ts';
import { occurrencesOf } from './occurrences.ts';
import {
  seriesErrors,
  type BookedOccurrence,
  type CheckedOccurrence,
  type CheckedSeries,
  type SeriesBooking,
  type SeriesOptions,
  type SeriesWish,
} from './seriesRequests.ts';
import { readStart } from './target.ts';

interface Deps {
  readonly storage: Storage;
  readonly catalogs: Catalogs;
  readonly readMany: ManyReader;
  readonly committer: Committer;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** A series with its rule worked out. */
interface Planned {
  readonly ok: true;
  readonly startsMs: readonly number[];
  readonly wish: Wish;
  readonly zone: Zone;
}

const DEFAULT_SHIFT_MINUTES = 1_440;

/** Books appointments that repeat. */
export class Series {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  async book(company: CompanyId, wish: SeriesWish, options: SeriesOptions): Promise<Answer<SeriesBooking>> {
    const wrong = seriesErrors(wish, options).refusal();
    if (wrong !== undefined) return wrong;
    const key = keyOf('bookSeries', options.idempotencyKey, {
      wish: { ...wish, target: { ...wish.target, start: readInstant(wish.target.start, 'start') } },
      options: { ...options, idempotencyKey: undefined },
    });
    const { committer, newId } = this.#deps;
    const earlier = await committer.earlier(company, key);
    if (typeof earlier === 'object') return earlier;
    const planned = await this.#plan(company, wish);
    if (earlier !== undefined)
      return planned.ok ? this.#replay(company, planned, earlier) : this.#told(company, earlier);
    if (!planned.ok) return planned;
    const stranger = await unknownCall(this.#deps.storage, company, options.callId);
    if (stranger !== undefined) return stranger;
    const group = newId() as GroupId;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const outcome = await this.#attempt(company, group, wish, planned, options, key, false);
      switch (outcome.kind) {
        case 'done': {
          const occurrences = outcome.answers.map((answer, place): BookedOccurrence => {
            const at = occurrenceAt(planned, place);
            if (!answer.ok) return { ...at, ...answer };
            const { appointment } = answer.taken;
            return { ...at, ok: true, isShifted: appointment.startMs !== at.startMs, appointment };
          });
          return { ok: true, groupId: occurrences.some(({ ok }) => ok) ? group : null, occurrences, replayed: false };
        }
        case 'refused':
          return batchRefused(outcome.answers, 'occurrences');
        case 'replayed':
          return this.#replay(company, planned, outcome.resultId);
        case 'failed':
          return outcome.refused;
        case 'again':
      }
    }
    throw new EngineError('STORAGE_BUSY', 'Others kept taking the time while it was judged.');
  }

  /** What would come of it now. Nothing is written. */
  async check(company: CompanyId, wish: SeriesWish, options: SeriesOptions): Promise<Answer<CheckedSeries>> {
    const wrong = seriesErrors(wish, options).refusal();
    if (wrong !== undefined) return wrong;
    const planned = await this.#plan(company, wish);
    if (!planned.ok) return planned;
    const group = this.#deps.newId() as GroupId;
    const outcome = await this.#attempt(company, group, wish, planned, options, undefined, true);
    if (outcome.kind === 'failed') return outcome.refused;
    if (outcome.kind !== 'done' && outcome.kind !== 'refused') return { ok: true, occurrences: [] };
    const occurrences = outcome.answers.map((answer, place): CheckedOccurrence => {
      const at = occurrenceAt(planned, place);
      if (!answer.ok) return { ...at, ...answer };
      const { slot } = answer.judged;
      return { ...at, ok: true, isShifted: slot.startMs !== at.startMs, slot };
    });
    return { ok: true, occurrences };
  }

  async #plan(company: CompanyId, { target, rule, exceptDates = [] }: SeriesWish): Promise<Planned | Refused> {
    const read = readStart(target);
    if (!read.ok) return refuse('INPUT_INVALID', { errors: below('target', read) });
    const { startMs, wish } = read.start;
    const catalog = await this.#deps.catalogs.current(company);
    if (catalog === undefined) return refuse('COMPANY_UNKNOWN', {});
    const zone = zoneFor(catalog, wish);
    if ('ok' in zone) return zone;
    const found = occurrencesOf(rule, startMs, exceptDates, zone);
    return found.ok ? { ok: true, startsMs: found.startsMs, wish, zone } : found;
  }

  async #attempt(
    company: CompanyId,
    group: GroupId,
    wish: SeriesWish,
    { startsMs, wish: target }: Planned,
    options: SeriesOptions,
    key: WriteKey,
    isPreview: boolean,
  ): Promise<GroupOutcome> {
    const { storage, catalogs, newId } = this.#deps;
    const catalog = await catalogs.get(company);
    if (catalog === undefined) return { kind: 'failed', refused: refuse('COMPANY_UNKNOWN', {}) };
    const customer = await resolveCustomer(storage, catalog.config.company, options.customer, newId);
    if (!customer.ok) return { kind: 'failed', refused: customer };
    const { conflicts = 'fail', shiftMinutes = DEFAULT_SHIFT_MINUTES, sameResource = true } = wish;
    const aroundMs = shiftMinutes * 60_000;
    const rule = wish.rule.toUpperCase().replace(/^RRULE:/, '');
    return bookGroup(this.#deps, company, {
      group,
      wanted: startsMs.map((startMs): StartAmongMany => ({
        wish: target,
        startMs,
        customerId: customer.customerId,
        within: conflicts === 'shift' ? { fromMs: startMs - aroundMs, toMs: startMs + aroundMs + 1 } : undefined,
      })),
      detail: (place) => ({
        options,
        noShows: customer.noShows,
        recurrence: { rule, startMs: startsMs[place] ?? NaN },
      }),
      by: options.by,
      isWhole: conflicts === 'fail',
      // Whoever was asked for by name goes before whoever has the most time.
      prefersOne: sameResource && target.resource === undefined && target.prefer === undefined,
      key,
      customers: () => ({ requireCustomers: customer.known, customers: customer.write }),
      isPreview,
    });
  }

  /** The first answer again, with every appointment as it is now. Why others were refused then is not kept. */
  async #replay(company: CompanyId, planned: Planned, id: ClaimOwner | GroupId): Promise<Answer<SeriesBooking>> {
    const groupId = id as GroupId;
    const stored = await this.#deps.storage.appointments(company, { groupId, limit: MOST_IN_GROUP });
    const byPlace = new Map(stored.map((appointment) => [placeOf(appointment.id), appointment]));
    const occurrences = planned.startsMs.map((_, place): BookedOccurrence => {
      const at = occurrenceAt(planned, place);
      const appointment = byPlace.get(place);
      if (appointment === undefined) return { ...at, ...refuse('REFUSED_EARLIER', {}) };
      return { ...at, ok: true, isShifted: appointment.startMs !== at.startMs, appointment };
    });
    return { ok: true, groupId, occurrences, replayed: true };
  }

  /** The same where the rule cannot be worked out any more, because its service or branch is gone: what was booked. */
  async #told(company: CompanyId, id: ClaimOwner | GroupId): Promise<Answer<SeriesBooking>> {
    const { storage, catalogs } = this.#deps;
    const catalog = await catalogs.current(company);
    if (catalog === undefined) return refuse('COMPANY_UNKNOWN', {});
    const groupId = id as GroupId;
    const stored = await storage.appointments(company, { groupId, limit: MOST_IN_GROUP });
    const byRule = stored.toSorted((a, b) => placeOf(a.id) - placeOf(b.id));
    const occurrences = byRule.map((appointment): BookedOccurrence => {
      const zone = zoneOf(catalog.branch(appointment.branchId)?.timeZone ?? catalog.config.company.timeZone);
      const startMs = appointment.recurrence?.startMs ?? appointment.startMs;
      const isShifted = appointment.startMs !== startMs;
      return { startMs, start: localFormat(zone)(startMs), ok: true, isShifted, appointment };
    });
    return { ok: true, groupId, occurrences, replayed: true };
  }
}

/** The zone in whose wall clock a series repeats: that of its branch, or of the first who could serve it. */
function zoneFor(catalog: Catalog, { service, visit, branch, resource }: Wish): Zone | Refused {
  const asked = candidates(catalog, { service, visit, branch, resource });
  if (!asked.ok) return asked;
  const branchId = asked.bookables[0]?.branchId;
  const own = branchId === undefined ? undefined : catalog.branch(branchId)?.timeZone;
  return zoneOf(own ?? catalog.config.company.timeZone);
}

function occurrenceAt(
  { startsMs, zone }: Planned,
  place: number,
): { readonly startMs: number; readonly start: string } {
  const startMs = startsMs[place] ?? NaN;
  return { startMs, start: localFormat(zone)(startMs) };
}
