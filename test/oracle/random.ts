/** A small seeded source of choices: the same seed makes the same choices on every machine. */
export interface Random {
  /** A whole number from `min` to `max`, both included. */
  readonly int: (min: number, max: number) => number;
  /** True in about `share` of all calls, `share` from 0 to 1. */
  readonly chance: (share: number) => boolean;
  /** One of the items, each as likely as it is often in the list. */
  readonly pick: <Item>(items: readonly Item[]) => Item;
  /** The items in a random order. */
  readonly shuffled: <Item>(items: readonly Item[]) => Item[];
}

/** Makes the source of choices for a seed: xorshift over 32 bits, its output scrambled by two multiplications. */
export function randomFrom(seed: number): Random {
  let state = (Math.imul(seed + 1, 0x9e37_79b1) ^ 0x5bd1_e995) >>> 0 || 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    let mixed = Math.imul(state ^ (state >>> 15), 0x85eb_ca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 4_294_967_296;
  };
  for (let warmUp = 0; warmUp < 4; warmUp++) next();
  const int = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  return {
    int,
    chance: (share) => next() < share,
    pick: (items) => {
      const index = int(0, items.length - 1);
      if (!(index in items)) throw new RangeError('There is nothing to pick from');
      return items[index] as (typeof items)[number];
    },
    shuffled: (items) => {
      const result = [...items];
      for (let index = result.length - 1; index > 0; index--) {
        const other = int(0, index);
        const [a, b] = [result[index], result[other]];
        if (a === undefined || b === undefined) continue;
        result[index] = b;
        result[other] = a;
      }
      return result;
    },
  };
}
