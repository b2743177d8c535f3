import type { Random } from '../oracle/random.ts';
import type { Operation } from './checker/history.ts';
import type { Crew } from './crew.ts';
import type { Answer, Deed, Told } from './deed.ts';
import { startsFrom, wanted, type Shop } from './shop.ts';

/** A write that nobody answered, to be tried again under its key. */
interface Unanswered {
  readonly deed: Deed;
  readonly operation: Operation;
}

/** How long a process rests after a fault, so that it does not hammer a server that is down. */
const REST_MS = 100;

/** Customers of a shop who find, hold, book, move and cancel at random through all processes, and all that they were told. */
export class Load {
  readonly #crew: Crew;
  readonly #shop: Shop;
  readonly #random: Random;
  readonly #starts = startsFrom(Date.now());
  readonly #operations = new Set<Operation>();
  readonly #holds: Told[] = [];
  readonly #appointments: Told[] = [];
  readonly #unanswered: Unanswered[] = [];
  #serial = 0;
  #granted = 0;
  #stopping = false;
  #lanes: Promise<unknown> = Promise.resolve();
  /** How many of those that nobody had answered were tried again until they were. */
  retried = 0;

  constructor(crew: Crew, shop: Shop, random: Random) {
    this.#crew = crew;
    this.#shop = shop;
    this.#random = random;
  }

  /** Everything that anybody did so far. */
  get operations(): readonly Operation[] {
    return [...this.#operations];
  }

  get count(): number {
    return this.#operations.size;
  }

  /** How many writes were acknowledged. */
  get granted(): number {
    return this.#granted;
  }

  /** Begins, with so many operations in flight in each process. */
  start(inFlight: number): void {
    const lanes = this.#crew.members.flatMap((_, member) => Array.from({ length: inFlight }, () => this.#lane(member)));
    this.#lanes = Promise.all(lanes);
  }

  /** Lets what is under way come to its end, and tries again what is still unanswered. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#lanes;
    const count = this.#crew.members.length;
    for (const [index, each] of this.#unanswered.splice(0).entries()) {
      await this.#again(index % count, each);
    }
  }

  async #lane(member: number): Promise<void> {
    while (!this.#stopping) {
      const open = this.#random.chance(0.2) ? this.#unanswered.shift() : undefined;
      const fine = await (open === undefined ? this.#next(member) : this.#again(member, open));
      if (!fine) await new Promise((resolve) => setTimeout(resolve, REST_MS));
    }
  }

  async #next(member: number): Promise<boolean> {
    const deed = this.#deed();
    const invokedMs = Date.now();
    const answer = await this.#crew.do(member, this.#shop.site, deed);
    return this.#note(member, deed, answer, invokedMs);
  }

  /** The same under the same key, as a caller does who has heard nothing. */
  async #again(member: number, { deed, operation }: Unanswered): Promise<boolean> {
    const answer = await this.#crew.do(member, this.#shop.site, deed);
    this.#operations.delete(operation);
    if (answer.kind !== 'fault') this.retried++;
    return this.#note(operation.process, deed, answer, operation.invokedMs);
  }

  #note(process: number, deed: Deed, answer: Answer, invokedMs: number): boolean {
    const told = answer.kind === 'ok' ? answer.told : null;
    const operation: Operation = {
      process,
      what: deed.do,
      key: 'key' in deed ? deed.key : null,
      invokedMs,
      answeredMs: answer.kind === 'fault' ? null : answer.answeredMs,
      outcome: answer.kind === 'fault' ? 'unknown' : answer.kind,
      gives: told?.occupies === true && deed.do !== 'release' ? this.#shop.holdingOf(told) : null,
      result: told?.id ?? null,
      ends: endedBy(deed),
    };
    this.#operations.add(operation);
    if (answer.kind === 'fault') {
      // Some are never tried again: what became of those is read by their key at the end.
      if ('key' in deed && this.#random.chance(0.8)) this.#unanswered.push({ deed, operation });
      return false;
    }
    if (told !== null) this.#remember(deed, told);
    return true;
  }

  #remember(deed: Deed, told: Told): void {
    this.#granted++;
    if (deed.do === 'hold' && told.expiresMs !== null) this.#holds.push(told);
    else if (told.expiresMs === null && told.occupies) this.#appointments.push(told);
  }

  /** Something to do next; whatever it is about may be about to be changed by others as well. */
  #deed(): Deed {
    const { int, pick, chance } = this.#random;
    const key = `k${++this.#serial}`;
    const service = pick(wanted);
    const startMs = pick(this.#starts);
    const partySize = service === 'yoga' ? int(1, 2) : 1;
    const dice = int(1, 100);
    if (dice <= 8) return { do: 'find', service, fromMs: startMs };
    if (dice <= 30) {
      // Some run out while others want them.
      const ttl = chance(0.5) ? { ttlSeconds: 10 } : {};
      return { do: 'hold', service, startMs, partySize, owner: `call-${this.#serial}`, key, ...ttl };
    }
    if (dice <= 52) return { do: 'book', service, startMs, partySize, key };
    if (dice <= 72) {
      const hold = this.#take(this.#holds);
      if (hold !== undefined) {
        const owner = hold.owner ?? '';
        return chance(0.8) ? { do: 'bookHold', hold: hold.id, owner, key } : { do: 'release', hold: hold.id, owner };
      }
    }
    const known = this.#appointments.length > 0 ? pick(this.#appointments) : undefined;
    if (known === undefined) return { do: 'book', service, startMs, partySize, key };
    if (dice <= 82) return { do: 'move', appointment: known.id, startMs, key };
    return { do: 'cancel', appointment: this.#take(this.#appointments)?.id ?? known.id, key };
  }

  #take<T>(from: T[]): T | undefined {
    return from.length === 0 ? undefined : from.splice(this.#random.int(0, from.length - 1), 1)[0];
  }
}

function endedBy(deed: Deed): readonly string[] {
  if ('hold' in deed) return [deed.hold];
  return 'appointment' in deed ? [deed.appointment] : [];
}
