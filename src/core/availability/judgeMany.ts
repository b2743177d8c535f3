import type { BookingRule, RuleRequest } from '../contracts/bookingRule.ts';
import type { Clock } from '../contracts/clock.ts';
import { EngineError } from '../errors.ts';
import type { ClaimOwner, CompanyId, ResourceId } from '../model/ids.ts';
import type { Slot } from '../model/slot.ts';
import type { OutsidePlace } from '../outside/outsideBusy.ts';
import { refuse, type Refused } from '../refusals.ts';
import { findSlots } from '../slots/find.ts';
import type { Catalog } from './catalog.ts';
import type { Catalogs, Snapshot } from './catalogs.ts';
import { askedOf, clustersOf, type Asked, type Cluster, type StartAmongMany } from './clusters.ts';
import { judgeIn, type Judged } from './judgeIn.ts';
import { countedLimits } from './limits.ts';
import { listed } from './listing.ts';
import { rankAlternatives } from './rank.ts';
import { objectionsTo, ruleRequest, type Objection } from './rules.ts';
import { Taken, type Taking } from './taken.ts';
import { candidates, idsOf, question, type Candidates } from './wish.ts';
import { withOutside } from './withOutside.ts';

/** What many starts are judged with. */
export interface JudgePlace {
  readonly catalogs: Catalogs;
  readonly clock: Clock;
  readonly rules: readonly BookingRule[];
  readonly outside: OutsidePlace;
}

/** What came of one start: what it takes, or why it cannot be had. */
export type JudgedOne<T> = { readonly ok: true; readonly judged: Judged; readonly taken: T } | Refused;

/** How many starts are judged. */
export interface ManyOptions {
  /** Whom to prefer, of each start; all others come after. */
  readonly prefer?: ResourceId | undefined;
}

/** What is read, and all that is known before anything is judged. */
interface Read {
  readonly catalog: Catalog;
  readonly asked: readonly (Asked | Refused)[];
  /** Occupied time anew for each pass, because a pass takes of it. */
  readonly fresh: () => Taken;
}

/** A company that keeps changing faster than it can be read is not worth waiting for. */
const MAX_ATTEMPTS = 8;

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
      const judged = this.#pass(take, options.prefer);
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
    return this.#pass(take, prefer).filter((each) => each.ok && each.judged.slot.resourceIds.includes(prefer)).length;
  }

  #pass<T extends Taking>(
    take: (judged: Judged, index: number) => T | Refused,
    prefer: ResourceId | undefined,
  ): readonly JudgedOne<T>[] {
    const taken = this.#read.fresh();
    const nowMs = this.#place.clock.now();
    const shifted: number[] = [];
    return this.#read.asked.map((asked, index) => {
      if ('ok' in asked) return asked;
      const judged = this.#one(asked, index, taken, nowMs, prefer, shifted);
      if (!judged.ok) return judged;
      const own = take(judged, index);
      if (isRefused(own)) return own;
      taken.take(own);
      return { ok: true, judged, taken: own };
    });
  }

  /** The start itself, or the best of those that may take its place. */
  #one(
    asked: Asked,
    index: number,
    taken: Taken,
    nowMs: number,
    prefer: ResourceId | undefined,
    shifted: number[],
  ): Judged | Refused {
    const first = this.#at(asked, asked.start, index, taken, nowMs, prefer);
    const { within, startMs } = asked.start;
    if (first.ok || within === undefined) return first;
    const snapshot = this.#snapshot(asked, taken);
    // Whoever comes to all of them cannot be in two places.
    const others = this.#read.asked.flatMap((each, at) => (at === index || 'ok' in each ? [] : [each.start.startMs]));
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
      const other = this.#at(asked, { startMs: best.startMs }, index, taken, nowMs, prefer);
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
    taken: Taken,
    nowMs: number,
    prefer: ResourceId | undefined,
  ): Judged | Refused {
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

/** Reads what many starts need, so that they can be judged. */
export type ManyReader = (
  company: CompanyId,
  starts: readonly StartAmongMany[],
  except?: ClaimOwner,
) => Promise<Many | Refused<'COMPANY_UNKNOWN'>>;

/** Reads what many starts need under one revision of the configuration: one statement for those that lie near each other. */
export async function readMany(
  place: JudgePlace,
  company: CompanyId,
  starts: readonly StartAmongMany[],
  except?: ClaimOwner,
): Promise<Many | Refused<'COMPANY_UNKNOWN'>> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const catalog = await place.catalogs.get(company);
    if (catalog === undefined) return refuse('COMPANY_UNKNOWN', {});
    const asked = askedOf(catalog, starts);
    const clusters = clustersOf(asked.filter((each): each is Asked => !('ok' in each)));
    const reads: { readonly cluster: Cluster; readonly snapshot: Snapshot }[] = [];
    // Even where nothing has to be read, an outdated catalog must not refuse what has come since.
    for (const cluster of clusters.length === 0 ? [EMPTY] : clusters) {
      const snapshot = await readCluster(place, company, catalog, cluster, except);
      if (snapshot !== undefined) reads.push({ cluster, snapshot });
    }
    if (reads.length < Math.max(1, clusters.length)) continue;
    const fresh = (): Taken => {
      const taken = new Taken();
      for (const { cluster, snapshot } of reads) {
        taken.addBusy(idsOf(cluster.bookables), snapshot.busy, snapshot.busyKinds);
        taken.addUnits(cluster.units, snapshot.units);
        if (cluster.seated !== undefined) taken.addSessions(cluster.seated, snapshot.sessions);
      }
      return taken;
    };
    return new Many(place, company, { catalog, asked, fresh });
  }
  throw new EngineError('STORAGE_BUSY', 'The configuration of the company kept changing while it was read.');
}

const EMPTY: Cluster = { bookables: [], fromMs: 0, toMs: 0, units: [] };

/** Undefined when the configuration has changed since the catalog was made. */
async function readCluster(
  { catalogs, outside }: JudgePlace,
  company: CompanyId,
  catalog: Catalog,
  { bookables, fromMs, toMs, units, seated }: Cluster,
  except: ClaimOwner | undefined,
): Promise<Snapshot | undefined> {
  const read = await catalogs.read(company, (current) =>
    current === catalog
      ? {
          ok: true,
          busy: {
            resourceIds: idsOf(bookables),
            fromMs,
            toMs,
            except,
            ...(units.length === 0 ? {} : { units }),
            ...(seated === undefined ? {} : { sessions: { serviceId: seated } }),
          },
        }
      : { ok: true, busy: { resourceIds: [], fromMs: 0, toMs: 0 } },
  );
  if (read?.ok !== true || read.snapshot.catalog !== catalog) return undefined;
  if (outside.sources.length === 0 || bookables.length === 0) return read.snapshot;
  return withOutside(outside, company, read.snapshot, bookables, { fromMs, toMs });
}
