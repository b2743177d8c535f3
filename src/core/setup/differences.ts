import type { Change } from './setup.ts';

interface Entity {
  readonly active: boolean;
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
    const fields = (Object.keys(wanted) as (keyof T & string)[]).filter((field) => !same(wanted[field], stored[field]));
    if (fields.length === 0) return stored;
    const action = wanted.active === stored.active ? 'update' : wanted.active ? 'reactivate' : 'deactivate';
    this.changes.push({ action, path, fields });
    return wanted;
  }

  /** The wanted entities, then the stored ones that are no longer wanted: switched off if `managed` says they may be. */
  many<T extends Entity>(
    list: string,
    wanted: readonly T[],
    stored: readonly T[] | undefined,
    nameOf: (entity: T) => string,
    managed: (entity: T) => boolean = () => true,
  ): readonly T[] {
    const before = new Map(stored?.map((entity) => [nameOf(entity), entity]));
    const kept = wanted.map((entity) => {
      const name = nameOf(entity);
      const known = before.get(name);
      before.delete(name);
      return this.one(entity, known, `${this.#root}.${list}.${name}`);
    });
    for (const [name, entity] of before) {
      const gone = entity.active && managed(entity);
      if (gone) this.changes.push({ action: 'deactivate', path: `${this.#root}.${list}.${name}`, fields: [] });
      kept.push(gone ? { ...entity, active: false } : entity);
    }
    return kept;
  }
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
