import { LONGEST_TEXT } from './maxima.ts';
import { meant } from './meant.ts';
import type { PackedBusy } from './packBusy.ts';

/** A field of the input that is not as it must be: where (`resources[0].busy[2].end`; empty for the whole) and why. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** Collects what is wrong with an input while it is read; knows the busy lists that were read ahead. */
export interface Reading {
  readonly errors: FieldError[];
  readonly packed?: ReadonlyMap<string, PackedBusy>;
}

// Whoever sends a million faults needs the first few.
const MOST_ERRORS = 20;

/** Notes what is wrong with a field; a message that takes time to find is given as a function, for nobody reads the thousandth. */
export function refuse(reading: Reading, path: string, message: string | (() => string)): undefined {
  if (reading.errors.length >= MOST_ERRORS) return undefined;
  reading.errors.push({ path, message: typeof message === 'string' ? message : message() });
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
      fields.delete(name);
      refuse(reading, within(path, name), () => {
        const other = meant(name, known);
        return `is not a known field; ${other === undefined ? `known are ${known.join(', ')}` : `did you mean ${other}?`}`;
      });
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
  return refuseLength(reading, path, list.length, limits.most) ? [] : list;
}

/** Notes that a list has more elements than it may; whether it has. */
export function refuseLength(reading: Reading, path: string, length: number, most: number): boolean {
  if (length <= most) return false;
  refuse(reading, path, `has ${length} elements; at most ${most} are allowed`);
  return true;
}

/** The entries of an object whose names the input chooses; `names` says what they are, such as `kinds`. */
export function readEntries(
  reading: Reading,
  value: unknown,
  path: string,
  limits: { readonly least?: number; readonly most: number; readonly names: string },
): readonly (readonly [name: string, content: unknown])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    refuse(reading, path, `must be an object, not ${describe(value)}`);
    return [];
  }
  const entries: [string, unknown][] = Object.entries(value);
  const { least = 0, most, names } = limits;
  if (entries.length < least || entries.length > most) {
    refuse(
      reading,
      path,
      least === 0 ? `must name at most ${most} ${names}` : `must name ${least} to ${most} ${names}`,
    );
    return [];
  }
  return entries.filter(([name]) => {
    if (name.length > 0 && name.length <= LONGEST_TEXT) return true;
    refuse(reading, within(path, name), `must have a name of 1 to ${LONGEST_TEXT} characters`);
    return false;
  });
}

/** What was read of some fields, without those that were absent or refused. */
export function present<T extends object>(fields: T): { readonly [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, content]) => content !== undefined)) as {
    readonly [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** How a refused value is shown: short, and never the inside of a large one. */
export function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
