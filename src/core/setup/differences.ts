import type { Change } from './change.ts';

interface Entity {
  readonly active: boolean;
}

interface EntityRules<T> {
  /** By what a wanted entity finds the stored one. */
  readonly identity: (entity: T) => string;
  /** How a change names it; left out: its identity. */
  readonly name?: (entity: T) => string;
  /** Whether it may be switched off because nobody wants it any more; left out: always. */
  readonly managed?: (entity: T) => boolean;
}

/** Compares what is wanted with what is stored and remembers each difference. */
export class Differences {
  readonly changes: Change[] = [];
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  /** The wanted entity. */
  one<T extends Entity>(wanted: T, stored: T | undefined, path = this.#root): T {
    if (stored === undefined) {
      this.changes.push({ action: 'create', path, fields: [] });
      return wanted;
    }
    const both = new Set(Object.keys({ ...wanted, ...stored }) as (keyof T & string)[]);
    const fields = [...both].filter((field) => !same(wanted[field], stored[field]));
    if (fields.length === 0) return stored;
    const action = wanted.active === stored.active ? 'update' : wanted.active ? 'reactivate' : 'deactivate';
    this.changes.push({ action, path, fields });
    return wanted;
  }

  /** The wanted entities in their order, then the stored ones that are no longer wanted, switched off where they may be. */
  many<T extends Entity>(
    list: string,
    wanted: readonly T[],
    stored: readonly T[] = [],
    { identity, name = identity, managed = () => true }: EntityRules<T>,
  ): readonly T[] {
    const before = new Map(stored.map((entity) => [identity(entity), entity]));
    const kept = wanted.map((entity) => {
      const known = before.get(identity(entity));
      before.delete(identity(entity));
      return this.one(entity, known, `${this.#root}.${list}.${name(entity)}`);
    });
    if (!sameOrder(wanted.map(identity), stored.map(identity)))
      this.changes.push({ action: 'update', path: `${this.#root}.${list}`, fields: ['order'] });
    for (const entity of before.values()) {
      const gone = entity.active && managed(entity);
      if (gone) this.changes.push({ action: 'deactivate', path: `${this.#root}.${list}.${name(entity)}`, fields: [] });
      kept.push(gone ? { ...entity, active: false } : entity);
    }
    return kept;
  }
}

/** Whether what is in both lists comes in the same order in both. */
function sameOrder(wanted: readonly string[], stored: readonly string[]): boolean {
  const [inWanted, inStored] = [new Set(wanted), new Set(stored)];
  const before = stored.filter((key) => inWanted.has(key));
  return wanted.filter((key) => inStored.has(key)).every((key, i) => key === before[i]);
}

/** Equal as data: the order of an object's fields does not matter, and an absent field equals an undefined one. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  for (const key of keys)
    if (!same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key])) return false;
  return true;
}
