import { EngineError } from '../../adapter.ts';

/** What was found at a path. */
export interface Match<T> {
  /** Methods that the path knows, as the `Allow` header spells them. */
  readonly allow: string;
  /** What answers; undefined when the path does not know the method. */
  readonly value: T | undefined;
  /** Decoded values by the names in the route's path. */
  readonly params: Readonly<Record<string, string>>;
}

interface Entry<T> {
  readonly value: T;
  readonly names: readonly string[];
}

interface Place<T> {
  readonly methods: Map<string, Entry<T>>;
  allow: string;
}

interface Segment<T> {
  readonly named: Map<string, Segment<T>>;
  any: Segment<T> | undefined;
  place: Place<T> | undefined;
}

const noParams: Readonly<Record<string, string>> = Object.freeze({});
const newSegment = <T>(): Segment<T> => ({ named: new Map(), any: undefined, place: undefined });
const newPlace = <T>(): Place<T> => ({ methods: new Map(), allow: '' });

/**
 * From a method and a path to what answers it: paths without parameters by one look into a map, others along a tree of
 * segments in which a name goes before a `:parameter`.
 */
export class Router<T> {
  readonly #fixed = new Map<string, Place<T>>();
  readonly #root: Segment<T> = newSegment();
  readonly #routes: { readonly method: string; readonly path: string }[] = [];

  /** Adds a route; throws OPTION_INVALID for a path that is not understood or that another route has already. */
  add(method: string, path: string, value: T): void {
    if (!/^(?:\/(?::[A-Za-z]\w*|[A-Za-z0-9._~-]+))+$|^\/$/.test(path))
      throw new EngineError('OPTION_INVALID', `The route ${method} ${path} has no path like /things/:id.`);
    const names: string[] = [];
    const place = path.includes('/:') ? this.#placeOf(path, names) : placeIn(this.#fixed, path);
    if (place.methods.has(method) || new Set(names).size !== names.length)
      throw new EngineError(
        'OPTION_INVALID',
        `The route ${method} ${path} is there twice, or names a parameter twice.`,
      );
    place.methods.set(method, { value, names });
    const methods = [...place.methods.keys()];
    place.allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
    this.#routes.push({ method, path });
  }

  /** What lies at a path; undefined when nothing does. HEAD is answered by what answers GET. */
  find(method: string, path: string): Match<T> | undefined {
    const fixed = this.#fixed.get(path);
    const values: string[] = [];
    const place = fixed ?? walk(this.#root, path, 1, values);
    if (place === undefined) return undefined;
    const entry = place.methods.get(method === 'HEAD' ? 'GET' : method);
    if (entry === undefined) return { allow: place.allow, value: undefined, params: noParams };
    if (entry.names.length === 0) return { allow: place.allow, value: entry.value, params: noParams };
    const params: Record<string, string> = {};
    for (let i = 0; i < entry.names.length; i++) {
      const value = decoded(values[i] ?? '');
      if (value === undefined) return undefined;
      params[entry.names[i] ?? ''] = value;
    }
    return { allow: place.allow, value: entry.value, params };
  }

  /** All routes in the order in which they were added. */
  list(): readonly { readonly method: string; readonly path: string }[] {
    return this.#routes;
  }

  #placeOf(path: string, names: string[]): Place<T> {
    let at = this.#root;
    for (const part of path.slice(1).split('/')) {
      if (part.startsWith(':')) {
        names.push(part.slice(1));
        at = at.any ??= newSegment();
      } else {
        let next = at.named.get(part);
        if (next === undefined) at.named.set(part, (next = newSegment()));
        at = next;
      }
    }
    return (at.place ??= newPlace());
  }
}

function placeIn<T>(places: Map<string, Place<T>>, path: string): Place<T> {
  let place = places.get(path);
  if (place === undefined) places.set(path, (place = newPlace()));
  return place;
}

/** Goes down as far as the tree is deep, whatever the path's length; a dead end is left by the way of the parameter. */
function walk<T>(at: Segment<T>, path: string, from: number, values: string[]): Place<T> | undefined {
  const slash = path.indexOf('/', from);
  const part = slash < 0 ? path.slice(from) : path.slice(from, slash);
  const named = at.named.get(part);
  if (named !== undefined) {
    const place = slash < 0 ? named.place : walk(named, path, slash + 1, values);
    if (place !== undefined) return place;
  }
  if (at.any === undefined || part === '') return undefined;
  values.push(part);
  const place = slash < 0 ? at.any.place : walk(at.any, path, slash + 1, values);
  if (place === undefined) values.pop();
  return place;
}

function decoded(text: string): string | undefined {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
