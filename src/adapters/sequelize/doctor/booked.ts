import { idOf, int, text } from '../cell.ts';
import type { Row, SqlValue } from '../program.ts';
import type { OwnedSpan } from './owner.ts';

/** What a hold or an appointment says of itself. */
export interface ToldBooking {
  readonly branchId: string;
  readonly serviceId: string;
  readonly resourceIds: readonly string[];
  readonly startMs: number;
  readonly endMs: number;
  readonly spans: readonly Omit<OwnedSpan, 'expiresMs'>[];
  readonly sessionId: string | null;
  readonly partySize: number;
  readonly parts: readonly { readonly serviceId: string; readonly resourceIds: readonly string[] }[];
}

/** A column whose text cannot be read. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  readonly column: string;

  constructor(column: string) {
    super(`${column} cannot be read`);
    this.column = column;
  }
}

/** Reads JSON that was written by this adapter, and whose shape was tested. */
export function parsed<T>(column: string, cell: SqlValue | undefined, isRight: (value: unknown) => boolean): T {
  try {
    const value: unknown = JSON.parse(String(cell));
    if (isRight(value)) return value as T;
  } catch {
    // Told below.
  }
  throw new Unreadable(column);
}

/** Whether a value is an object with names. */
export const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const areIds = (value: unknown): boolean => Array.isArray(value) && value.every((each) => typeof each === 'string');
const areSpans = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.every(
    (each: unknown) =>
      Array.isArray(each) &&
      typeof each[0] === 'string' &&
      Number.isSafeInteger(each[1]) &&
      Number.isSafeInteger(each[2]),
  );

/** @throws Unreadable */
export function readBooking(row: Row): ToldBooking {
  const details: Partial<Pick<ToldBooking, 'sessionId' | 'partySize' | 'parts'>> =
    row[7] === null || row[7] === undefined ? {} : parsed('details', row[7], isObject);
  const spans = parsed<readonly (readonly [string, number, number])[]>('spans', row[6], areSpans);
  return {
    branchId: idOf(row[1]),
    serviceId: idOf(row[2]),
    resourceIds: parsed('resource_ids', row[3], areIds),
    startMs: int(row[4]),
    endMs: int(row[5]),
    spans: spans.map(([resource, startMs, endMs]) => ({ resource, startMs, endMs })),
    sessionId: details.sessionId ?? null,
    partySize: details.partySize ?? 1,
    parts: details.parts ?? [],
  };
}

/** What contradicts itself in it; undefined when nothing does. */
export function contradiction({ resourceIds, spans, startMs, endMs }: ToldBooking): string | undefined {
  const spanned = [...new Set(spans.map(({ resource }) => resource))].sort();
  const named = [...new Set(resourceIds)].sort();
  if (spanned.join() !== named.join()) return 'resource_ids and spans name different resources';
  const backwards = spans.some((span) => span.endMs <= span.startMs) || endMs <= startMs;
  if (backwards) return 'its end is not after its start';
  if (spans.length === 0) return undefined;
  const [first, last] = [Math.min(...spans.map((each) => each.startMs)), Math.max(...spans.map((each) => each.endMs))];
  return first > startMs || last < endMs ? 'start_ms or end_ms lies outside its spans' : undefined;
}

/** The status of a row of appointments. */
export const statusOf = (row: Row): string => text(row[8]);
