import type { Effort } from './race.ts';
import type { Row } from './row.ts';

/** What measures one row, or a few that belong together. */
export interface Benchmark {
  readonly name: string;
  /** Further words by which it can be asked for: the name of its rows where that is another, and their dialect. */
  readonly tags?: readonly string[];
  measure(effort: Effort): Promise<readonly Row[]>;
}

/** Benchmarks that share what they run on. */
export interface Suite {
  readonly benchmarks: readonly Benchmark[];
  close(): Promise<void>;
}
