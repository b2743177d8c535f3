import type { Assign, Kinds, Skills } from '../service.ts';
import { describe, readEntries, refuse, within, type Reading } from './fields.ts';
import { LISTS, NUMBERS } from './maxima.ts';
import { readTexts, readWhole } from './values.ts';

/** Reads who serves; undefined when it is absent. */
export function readAssign(reading: Reading, value: unknown, path: string): Assign | undefined {
  if (value === undefined || value === 'any' || value === 'all') return value;
  if (isMap(value)) return readKinds(reading, value, path);
  return refuse(reading, path, `must be any, all, or a number for each kind, not ${describe(value)}`);
}

/** Reads how many of each kind serve; undefined when it is absent. */
export function readKinds(reading: Reading, value: unknown, path: string): Kinds | undefined {
  if (value === undefined) return undefined;
  if (!isMap(value)) return refuse(reading, path, `must be a number for each kind, not ${describe(value)}`);
  const entries = readEntries(reading, value, path, { least: 1, most: LISTS.kinds, names: 'kinds' });
  // fromEntries defines own properties, so that a kind named __proto__ stays a kind.
  return Object.fromEntries(
    entries.flatMap(([kind, count]) => {
      const needed = readWhole(reading, count, within(path, kind), NUMBERS.needed);
      return needed === undefined ? [] : [[kind, needed]];
    }),
  );
}

/** Reads what whoever serves must be able to do; undefined when it is absent. */
export function readSkills(reading: Reading, value: unknown, path: string): Skills | undefined {
  if (value === undefined) return undefined;
  if (Array.isArray(value)) return readTexts(reading, value, path, { most: LISTS.skills });
  if (!isMap(value)) return refuse(reading, path, `must be a list, or a list for each kind, not ${describe(value)}`);
  const entries = readEntries(reading, value, path, { most: LISTS.kinds, names: 'kinds' });
  return Object.fromEntries(
    entries.map(([kind, list]) => [
      kind,
      readTexts(reading, list, within(path, kind), { least: 0, most: LISTS.skills }) ?? [],
    ]),
  );
}

/** Reads the ids of those who may serve; undefined when it is absent. */
export function readEligible(reading: Reading, value: unknown, path: string): readonly string[] | undefined {
  return readTexts(reading, value, path, { most: LISTS.eligible });
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
