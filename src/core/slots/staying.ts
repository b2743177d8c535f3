import type { Need } from './need.ts';

/**
 * For needs of one segment each, whose members may change: in each segment, those who served the kind before and can
 * serve it stay; other places go to those who can go on serving the kind's following segments for the most of them in a
 * row, the first in order among equals.
 */
export function staying(needs: readonly Need[], free: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const chosen: (readonly number[])[] = [...free];
  for (const kind of new Set(needs.map((need) => need.kind))) {
    const own = [...needs.keys()].filter((index) => needs[index]?.kind === kind);
    // Per segment, for how many of these in a row each of them can serve.
    const runs: ReadonlyMap<number, number>[] = [];
    for (let at = own.length - 1; at >= 0; at--) {
      const later = runs[at + 1];
      runs[at] = new Map(free[own[at] ?? -1]?.map((member) => [member, 1 + (later?.get(member) ?? 0)]));
    }
    let before: readonly number[] = [];
    own.forEach((index, at) => {
      const able = free[index] ?? [];
      const run = (member: number): number => runs[at]?.get(member) ?? 0;
      const stayed = able.filter((member) => before.includes(member));
      // Sorting keeps equals in order.
      const others = able.filter((member) => !before.includes(member)).sort((left, right) => run(right) - run(left));
      const ordered = [...stayed, ...others];
      chosen[index] = ordered;
      before = ordered.slice(0, needs[index]?.needed);
    });
  }
  return chosen;
}
