import type { SlotResource } from './question.ts';

/** How many resources of one kind an appointment needs, and which there are (indices in input order). */
export interface KindNeed {
  readonly kind: string;
  readonly needed: number;
  readonly members: readonly number[];
}

/** What `assign: { staff: 1, room: 1 }` asks of a list of resources. Kinds of which none is needed are left out. */
export function kindNeeds(assign: Readonly<Record<string, number>>, resources: readonly SlotResource[]): KindNeed[] {
  return Object.entries(assign)
    .filter(([, needed]) => needed > 0)
    .map(([kind, needed]) => ({
      kind,
      needed,
      members: resources.flatMap((resource, index) => (resource.kind === kind ? [index] : [])),
    }));
}
