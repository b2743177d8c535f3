import type { ResourceId } from '../model/ids.ts';
import type { Slot } from '../model/slot.ts';
import { findSlots } from '../slots/find.ts';
import type { FoundSlots } from '../slots/found.ts';
import { preferenceOf } from '../slots/preference.ts';
import type { FindQuestion } from '../slots/question.ts';
import { judge, namesOf, type Wish as Liking } from '../slots/wish.ts';
import type { Snapshot } from './catalogs.ts';
import { listed } from './listing.ts';
import type { Preference } from './query.ts';
import type { Range } from './stretches.ts';
import { question, type Candidates } from './wish.ts';

/** How many slots answer a wish unless told otherwise. */
export const LIKED_COUNT = 10;

/**
 * Every bookable start of a range, those that meet most of what is liked first, then those nearest to the time named. The
 * resources that are liked are the first of those preferred.
 */
export function likedSlots(
  asked: Candidates,
  snapshot: Snapshot,
  nowMs: number,
  range: Range,
  { resources = [], ...like }: Liking,
  preferences?: Preferences,
): readonly Slot[] {
  const ids = asked.prefer.slice(0, resources.length);
  const liking: Liking = ids.length === 0 ? like : { ...like, resources: ids };
  const all = asked.groups.flatMap((group) => {
    const full: FindQuestion = { ...question(asked, group, snapshot, nowMs), range };
    const found = findSlots(full);
    preferences?.add(full, found);
    const { unmet, awayMs } = judge(full, found, liking);
    const places = new Map(Array.from(found.startsMs, (startMs, index) => [startMs, index]));
    return listed({ ...asked, groups: [group] }, () => found).map((slot) => {
      const place = places.get(slot.startMs) ?? 0;
      return { slot: { ...slot, unmet: namesOf(unmet[place] ?? 0) }, awayMs: awayMs[place] ?? 0 };
    });
  });
  all.sort(
    (left, right) =>
      left.slot.unmet.length - right.slot.unmet.length ||
      left.awayMs - right.awayMs ||
      left.slot.startMs - right.slot.startMs,
  );
  // One start is listed once, by those who meet most.
  const seen = new Set<number>();
  return all.flatMap(({ slot }) => {
    if (seen.has(slot.startMs)) return [];
    seen.add(slot.startMs);
    return [slot];
  });
}

const RANKS = ['free', 'busy', 'notQualified'] as const;

/** What became of those preferred, over everything that was listed. */
export class Preferences {
  readonly #found = new Map<ResourceId, Preference['status']>();

  /** Adds what was found of one group. */
  add(asked: FindQuestion, found: FoundSlots): void {
    for (const { resource, status } of preferenceOf(asked, found)) {
      // Whom the company has, but not for this service.
      const own = status === 'unknown' ? 'notQualified' : status;
      const before = this.#found.get(resource as ResourceId) ?? own;
      this.#found.set(resource as ResourceId, RANKS[Math.min(RANKS.indexOf(before), RANKS.indexOf(own))] ?? own);
    }
  }

  /** Of each in turn; undefined where nobody is preferred. */
  get list(): readonly Preference[] | undefined {
    return this.#found.size === 0
      ? undefined
      : [...this.#found].map(([resourceId, status]) => ({ resourceId, status }));
  }
}
