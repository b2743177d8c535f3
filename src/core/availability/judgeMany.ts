import type { BookingRule, RuleRequest } from '../contracts/bookingRule.ts';
import type { Clock } from '../contracts/clock.ts';
import type { CompanyId, ResourceId } from '../model/ids.ts';
import type { Slot } from '../model/slot.ts';
import type { OutsidePlace } from '../outside/outsideBusy.ts';
import { refuse, type Refused } from '../refusals.ts';
import { findSlots } from '../slots/find.ts';
import type { Catalog } from './catalog.ts';
import type { Catalogs, Snapshot } from './catalogs.ts';
import type { Asked, StartAmongMany } from './clusters.ts';
import { judgeIn, type Judged } from './judgeIn.ts';
import { countedLimits } from './limits.ts';
import { listed } from './listing.ts';
import { rankAlternatives } from './rank.ts';
import { objectionsTo, ruleRequest, type Objection } from './rules.ts';
import type { Taken } from './taken.ts';
import { type Taking } from './taken.ts';
import { candidates, question, type Candidates } from './wish.ts';

/** What many starts are judged with. */
export interface JudgePlace {
  readonly catalogs: Catalogs;
  readonly clock: Clock;
  readonly rules: readonly BookingRule[];
  readonly outside: OutsidePlace;
}

/** What came of one start: what it takes, or why it cannot be had. */
export type JudgedOne<T> = { readonly ok: true; readonly judged: Judged; readonly taken: T } | Refused;

/** Appointments that would move to the starts that are judged. */
export interface Moves {
  /** Where each stands, by the place of its start. What it takes there is free until it turns out that it stays. */
  readonly from: readonly (Standing | undefined)[];
  /** Those that stay where they are, with the reason. */
  readonly staying: ReadonlyMap<number, Refused>;
}

/** The place of an appointment. */
export interface Standing {
  readonly startMs: number;
  readonly taking: Taking;
}

/** How many starts are judged. */
export interface ManyOptions {
  /** Whom to prefer, of each start; all others come after. */
  readonly prefer?: ResourceId | undefined;
  readonly moves?: Moves | undefined;
}

/** What is read, and all that is known before anything is judged. */
export interface Read {
  readonly catalog: Catalog;
  readonly asked: readonly (Asked | Refused)[];
  /** Occupied time anew for each pass, because a pass takes of it. */
  readonly fresh: () => Taken;
}

/** What is known while all of them are judged in turn. */
interface Pass extends ManyOptions {
  readonly taken: Taken;
  readonly nowMs: number;
  /** Starts that others were shifted to. */
  readonly shifted: number[];
}

/** Many starts that were read at once and can be judged as often as need be. */
export class Many {
  /** Tells it from a refusal. */
  readonly ok = true;
  readonly #place: JudgePlace;
  readonly #company: CompanyId;
  readonly #read: Read;
  readonly #objections = new Map<string, Objection | undefined>();

  constructor(place: JudgePlace, company: CompanyId, read: Read) {
    this.#place = place;
    this.#company = company;
    this.#read = read;
  }

  /** How many starts there are. */
  get size(): number {
    return this.#read.asked.length;
  }

  get catalog(): Catalog {
    return this.#read.catalog;
  }

  /**
   * Judges each start in turn by the predicate that judges one, each by what was read and what those before it take.
   * `take` says what a start takes once it can be had, or what else stands against it. Rules are asked about all of them at once; whoever they object to
   * takes nothing, so that those after him are judged again.
   */
  async judge<T extends Taking>(
    take: (judged: Judged, index: number) => T | Refused,
    options: ManyOptions = {},
  ): Promise<readonly JudgedOne<T>[]> {
    for (;;) {
      const judged = this.#pass(take, options);
      const open = new Map<string, RuleRequest>();
      judged.forEach((each, index) => {
        if (!each.ok || this.#place.rules.length === 0) return;
        const { slot } = each.judged;
        const key = timeKey(index, slot);
        if (!this.#objections.has(key)) open.set(key, ruleRequest(slot, this.#customerOf(index)));
      });
      if (open.size === 0) return judged;
      const answers = await objectionsTo(this.#place.rules, this.#company, [...open.values()]);
      [...open.keys()].forEach((key, at) => this.#objections.set(key, answers[at]));
      if (answers.every((answer) => answer === undefined)) return judged;
    }
  }

  /** How many starts somebody would serve, if he is preferred; nobody is asked for that. */
  servedBy<T extends Taking>(take: (judged: Judged, index: number) => T | Refused, prefer: ResourceId): number {
    return this.#pass(take, { prefer }).filter((each) => each.ok && each.judged.slot.resourceIds.includes(prefer))
      .length;
  }

  #pass<T extends Taking>(
    take: (judged: Judged, index: number) => T | Refused,
    { prefer, moves }: ManyOptions,
  ): readonly JudgedOne<T>[] {
    const taken = this.#read.fresh();
    const pass: Pass = { taken, nowMs: this.#place.clock.now(), prefer, moves, shifted: [] };
    moves?.from.forEach((standing, index) => {
      if (standing !== undefined && !moves.staying.has(index)) taken.giveBack(standing.taking);
    });
    return this.#read.asked.map((asked, index) => {
      const stays = moves?.staying.get(index);
      if (stays !== undefined) return stays;
      const refused = (why: Refused): Refused => {
        const standing = moves?.from[index];
        if (standing !== undefined) taken.take(standing.taking);
        return why;
      };
      if ('ok' in asked) return refused(asked);
      const judged = this.#one(asked, index, pass);
      if (!judged.ok) return refused(judged);
      const own = take(judged, index);
      if (isRefused(own)) return refused(own);
      taken.take(own);
      return { ok: true, judged, taken: own };
    });
  }

  /** The start itself, or the best of those that may take its place. */
  #one(asked: Asked, index: number, pass: Pass): Judged | Refused {
    const { taken, nowMs, moves, shifted } = pass;
    const first = this.#at(asked, asked.start, index, pass);
    const { within, startMs } = asked.start;
    if (first.ok || within === undefined) return first;
    const snapshot = this.#snapshot(asked, taken);
    // Whoever comes to all of them cannot be in two places.
    const others = this.#read.asked.flatMap((each, at) => {
      if (moves?.staying.has(at) === true) return moves.from[at]?.startMs ?? [];
      return at === index || 'ok' in each ? [] : [each.start.startMs];
    });
    let slots = listed(asked.candidates, (group) =>
      findSlots({ ...question(asked.candidates, group, snapshot, nowMs), range: within }),
    ).filter(({ startMs: fromMs, endMs }) => {
      const meets = (otherMs: number): boolean => otherMs < endMs && otherMs + (endMs - fromMs) > fromMs;
      return !others.some(meets) && !shifted.some(meets);
    });
    const zone = asked.candidates.bookables[0]?.schedule.zone;
    while (zone !== undefined) {
      const [best] = rankAlternatives(slots, startMs, zone);
      if (best === undefined) break;
      const other = this.#at(asked, { startMs: best.startMs }, index, pass);
      if (other.ok) {
        shifted.push(other.slot.startMs);
        return other;
      }
      slots = slots.filter((slot) => slot.startMs !== best.startMs);
    }
    return first;
  }

  #at(
    asked: Asked,
    start: Pick<StartAmongMany, 'startMs' | 'endMs'>,
    index: number,
    { taken, nowMs, prefer: ofAll }: Pass,
  ): Judged | Refused {
    const { prefer = ofAll } = asked.start;
    const snapshot = this.#snapshot(asked, taken);
    const wanted = prefer === undefined ? undefined : this.#narrowed(asked, prefer);
    let refused: Refused | undefined;
    for (const who of wanted === undefined ? [asked.candidates] : [wanted, asked.candidates]) {
      const judged = judgeIn(who, inOrderOf(who, asked.candidates, snapshot), nowMs, start);
      if (!judged.ok) {
        refused = judged;
        continue;
      }
      const objection = this.#objections.get(timeKey(index, judged.slot));
      if (objection === undefined) return judged;
      const reasons = [{ code: 'RULE_REFUSED', message: objection.message }];
      refused = refuse('RULE_REFUSED', { rule: objection.rule, reasons, alternatives: [] });
    }
    return refused ?? refuse('NO_SLOT', { reasons: [], alternatives: [] });
  }

  #narrowed({ start, candidates: all }: Asked, prefer: ResourceId): Candidates | undefined {
    if (start.resourceIds !== undefined || start.wish.resource !== undefined) return undefined;
    if (!all.bookables.some(({ resource }) => resource.id === prefer)) return undefined;
    const narrow = candidates(this.#read.catalog, { ...start.wish, resource: prefer });
    return narrow.ok ? narrow : undefined;
  }

  #snapshot({ candidates: asked, limited, units, fromMs, toMs }: Asked, taken: Taken): Snapshot {
    const { bookables, offering } = asked;
    const { id, seats } = offering.service;
    const counted = countedLimits(limited, units, taken.counts(units));
    return {
      catalog: this.#read.catalog,
      ...taken.around(bookables, fromMs, toMs),
      ...(counted.length === 0 ? {} : { counted }),
      ...(seats === 1 ? {} : { sessions: taken.sessionsOf(id) }),
    };
  }

  #customerOf(index: number): StartAmongMany['customerId'] {
    const asked = this.#read.asked[index];
    return asked === undefined || 'ok' in asked ? null : asked.start.customerId;
  }
}

const isRefused = (own: Taking | Refused): own is Refused => 'refusal' in own;

/** Rules judge a time of somebody, whoever serves it. */
const timeKey = (index: number, { startMs, resourceIds }: Slot): string =>
  `${index} ${startMs} ${resourceIds.join(' ')}`;

/** What is occupied in the order of fewer candidates. */
function inOrderOf(who: Candidates, all: Candidates, snapshot: Snapshot): Snapshot {
  if (who === all || who.bookables.length === all.bookables.length) return snapshot;
  const places = who.bookables.map((bookable) => all.bookables.indexOf(bookable));
  const { busy, busyKinds, counted } = snapshot;
  return {
    ...snapshot,
    busy: places.map((place) => busy[place] ?? NOTHING),
    ...(busyKinds === undefined ? {} : { busyKinds: places.map((place) => busyKinds[place] ?? []) }),
    ...(counted === undefined
      ? {}
      : {
          counted: counted.flatMap((limit) => {
            if (limit.place === undefined) return [limit];
            const place = places.indexOf(limit.place);
            return place < 0 ? [] : [{ ...limit, place }];
          }),
        }),
  };
}

const NOTHING = new Float64Array(0);
