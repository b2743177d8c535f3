import { epochDayAt } from '../time/localDate.ts';
import { localMsAt } from '../time/zone.ts';
import { freeMsOn } from './freeTime.ts';
import type { SlotQuestion, SlotResource } from './question.ts';
import type { AssignBy } from './service.ts';

/** The indices of all resources, the first to serve first. */
export type Order = readonly number[];

type Compare = (left: SlotResource, right: SlotResource) => number;

const priority: Compare = (left, right) => (right.priority ?? 0) - (left.priority ?? 0);
// Never is longer ago than any instant; two that never served are equal, which a difference of infinities is not.
const leastRecent: Compare = (
  { lastServedMs: left = -Number.MAX_VALUE },
  { lastServedMs: right = -Number.MAX_VALUE },
) => left - right;
const share = ({ served = 0, weight = 1 }: SlotResource): number => served / weight;
const leastServed: Compare = (left, right) => share(left) - share(right);

/** What each strategy compares, the most important first; equals stay in the order of the list. */
const compared: Readonly<Record<AssignBy, readonly Compare[]>> = {
  order: [],
  priority: [priority],
  roundRobin: [leastServed, priority, leastRecent],
  leastRecent: [leastRecent, priority],
  // These two depend on the start; until it is known the list decides.
  mostFree: [],
  fewestChanges: [],
};

/** The order in which resources serve, whoever is preferred first; what depends on the start is left out. */
export function orderOf({ service, resources, prefer }: SlotQuestion): Order {
  const order = [...resources.keys()];
  const compare = compared[service.assignBy];
  return compare.length === 0 && prefer === undefined ? order : sorted(order, resources, prefer, compare);
}

function sorted(
  order: number[],
  resources: readonly SlotResource[],
  prefer: readonly string[] = [],
  compare: readonly Compare[],
): Order {
  const place = ({ id }: SlotResource): number => (prefer.includes(id) ? prefer.indexOf(id) : prefer.length);
  const all: readonly Compare[] = [(left, right) => place(left) - place(right), ...compare];
  return order.sort((left, right) => {
    const [one, other] = [resources[left], resources[right]];
    if (one === undefined || other === undefined) return 0;
    // Sorting keeps equals in order.
    return all.reduce((difference, by) => difference || by(one, other), 0);
  });
}

/** For a strategy that goes by free time: the order at a start, the same all day in the zone of the first resource. */
export function orderByFreeTime({ resources, prefer }: SlotQuestion): (startMs: number) => Order {
  const zone = resources[0]?.schedule.zone;
  const known = new Map<number, Order>();
  return (startMs) => {
    if (zone === undefined) return [];
    const day = epochDayAt(localMsAt(zone, startMs));
    let order = known.get(day);
    if (order === undefined) {
      const free = new Map(resources.map((resource) => [resource, freeMsOn(resource, zone, day)]));
      order = sorted([...resources.keys()], resources, prefer, [
        (left, right) => (free.get(right) ?? 0) - (free.get(left) ?? 0),
      ]);
      known.set(day, order);
    }
    return order;
  };
}
