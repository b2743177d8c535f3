import type { ResourceId } from '../model/ids.ts';
import type { Wish as Liking } from '../slots/wish.ts';
import type { Snapshot } from './catalogs.ts';
import type { Candidates, Wish } from './wish.ts';

/** What `find` looks through. */
export interface Search {
  readonly wish: Wish;
  readonly fromMs: number;
  /** Undefined: as far as needed for `count`. */
  readonly toMs: number | undefined;
  readonly count: number | undefined;
  /** What is liked: then the best come first. */
  readonly like?: Liking | undefined;
}

/** One start, and who shall serve it if that is settled. */
export interface StartToJudge {
  readonly wish: Wish;
  readonly startMs: number;
  /** Pinned by an offer. */
  readonly resourceIds?: readonly ResourceId[] | undefined;
  readonly endMs?: number | undefined;
  /** A refusal is not the answer, so it needs no other starts. */
  readonly isTentative?: boolean;
}

/** What is occupied of those by whom a wish may be served. */
export interface ReadForWish {
  readonly ok: true;
  readonly snapshot: Snapshot;
  readonly candidates: Candidates;
}
