import type { Clock, Companies, CompanyDoor, CompanyId, Directory, Upkeep } from '../../plugin.ts';
import type { Offering } from './offering.ts';
import type { WaitlistStore } from './store.ts';

/** How often is looked whether anything is due. */
const TICK_MS = 15_000;
/** How often is looked for companies where another process has put somebody into the line. */
const DISCOVER_MS = 600_000;
/** How many of those who wait are looked at in one turn. */
const BATCH = 25;

interface Deps {
  readonly store: WaitlistStore;
  readonly offering: Offering;
  readonly companies: Companies;
  readonly directory: Pick<Directory, 'companies'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly recheckMs: number;
}

/** Where the look at those who wait at a company stands. */
interface Round {
  /** Whom it was last turn; undefined: between two rounds. */
  readonly after: string | undefined;
  readonly nextMs: number;
}

/**
 * Passes on what nobody took up, and looks at those who wait although no event told that anything became free. Several
 * processes may do so side by side: whoever changes an entry first has done it.
 */
export class Keeper implements Upkeep {
  readonly name = 'waitlist';
  readonly everyMs = TICK_MS;
  readonly #deps: Deps;
  readonly #dueMs = new Map<CompanyId, number>();
  readonly #rounds = new Map<CompanyId, Round>();
  #discoverMs = -Infinity;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Says when something of a company falls due. */
  readonly notice = (company: CompanyId, atMs: number): void => {
    this.#dueMs.set(company, Math.min(atMs, this.#dueMs.get(company) ?? Infinity));
  };

  /** Looks after one company that is due; whether there may be more to do. */
  async turn(): Promise<boolean> {
    const { clock, directory } = this.#deps;
    if (clock.now() >= this.#discoverMs) {
      for (const { id } of await directory.companies()) this.notice(id, -Infinity);
      this.#discoverMs = clock.now() + DISCOVER_MS;
    }
    const due = [...this.#dueMs].find(([, atMs]) => atMs <= clock.now());
    if (due === undefined) return false;
    const [company] = due;
    this.#dueMs.delete(company);
    try {
      await this.#care(company);
    } catch (error) {
      this.notice(company, clock.now() + TICK_MS);
      throw error;
    }
    return true;
  }

  async #care(company: CompanyId): Promise<void> {
    const { store, companies, clock, offering } = this.#deps;
    const door = await companies.open(company);
    if (!door.ok) return;
    for (const stored of await store.all(company, 'status', 'offered')) {
      const { expiresMs } = stored.state.offer ?? { expiresMs: 0 };
      const isOver = expiresMs <= clock.now() && (await offering.expire(door, stored));
      if (!isOver) this.notice(company, Math.max(expiresMs, clock.now() + 1_000));
    }
    await this.#review(door);
  }

  /** Looks at some of those who wait, the first in line first. */
  async #review(door: CompanyDoor): Promise<void> {
    const { store, clock, offering, recheckMs } = this.#deps;
    const company = door.company.id;
    const round = this.#rounds.get(company) ?? { after: undefined, nextMs: -Infinity };
    const line = await store.line(company);
    if (line.length === 0) {
      this.#rounds.delete(company);
      return;
    }
    if (round.after === undefined && round.nextMs > clock.now()) return this.notice(company, round.nextMs);
    // If he has left meanwhile, the round begins again.
    const from = line.findIndex(({ id }) => id === round.after) + 1;
    const some = line.slice(from, from + BATCH);
    for (const [index, { id }] of some.entries()) await offering.offer(door, id, line.slice(0, from + index));
    const isLast = from + BATCH >= line.length;
    const nextMs = clock.now() + (isLast ? recheckMs : 0);
    this.#rounds.set(company, { after: isLast ? undefined : some.at(-1)?.id, nextMs });
    this.notice(company, nextMs);
  }
}
