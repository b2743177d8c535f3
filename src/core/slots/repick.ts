import type { Order } from './order.ts';
import type { Picked } from './picked.ts';
import type { Variant } from './variant.ts';

/** Who shall serve a start: of those who are free for each need, in order, as many as it takes. */
export type Choice = (free: readonly (readonly number[])[], index: number) => readonly (readonly number[])[];

/** The same starts with picks that depend on the start. `choice` is asked about each. */
export function repicked(found: Picked, variant: Variant, choice: Choice): Picked {
  const picks = new Int32Array(found.count * variant.picksPerSlot);
  const free: (readonly (readonly number[])[])[] = [];
  let at = 0;
  for (let index = 0; index < found.count; index++) {
    const chosen = choice(found.freeAt(index), index);
    free.push(chosen);
    variant.needs.forEach(({ needed }, need) => {
      for (let place = 0; place < needed; place++) picks[at++] = chosen[need]?.[place] ?? -1;
    });
  }
  return { ...found, picks, freeAt: (index) => free[index] ?? [] };
}

/** Puts those who are free into the order of their start. */
export function byOrderAt(startsMs: Float64Array, orderAt: (startMs: number) => Order): Choice {
  return (free, index) => {
    const order = orderAt(startsMs[index] ?? NaN);
    return free.map((members) => {
      const able = new Set(members);
      return order.filter((member) => able.has(member));
    });
  };
}
