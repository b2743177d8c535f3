import type { CompanyId } from '../../../../../adapter.ts';
import { CompanyMarks } from './companyMarks.ts';
import { Freshness } from './freshness.ts';
import type { Covers } from './freshness.ts';

/** A copy of the primary that can be read. */
export interface Copy {
  /** For messages: without secrets. */
  readonly name: string;
  /** What it has applied. Fails where it copies nobody, and where another server answers than before. */
  position(): Promise<string>;
  close(): Promise<void>;
}

interface Options<C extends Copy> {
  readonly copies: readonly C[];
  /** Asks the primary how far it is. */
  readonly primaryPosition: () => Promise<string>;
  readonly covers: Covers;
  readonly maxLagMs: number;
  /** Tells an operator something. */
  readonly warn: (text: string) => void;
  readonly steadyMs?: () => number;
}

interface Followed<C> {
  readonly copy: C;
  readonly freshness: Freshness;
  /** An answer is awaited: one that hangs is not asked again. */
  isAsked: boolean;
  isLost: boolean;
}

/** Companies whose writes are remembered one by one. */
const rememberedCompanies = 10_000;
/** Positions are asked for until nobody has wanted a copy for so many rounds. */
const idleRounds = 20;

/**
 * Sends reads of a company to copies that have everything this process has written for it, and are not behind by more
 * than the limit. Positions are asked for in the background, and only while somebody reads; no write waits for them.
 */
export class ReplicaReads<C extends Copy> {
  readonly #options: Options<C>;
  readonly #steadyMs: () => number;
  readonly #followed: readonly Followed<C>[];
  readonly #marks = new CompanyMarks(rememberedCompanies);
  readonly #roundMs: number;
  #turn = 0;
  #roundsLeft = 0;
  #isFollowing = false;
  #isClosed = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: Options<C>) {
    const { copies, covers, maxLagMs, steadyMs = () => performance.now() } = options;
    this.#options = options;
    this.#steadyMs = steadyMs;
    this.#roundMs = Math.min(250, Math.max(10, maxLagMs / 4));
    this.#followed = copies.map((copy) => ({
      copy,
      freshness: new Freshness(covers, maxLagMs),
      isAsked: false,
      isLost: false,
    }));
  }

  /** Notes a write of a company, or one that may have touched any. */
  wrote(company: CompanyId | undefined): void {
    this.#marks.wrote(company, this.#steadyMs());
  }

  /** Reads from a copy where one will do, and from the primary where none does or the copy fails. */
  async read<T>(company: CompanyId, fromCopy: (copy: C) => Promise<T>, fromPrimary: () => Promise<T>): Promise<T> {
    this.#want();
    const chosen = this.#choose(company);
    if (chosen === undefined) return fromPrimary();
    try {
      return await fromCopy(chosen.copy);
    } catch (error) {
      this.#lost(chosen, error);
      return fromPrimary();
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await Promise.all(this.#options.copies.map((copy) => copy.close()));
  }

  /** The next copy in turn that will do. */
  #choose(company: CompanyId): Followed<C> | undefined {
    const sinceMs = Math.max(this.#marks.lastWriteMs(company), this.#steadyMs() - this.#options.maxLagMs);
    const count = this.#followed.length;
    for (let step = 0; step < count; step++) {
      const candidate = this.#followed[(this.#turn + step) % count];
      if (candidate !== undefined && candidate.freshness.asOfMs > sinceMs) {
        this.#turn = (this.#turn + step + 1) % count;
        return candidate;
      }
    }
    return undefined;
  }

  #want(): void {
    this.#roundsLeft = idleRounds;
    if (this.#isFollowing || this.#isClosed) return;
    this.#isFollowing = true;
    void this.#round();
  }

  /** Asks everybody once how far he is. */
  async #round(): Promise<void> {
    const atMs = this.#steadyMs();
    try {
      const position = await this.#options.primaryPosition();
      for (const each of this.#followed) {
        each.freshness.expect(atMs, position);
        if (!each.isAsked) void this.#ask(each);
      }
    } catch {
      // A primary that cannot be asked is told of by whoever reads or writes.
    }
    if (this.#isClosed || --this.#roundsLeft <= 0) this.#isFollowing = false;
    else this.#timer = setTimeout(() => void this.#round(), this.#roundMs).unref();
  }

  async #ask(followed: Followed<C>): Promise<void> {
    followed.isAsked = true;
    try {
      followed.freshness.reached(await followed.copy.position());
      if (followed.isLost) this.#options.warn(`${followed.copy.name} can be read again.`);
      followed.isLost = false;
    } catch (error) {
      this.#lost(followed, error);
    } finally {
      followed.isAsked = false;
    }
  }

  #lost(followed: Followed<C>, error: unknown): void {
    followed.freshness.lost();
    if (followed.isLost || this.#isClosed) return;
    followed.isLost = true;
    const why = error instanceof Error ? error.message : String(error);
    this.#options.warn(`${followed.copy.name} cannot be read, so the primary is: ${why}`);
  }
}
