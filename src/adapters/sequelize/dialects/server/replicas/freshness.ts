/** Where the primary stood at some time of this process's steady clock. */
interface Sample {
  atMs: number;
  readonly position: string;
}

/** Whether a copy that has applied one position has all that another one stands for. */
export type Covers = (applied: string, wanted: string) => boolean;

/**
 * Up to which time a copy is known to have everything. The primary's position is asked now and then; as soon as the copy
 * has applied it, it has all that was committed before it was asked for. So nothing rests on two clocks being equal.
 */
export class Freshness {
  readonly #covers: Covers;
  readonly #maxLagMs: number;
  #samples: Sample[] = [];
  #asOfMs = -Infinity;

  constructor(covers: Covers, maxLagMs: number) {
    this.#covers = covers;
    this.#maxLagMs = maxLagMs;
  }

  /** Everything that was committed before this time can be read from the copy. */
  get asOfMs(): number {
    return this.#asOfMs;
  }

  /** Notes the primary's position. @param atMs - before it was asked for */
  expect(atMs: number, position: string): void {
    const last = this.#samples.at(-1);
    // Where nothing was written the copy needs nothing more, however late it is.
    if (last?.position === position) last.atMs = atMs;
    else this.#samples.push({ atMs, position });
    // To have reached one that is older would be too late anyway.
    this.#samples = this.#samples.filter((sample) => atMs - sample.atMs <= this.#maxLagMs);
  }

  /** Notes what the copy has applied. */
  reached(applied: string): void {
    let [next] = this.#samples;
    while (next !== undefined && this.#covers(applied, next.position)) {
      this.#asOfMs = Math.max(this.#asOfMs, next.atMs);
      this.#samples.shift();
      [next] = this.#samples;
    }
  }

  /** The copy cannot be read: nothing is known of it any more. */
  lost(): void {
    this.#asOfMs = -Infinity;
  }
}
