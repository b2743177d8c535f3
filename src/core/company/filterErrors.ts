import { callStatuses } from '../model/call.ts';
import { isId, NO_ID } from '../model/ids.ts';
import { statuses } from '../model/status.ts';
import type { FieldError, Refused } from '../refusals.ts';
import { wrongCursor, wrongField, wrongLimit } from './paging.ts';

/** Judges one field that is there: what is wrong with it, or undefined. */
type Judge = (value: unknown) => string | undefined;

const id: Judge = (value) => (isId(value) ? undefined : NO_ID);
const text: Judge = (value) => (typeof value === 'string' ? undefined : 'must be a text');
const moment: Judge = (value) =>
  Number.isSafeInteger(value) ? undefined : 'must be a whole number of epoch milliseconds';
const among =
  (known: readonly string[]): Judge =>
  (value) =>
    Array.isArray(value) && value.length <= known.length && value.every((each) => known.includes(each as string))
      ? undefined
      : `must be a list of ${known.join(', ')}`;
const oneOf =
  (known: readonly string[]): Judge =>
  (value) =>
    known.includes(value as string) ? undefined : `must be one of ${known.join(', ')}`;

const sorts = ['start', '-start', 'created', '-created', 'updated', '-updated'];

/** The fields of each list but for cursor and limit, which all of them have. */
const lists = {
  appointments: {
    branchId: id,
    resourceId: id,
    serviceId: id,
    customerId: id,
    groupId: id,
    statuses: among(Object.keys(statuses)),
    fromMs: moment,
    toMs: moment,
    updatedFromMs: moment,
    updatedToMs: moment,
    sort: oneOf(sorts),
  },
  agenda: { branch: text, date: text, fromMs: moment, toMs: moment, statuses: among(Object.keys(statuses)) },
  calls: { caller: text, fromMs: moment, toMs: moment, statuses: among(callStatuses), sort: oneOf(['time', '-time']) },
  customers: { name: text, phone: text },
  holds: {},
  conflicts: {},
} as const satisfies Readonly<Record<string, Readonly<Record<string, Judge>>>>;

/**
 * What is wrong with a filter by its first wrong field. A program without types may pass anything, and what is no field of
 * the list would be left out without a word.
 */
export function filterRefusal(
  list: keyof typeof lists,
  filter: unknown,
  mostOfPage?: number,
): Refused<'INPUT_INVALID'> | undefined {
  if (typeof filter !== 'object' || filter === null || Array.isArray(filter))
    return wrongField({ path: 'filter', message: 'must be an object' });
  const judges: Readonly<Record<string, Judge>> = lists[list];
  for (const [path, value] of Object.entries(filter as Readonly<Record<string, unknown>>)) {
    if (value === undefined) continue;
    if (path === 'cursor') {
      if (typeof value !== 'string') return wrongCursor();
    } else if (path === 'limit') {
      if (typeof value !== 'number') return wrongLimit(mostOfPage);
    } else {
      const message = Object.hasOwn(judges, path) ? judges[path]?.(value) : unknownField(judges);
      if (message !== undefined) return wrongField({ path, message } satisfies FieldError);
    }
  }
  return undefined;
}

const unknownField = (judges: Readonly<Record<string, Judge>>): string =>
  `is no filter of this list, which has ${[...Object.keys(judges), 'cursor', 'limit'].join(', ')}`;
