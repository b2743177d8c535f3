import type { SlotResource } from './question.ts';

/** How many of some resources an appointment takes, and which there are (indices in input order). */
export interface Need {
  readonly needed: number;
  readonly members: readonly number[];
}

/** What `assign: { staff: 1, room: 1 }` asks of a list of resources. Kinds of which none is needed are left out. */
export function kindNeeds(
  assign: Readonly<Record<string, number>>,
  resources: readonly SlotResource[],
): (Need & { readonly kind: string })[] {
  return Object.entries(assign)
    .filter(([, needed]) => needed > 0)
    .map(([kind, needed]) => ({
      kind,
      needed,
      members: resources.flatMap((resource, index) => (resource.kind === kind ? [index] : [])),
    }));
}

/** What `assign: 'all'` asks of a list of resources. */
export function everyone(resources: readonly SlotResource[]): Need[] {
  return [{ needed: resources.length, members: [...resources.keys()] }];
}

/** Whether there is a need, and enough members for each, whatever their calendars say. */
export function meetable(needs: readonly Need[]): boolean {
  return needs.length > 0 && needs.every(({ needed, members }) => members.length >= needed);
}

/** Everyone whom some need could pick, in input order. */
export function membersOf(needs: readonly Need[]): number[] {
  return needs.flatMap(({ members }) => members).sort((left, right) => left - right);
}

/** Of the free resources as many as each need takes, in input order. */
export function pickFree(needs: readonly Need[], free: readonly number[]): number[] {
  return needs
    .flatMap(({ members, needed }) => free.filter((index) => members.includes(index)).slice(0, needed))
    .sort((left, right) => left - right);
}
