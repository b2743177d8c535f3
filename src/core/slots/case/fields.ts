/** A field of the input that is not as it must be: where (`resources[0].busy[2].end`; empty for the whole) and why. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** Collects what is wrong with an input while it is read; knows the busy lists that were read ahead. */
export interface Reading {
  readonly errors: FieldError[];
  readonly packed?: ReadonlyMap<string, Float64Array>;
}

// Whoever sends a million faults needs the first few.
const MOST_ERRORS = 20;

/** Notes what is wrong with a field. */
export function refuse(reading: Reading, path: string, message: string): undefined {
  if (reading.errors.length < MOST_ERRORS) reading.errors.push({ path, message });
  return undefined;
}

/** The own fields of an object; those it may not have are refused with the one that was probably meant. */
export function readFields(
  reading: Reading,
  value: unknown,
  path: string,
  known: readonly string[],
): ReadonlyMap<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refuse(reading, path, `must be an object, not ${describe(value)}`);
  }
  const fields = new Map<string, unknown>(Object.entries(value));
  for (const [name, content] of fields) {
    if (content === undefined) fields.delete(name);
    else if (!known.includes(name)) {
      const meant = nearest(name, known);
      const hint = meant === undefined ? `known are ${known.join(', ')}` : `did you mean ${meant}?`;
      refuse(reading, within(path, name), `is not a known field; ${hint}`);
      fields.delete(name);
    }
  }
  return fields;
}

/** The path of a field within an object. */
export function within(path: string, name: string): string {
  const shown = /^[\w-]{1,60}$/.test(name) ? name : JSON.stringify(name.slice(0, 60));
  return path === '' ? shown : `${path}.${shown}`;
}

/** The elements of an array; an absent one is empty, or with a least number refused. */
export function readList(
  reading: Reading,
  value: unknown,
  path: string,
  limits: { readonly least?: number; readonly most: number },
): readonly unknown[] {
  if (value === undefined && limits.least === undefined) return [];
  if (!Array.isArray(value)) {
    refuse(reading, path, value === undefined ? 'is required' : `must be an array, not ${describe(value)}`);
    return [];
  }
  const list: readonly unknown[] = value;
  if (list.length < (limits.least ?? 0)) refuse(reading, path, 'must not be empty');
  if (list.length > limits.most) {
    refuse(reading, path, `has ${list.length} elements; at most ${limits.most} are allowed`);
    return [];
  }
  return list;
}

/** A whole number within limits; `fallback` when it is absent, which without one is refused. */
export function readWhole(
  reading: Reading,
  value: unknown,
  path: string,
  limits: { readonly least: number; readonly most: number; readonly fallback?: number },
): number | undefined {
  if (value === undefined) return limits.fallback ?? refuse(reading, path, 'is required');
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    return refuse(reading, path, `must be a whole number, not ${describe(value)}`);
  }
  if (value < limits.least) return refuse(reading, path, `must be at least ${limits.least}, not ${value}`);
  if (value > limits.most) return refuse(reading, path, `must be at most ${limits.most}, not ${value}`);
  return value;
}

/** A text of 1 to 200 characters. */
export function readText(reading: Reading, value: unknown, path: string): string | undefined {
  if (value === undefined) return refuse(reading, path, 'is required');
  if (typeof value !== 'string') return refuse(reading, path, `must be a string, not ${describe(value)}`);
  if (value.length === 0 || value.length > 200) return refuse(reading, path, 'must have 1 to 200 characters');
  return value;
}

/** Reads a text with a parser that answers undefined for what it does not accept; `form` says what it accepts. */
export function readParsed<T>(
  reading: Reading,
  value: unknown,
  path: string,
  parse: (text: string) => T | undefined,
  form: string,
): T | undefined {
  if (value === undefined) return refuse(reading, path, 'is required');
  const parsed = typeof value === 'string' ? parse(value) : undefined;
  return parsed ?? refuse(reading, path, `must be ${form}, not ${describe(value)}`);
}

/** How a refused value is shown: short, and never the inside of a large one. */
export function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** The known name a misspelt one probably stands for. */
function nearest(name: string, known: readonly string[]): string | undefined {
  if (name.length > 40) return undefined;
  const wanted = name.toLowerCase().replaceAll(/[_-]/g, '');
  let best: string | undefined;
  let bestDistance = 3;
  for (const candidate of known) {
    const lower = candidate.toLowerCase();
    const short = wanted.length >= 3 && (lower.startsWith(wanted) || wanted.startsWith(lower));
    const distance = short ? 1.5 : editDistance(wanted, lower);
    if (distance < bestDistance && distance < candidate.length) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let l = 1; l <= left.length; l++) {
    const next = [l];
    for (let r = 1; r <= right.length; r++) {
      const replaced = (row[r - 1] ?? 0) + (left[l - 1] === right[r - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[r] ?? 0) + 1, (next[r - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
