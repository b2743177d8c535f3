import { contributionPoint } from '../kernel/contribution.ts';
import type { BranchId, CompanyId, ResourceId } from '../model/ids.ts';

/** A resource as sources of outside time know it. */
export interface OutsideResource {
  readonly id: ResourceId;
  readonly key: string;
  readonly branchId: BranchId;
  readonly branchKey: string;
  /** IANA zone of its schedule: the one in which its dates begin. */
  readonly timeZone: string;
}

/** Whose outside time to read, and in which half-open range. */
export interface OutsideQuery {
  /** In the order in which the answer will be. */
  readonly resources: readonly OutsideResource[];
  readonly fromMs: number;
  readonly toMs: number;
  /** For how long the company believes what could not be asked again; left out: for as long as the source is told. */
  readonly staleLimitMs?: number;
}

/**
 * How far an answer may be relied on. `fresh`: as the outside says it. `stale`: the outside could not be reached, this is
 * what it last said. `unknown`: it never said anything, or that was too long ago; nothing may be booked on it.
 */
export type OutsideState = 'fresh' | 'stale' | 'unknown';

/** What a source says about one resource. */
export interface OutsideBusy {
  /**
   * What occupies the time, in one word that anyone may hear: `calendar`, `holiday`. Never a title, a name or anything
   * else of other people.
   */
  readonly kind: string;
  /**
   * Start, end, start, end … in epoch milliseconds, ascending and without overlaps, all that overlaps the range and none
   * other. Need not keep to the company's grain: the engine rounds it outward. Time that the source has not looked at
   * counts as occupied.
   */
  readonly intervals: Float64Array;
  readonly state: OutsideState;
  /** When this was last known to be right; null: never. */
  readonly asOfMs: number | null;
}

/**
 * Time that is occupied outside of the engine, as a plugin knows it. Finding, checking, holding and booking read it alike,
 * beside what is stored. It is advice before the write, not a guard against races, and read while a caller waits: sources
 * answer from what they keep, and go out in the background.
 */
export interface BusySource {
  /** Names it in refusals and faults: `ical`. */
  readonly name: string;
  /**
   * One answer for each resource, in order; undefined where the source has nothing to say about it. What it rejects with
   * is taken for `unknown`, never for free.
   */
  read(
    company: CompanyId,
    query: OutsideQuery,
  ): readonly (OutsideBusy | undefined)[] | Promise<readonly (OutsideBusy | undefined)[]>;
}

/** Sources of outside time that plugins contribute. */
export const BusySource = contributionPoint<BusySource>()('askpro/busy-source');
