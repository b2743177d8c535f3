import type { BookingRule } from '../contracts/bookingRule.ts';
import type { Clock } from '../contracts/clock.ts';
import type { Storage, UnitQuery } from '../contracts/storage.ts';
import type { OutsidePlace } from '../outside/outsideBusy.ts';
import type { Hold } from '../model/appointment.ts';
import type { CompanyId, CustomerId, ResourceId } from '../model/ids.ts';
import type { Slot } from '../model/slot.ts';
import { occupies } from '../model/status.ts';
import { refuse, type Answer, type Reason, type Refused } from '../refusals.ts';
import type { CaseFile } from '../slots/case/caseFile.ts';
import { nextSlots, findSlots } from '../slots/find.ts';
import type { Wish as Liking } from '../slots/wish.ts';
import { DAY_MS } from '../time/localDate.ts';
import type { Catalogs } from './catalogs.ts';
import { caseFileOf } from './caseFile.ts';
import { explained, type Explanation } from './explanation.ts';
import { judgeIn, type Judged } from './judgeIn.ts';
import { countedLimits, limitedBy, unitQueries, type Limited } from './limits.ts';
import { LIKED_COUNT, likedSlots, Preferences } from './liking.ts';
import { listed } from './listing.ts';
import type { Found, NonEmpty } from './query.ts';
import { MAX_ALTERNATIVES, rankAlternatives } from './rank.ts';
import { unreachableReason } from './reasons.ts';
import type { ReadForWish, Search, StartToJudge } from './search.ts';
import { tooLarge } from './tooLarge.ts';
import { objections, permitted, type RuledTime } from './rules.ts';
import { LONGEST_DAYS, NEAR_DAYS, readsOf, stretchesOf } from './stretches.ts';
import {
  busyQuery,
  candidates,
  pinnedTo,
  question,
  reach,
  wishOf,
  type Asker,
  type Candidates,
  type Wish,
} from './wish.ts';
import { withOutside } from './withOutside.ts';

interface Deps {
  readonly storage: Pick<Storage, 'busy' | 'appointments'>;
  readonly catalogs: Catalogs;
  readonly clock: Clock;
  readonly rules: readonly BookingRule[];
  readonly outside: OutsidePlace;
}

/** How far around a start an explanation looks for what is nearest. */
const EXPLAINED_DAYS = 14;
/** How far around a refused start alternatives are looked for at first: a week later must be in it. */
const ALTERNATIVES_DAYS = 9;

/** The one predicate: what is listed, checked, held and booked is judged here and nowhere else. */
export class Availability {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** The bookable starts of a search, ascending; a refusal when there is none. */
  async find(company: CompanyId, search: Search, asker: Asker): Promise<Answer<Found>> {
    const nowMs = this.#deps.clock.now();
    const seen: Seen = { isUnknown: false, preferences: search.wish.prefer && new Preferences() };
    const { like } = search;
    const slots =
      like === undefined
        ? await this.#search(company, search, asker, nowMs, seen)
        : await this.#liked(company, search, like, asker, seen);
    if ('ok' in slots) return slots;
    const preference = seen.preferences?.list;
    if (isNonEmpty(slots)) return preference === undefined ? { ok: true, slots } : { ok: true, slots, preference };
    const alternatives =
      search.toMs === undefined ? [] : await this.alternatives(company, search.wish, search.fromMs, asker, search);
    const reasons: readonly Reason[] = [{ code: 'NO_SLOT', message: 'No start in this range is free.' }];
    const large = tooLarge(await this.#deps.catalogs.get(company), search.wish);
    if (large !== undefined) return large;
    if (seen.isUnknown) return refuse('SOURCE_UNREACHABLE', { reasons: [unreachableReason], alternatives });
    return refuse('NO_SLOT', { reasons, alternatives });
  }

  /** Judges one start. Refused, it comes with every reason and with other starts. */
  async judge(company: CompanyId, start: StartToJudge, asker: Asker): Promise<Judged | Refused> {
    const nowMs = this.#deps.clock.now();
    const { startMs, wish } = start;
    const read = await this.#read(company, wish, startMs, startMs + 1, asker, start.resourceIds, false);
    if (!read.ok) return read;
    const judged = judgeIn(read.candidates, read.snapshot, nowMs, start);
    if (judged.ok) return (await this.#objection(company, wish, judged.slot, asker)) ?? judged;
    const { refusal } = judged;
    if (refusal.code === 'OFFER_INVALID' || start.isTentative === true) return judged;
    const alternatives = await this.alternatives(company, wish, startMs, asker);
    return refuse(refusal.code, { reasons: refusal.reasons, alternatives });
  }

  /** Explains one start: every reason, for everybody who could serve it, and what is nearest. */
  async explain(
    company: CompanyId,
    { wish, startMs }: StartToJudge,
    asker: Asker,
  ): Promise<({ readonly ok: true } & Explanation) | Refused> {
    const range = { fromMs: startMs - EXPLAINED_DAYS * DAY_MS, toMs: startMs + EXPLAINED_DAYS * DAY_MS };
    const read = await this.#look(company, wish, range.fromMs, range.toMs, asker);
    if (!read.ok) return read;
    return { ok: true, ...explained(read.candidates, read.snapshot, this.#deps.clock.now(), startMs, range) };
  }

  /** A search as a case file, of the first branch that could serve it; without an end, of the days that are looked at first. */
  async caseFile(
    company: CompanyId,
    { wish, fromMs, toMs, count }: Search,
    asker: Asker,
  ): Promise<{ readonly ok: true; readonly file: CaseFile } | Refused> {
    const range = { fromMs, toMs: toMs ?? fromMs + NEAR_DAYS * DAY_MS };
    const read = await this.#look(company, wish, range.fromMs, range.toMs, asker);
    if (!read.ok) return read;
    const { candidates: asked, snapshot } = read;
    const [group] = asked.groups;
    if (group === undefined) return refuse('RESOURCE_NOT_QUALIFIED', { resource: 'anyone', service: wish.service });
    const file = caseFileOf(asked, group, snapshot, this.#deps.clock.now(), range);
    return { ok: true, file: toMs === undefined && count !== undefined ? { ...file, ask: { next: count } } : file };
  }

  /**
   * What rules say about a held time once it is known for whom it shall be: when it was held, they were asked for nobody in
   * particular. Undefined when none objects, and for nobody.
   */
  async heldObjection(
    company: CompanyId,
    hold: Hold,
    customerId: CustomerId | null,
  ): Promise<Refused<'RULE_REFUSED'> | undefined> {
    if (customerId === null) return undefined;
    return this.#objection(company, wishOf(hold), hold, { except: hold.id, customerId });
  }

  /** Up to three other starts, best first; with `outside` only starts that are not in that search. */
  async alternatives(
    company: CompanyId,
    wish: Wish,
    wantedMs: number,
    asker: Asker,
    outside?: Search,
  ): Promise<readonly Slot[]> {
    const nowMs = this.#deps.clock.now();
    const fromMs = Math.max(nowMs, wantedMs - DAY_MS);
    const booked = await this.#bookedBy(company, asker, fromMs);
    const near = await this.#search(company, range(wish, fromMs, wantedMs + ALTERNATIVES_DAYS * DAY_MS), asker, nowMs);
    if ('ok' in near) return [];
    const useful = (slots: readonly Slot[]): readonly Slot[] =>
      slots.filter(
        ({ startMs, endMs }) =>
          startMs !== wantedMs &&
          !booked.some((other) => other.startMs < endMs && other.endMs > startMs) &&
          !(outside !== undefined && startMs >= outside.fromMs && startMs < (outside.toMs ?? Infinity)),
      );
    let slots = useful(near);
    if (slots.length < MAX_ALTERNATIVES) {
      const farFromMs = Math.max(nowMs, wantedMs + ALTERNATIVES_DAYS * DAY_MS);
      const farRange = range(wish, farFromMs, farFromMs + LONGEST_DAYS * DAY_MS);
      const far = await this.#search(company, { ...farRange, count: 10 }, asker, nowMs);
      if (!('ok' in far)) slots = [...slots, ...useful(far)];
    }
    const catalog = await this.#deps.catalogs.get(company);
    const asked = catalog === undefined ? undefined : candidates(catalog, wish);
    if (asked?.ok !== true) return [];
    const zone = asked.bookables[0]?.schedule.zone;
    return zone === undefined ? [] : rankAlternatives(slots, wantedMs, zone);
  }

  /** The best of what a search likes. */
  async #liked(
    company: CompanyId,
    { wish, fromMs, toMs, count = LIKED_COUNT }: Search,
    like: Liking,
    asker: Asker,
    seen: Seen,
  ): Promise<readonly Slot[] | Refused> {
    const nowMs = this.#deps.clock.now();
    const range = { fromMs, toMs: toMs ?? Math.max(fromMs, nowMs) + NEAR_DAYS * DAY_MS };
    const read = await this.#look(company, wish, range.fromMs, range.toMs, asker);
    if (!read.ok) return read;
    if (read.snapshot.isUnknown === true) seen.isUnknown = true;
    const slots = likedSlots(read.candidates, read.snapshot, nowMs, range, like, seen.preferences);
    return (await permitted(this.#deps.rules, company, slots, asker.customerId)).slice(0, count);
  }

  async #search(
    company: CompanyId,
    { wish, fromMs, toMs, count }: Search,
    asker: Asker,
    nowMs: number,
    seen?: Seen,
  ): Promise<readonly Slot[] | Refused> {
    const { rules } = this.#deps;
    const found: Slot[] = [];
    const limit = count ?? Infinity;
    for (const part of readsOf(fromMs, toMs, nowMs)) {
      const read = await this.#look(company, wish, part.fromMs, part.toMs, asker);
      if (!read.ok) return read;
      if (seen !== undefined && read.snapshot.isUnknown === true) seen.isUnknown = true;
      // Rules may strike slots out, so with rules all of a stretch is listed before it is cut to the count.
      for (const range of rules.length === 0 || limit === Infinity ? [part] : stretchesOf(part)) {
        const most = rules.length > 0 ? Infinity : limit - found.length;
        const free = listed(read.candidates, (group) => {
          const asked = { ...question(read.candidates, group, read.snapshot, nowMs), range };
          const found = most === Infinity ? findSlots(asked) : nextSlots(asked, most);
          seen?.preferences?.add(asked, found);
          return found;
        });
        const slots = await permitted(rules, company, free, asker.customerId);
        // What is the whole answer needs no collecting.
        if (range.toMs === toMs && found.length === 0) return slots.length > limit ? slots.slice(0, limit) : slots;
        found.push(...slots);
        if (found.length >= limit) return found.slice(0, limit);
      }
    }
    return found;
  }

  /** Reads what will be listed: who wants one of it is judged again. */
  #look(company: CompanyId, wish: Wish, fromMs: number, toMs: number, asker: Asker): Promise<ReadForWish | Refused> {
    return this.#read(company, wish, fromMs, toMs, asker, undefined, true);
  }

  async #read(
    company: CompanyId,
    wish: Wish,
    fromMs: number,
    toMs: number,
    { except, customerId }: Asker,
    pinned: readonly ResourceId[] | undefined,
    mayLag: boolean,
  ): Promise<ReadForWish | Refused> {
    let found: Candidates | undefined;
    let limited: readonly Limited[] = [];
    let units: readonly UnitQuery[] = [];
    const read = await this.#deps.catalogs.read<Refused>(company, (catalog) => {
      const asked = candidates(catalog, wish);
      if (!asked.ok) return { ok: false, answer: asked };
      const chosen = pinned === undefined ? asked : pinnedTo(asked, pinned);
      if (chosen === undefined)
        return { ok: false, answer: refuse('OFFER_INVALID', { why: 'who was offered no longer does this service' }) };
      found = chosen;
      limited = limitedBy(catalog.config.company, chosen.offering, chosen.bookables, customerId);
      units = unitQueries(limited, fromMs, toMs);
      return { ok: true, busy: busyQuery(chosen, { fromMs, toMs }, except, units, mayLag) };
    });
    if (read === undefined || (read.ok && found === undefined)) return refuse('COMPANY_UNKNOWN', {});
    if (!read.ok) return read.answer;
    const { bookables, offering } = found as Candidates;
    const span = reach(offering, fromMs, toMs);
    const { outside: place } = this.#deps;
    const outside =
      place.sources.length === 0 ? read.snapshot : await withOutside(place, company, read.snapshot, bookables, span);
    const counted = countedLimits(limited, units, read.snapshot.units ?? []);
    const snapshot = counted.length === 0 ? outside : { ...outside, counted };
    return { ok: true, snapshot, candidates: found as Candidates };
  }

  async #objection(
    company: CompanyId,
    wish: Wish,
    time: RuledTime,
    asker: Asker,
  ): Promise<Refused<'RULE_REFUSED'> | undefined> {
    const [objection] = await objections(this.#deps.rules, company, [time], asker.customerId);
    if (objection === undefined) return undefined;
    const reasons = [{ code: 'RULE_REFUSED', message: objection.message }];
    const alternatives = await this.alternatives(company, wish, time.startMs, asker);
    return refuse('RULE_REFUSED', { rule: objection.rule, reasons, alternatives });
  }

  async #bookedBy(company: CompanyId, { customerId, except }: Asker, fromMs: number): Promise<readonly Stretch[]> {
    if (customerId === null) return [];
    const appointments = await this.#deps.storage.appointments(company, {
      customerId,
      fromMs: fromMs - DAY_MS,
      limit: 200,
    });
    return appointments.filter(({ id, status }) => id !== except && occupies(status));
  }
}

/** What a search noticed on its way. */
interface Seen {
  isUnknown: boolean;
  readonly preferences?: Preferences | undefined;
}

interface Stretch {
  readonly startMs: number;
  readonly endMs: number;
}

const range = (wish: Wish, fromMs: number, toMs: number): Search => ({ wish, fromMs, toMs, count: undefined });

const isNonEmpty = <T>(list: readonly T[]): list is NonEmpty<T> => list.length > 0;
