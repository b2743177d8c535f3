import type { Assign } from '../service.ts';
import { describe, readEntries, refuse, within, type Reading } from './fields.ts';
import { LISTS, NUMBERS } from './maxima.ts';
import { readWhole } from './values.ts';

/** The kinds of a case's resources by id; undefined where they are not known. */
export type KindsById = ReadonlyMap<string, string> | undefined;

/** Reads how long a segment lasts with certain resources; undefined when it is absent. */
export function readOwnLengths(
  reading: Reading,
  value: unknown,
  path: string,
  assign: Assign,
  kinds: KindsById,
): Readonly<Record<string, number>> | undefined {
  if (value === undefined) return undefined;
  const entries = readEntries(reading, value, path, { most: LISTS.ownLengths, names: 'resources' });
  let firstKind: string | undefined;
  const lengths = entries.flatMap(([id, content]) => {
    const here = within(path, id);
    const minutes = readWhole(reading, content, here, NUMBERS.duration);
    const kind = kinds?.get(id);
    if (kinds !== undefined && kind === undefined) refuse(reading, here, 'is the id of no resource of the case');
    if (kind !== undefined && typeof assign === 'object') {
      refuseKind(reading, here, assign, kind, (firstKind ??= kind));
    }
    return minutes === undefined ? [] : [[id, minutes] as const];
  });
  return Object.fromEntries(lengths);
}

function refuseKind(
  reading: Reading,
  path: string,
  assign: Readonly<Record<string, number>>,
  kind: string,
  firstKind: string,
): void {
  const needed = Object.hasOwn(assign, kind) ? assign[kind] : undefined;
  if (needed === undefined) refuse(reading, path, `is of the kind ${describe(kind)}, which is not needed here`);
  else if (needed > 1) {
    const reason = 'only a kind that is needed once may have lengths of its own';
    refuse(reading, path, `is of the kind ${describe(kind)}, of which ${needed} are needed; ${reason}`);
  } else if (kind !== firstKind) {
    const reason = 'only one kind may have lengths of its own';
    refuse(reading, path, `is of the kind ${describe(kind)}, but others are of ${describe(firstKind)}; ${reason}`);
  }
}
