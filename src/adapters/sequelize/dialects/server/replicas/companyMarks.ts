import type { CompanyId } from '../../../../../adapter.ts';

/**
 * When each company was last written by this process. Companies beyond the bound are forgotten in the order of their
 * writes, and from then on count as written when the last forgotten one was: too late rather than too early.
 */
export class CompanyMarks {
  readonly #most: number;
  readonly #writtenMs = new Map<CompanyId, number>();
  #othersMs = -Infinity;

  constructor(most: number) {
    this.#most = most;
  }

  /** Notes a write of a company, or one that may have touched any. */
  wrote(company: CompanyId | undefined, atMs: number): void {
    if (company === undefined) {
      this.#writtenMs.clear();
      this.#othersMs = atMs;
      return;
    }
    // Taken out first, so that the order is that of the last writes.
    this.#writtenMs.delete(company);
    this.#writtenMs.set(company, atMs);
    if (this.#writtenMs.size <= this.#most) return;
    for (const [oldest, writtenMs] of this.#writtenMs) {
      this.#writtenMs.delete(oldest);
      this.#othersMs = Math.max(this.#othersMs, writtenMs);
      return;
    }
  }

  /** A copy that has everything from before a later time shows the company all that this process has written. */
  lastWriteMs(company: CompanyId): number {
    return this.#writtenMs.get(company) ?? this.#othersMs;
  }
}
