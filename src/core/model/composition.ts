import type { ResourceId } from './ids.ts';
import type { ResourceKind } from './resource.ts';

/** So many of each kind; kinds that are not needed are left out. */
export type Kinds = Readonly<Partial<Record<ResourceKind, number>>>;

/** What each kind must be able to do, in words that resources have as skills. */
export type SkillsByKind = Readonly<Partial<Record<ResourceKind, readonly string[]>>>;

/** Whether whoever serves one segment serves the others that need his kind. */
export type Keep = 'required' | 'preferred' | 'free';

/** Who serves when several could. */
export type AssignBy = 'order' | 'priority' | 'mostFree' | 'fewestChanges';

/** A part of a composite service. During the gap after it whoever serves is free for others. */
export interface ServiceSegment {
  /** What the operator calls it: `colour`, `rinse`. */
  readonly key: string;
  readonly durationMinutes: number;
  /** Whole minutes until the next segment; both 0 on the last. Fixed where they are equal. */
  readonly minGapAfterMinutes: number;
  readonly maxGapAfterMinutes: number;
  /** Null: what the service needs. */
  readonly assign: Kinds | null;
  /** Null: what the service asks for. */
  readonly skills: SkillsByKind | null;
  /** The length with certain resources. */
  readonly minutesOf: Readonly<Record<ResourceId, number>>;
}

/** Who serves a service, and in which parts. */
export interface Composition {
  readonly assign: 'any' | 'all' | Kinds;
  readonly skills: SkillsByKind;
  readonly keep: Keep;
  readonly assignBy: AssignBy;
  /** Of a composite service, in order; none of a simple one. */
  readonly segments: readonly ServiceSegment[];
  /** Of a simple service: the length with certain resources. */
  readonly minutesOf: Readonly<Record<ResourceId, number>>;
}

/** One part, served by any one who can. */
export const simpleComposition: Composition = {
  assign: 'any',
  skills: {},
  keep: 'required',
  assignBy: 'order',
  segments: [],
  minutesOf: {},
};

/** Whether a composition is that of most services, for which nothing has to be stored. */
export const isSimple = ({ assign, skills, keep, assignBy, segments, minutesOf }: Composition): boolean =>
  assign === 'any' &&
  keep === 'required' &&
  assignBy === 'order' &&
  segments.length === 0 &&
  Object.keys(skills).length === 0 &&
  Object.keys(minutesOf).length === 0;
