import type { BusyAnswer, BusyQuery } from '../../adapter.ts';
import { idOf, int, isSameId } from './cell.ts';
import type { SqlDialect } from './dialect.ts';
import { idBytes } from './ids.ts';
import { moreAsked, paddedCount, readMore } from './busyMore.ts';
import { rows } from './program.ts';
import type { Program, Row, SqlValue } from './program.ts';

/** No span is longer, so one that overlaps begins less than this before the range. */
const longestSpanMs = 24 * 3_600_000;

/** Reads what is occupied and the company's revision, and all else that is asked for, in one statement and so at one moment. */
export function* busyProgram(
  sql: SqlDialect,
  company: Uint8Array,
  query: BusyQuery,
  nowMs: number,
): Program<BusyAnswer> {
  const { resourceIds, fromMs, toMs, except } = query;
  const wanted = paddedCount(resourceIds.length);
  const values: SqlValue[] = [company];
  if (wanted > 0) {
    for (let index = 0; index < wanted; index++) {
      const id = resourceIds[index];
      values.push(id === undefined ? null : idBytes(id));
    }
    values.push(company, fromMs - longestSpanMs, toMs, fromMs, nowMs);
    if (except !== undefined) values.push(idBytes(except), company, idBytes(except), nowMs);
  }
  const plain = sql.busy(wanted, except !== undefined);
  const more = moreAsked(sql, plain, values, company, query, nowMs);
  const found = yield* rows(more?.sql ?? plain, more?.values ?? values);
  // What else was asked for comes behind, and is told by its fourth column.
  const end = more === undefined ? found.length : found.findIndex((row) => row[3] !== null);
  const spans = end < 0 || end === found.length ? found : found.slice(0, end);
  return {
    revision: found[0]?.[0] === null ? int(found[0][1]) : null,
    busy: sql.busyByPosition ? byPosition(spans, resourceIds.length) : byResource(spans, resourceIds),
    ...((query.units ?? query.sessions) && readMore(query, end < 0 ? [] : found.slice(end))),
  };
}

function byPosition(found: readonly Row[], count: number): Float64Array[] {
  const answer: Float64Array[] = [];
  let at = found[0]?.[0] === null ? 1 : 0;
  for (let position = 0; position < count; position++) {
    const first = at;
    while (at < found.length && found[at]?.[0] === position) at++;
    answer.push(pack(found, first, at));
  }
  return answer;
}

function byResource(found: readonly Row[], resourceIds: readonly string[]): Float64Array[] {
  const first = found[0]?.[0] === null ? 1 : 0;
  if (resourceIds.length === 1) return [pack(found, first, found.length)];
  const rowsOf = new Map<string, Row[]>();
  let current: Row[] = [];
  let before: SqlValue | undefined = null;
  for (let index = first; index < found.length; index++) {
    const row = found[index];
    if (row === undefined) continue;
    const [cell] = row;
    if (!isSameId(before, cell)) {
      const id = idOf(cell);
      current = rowsOf.get(id) ?? [];
      rowsOf.set(id, current);
      before = cell;
    }
    current.push(row);
  }
  return resourceIds.map((id) => {
    const own = rowsOf.get(id) ?? [];
    return pack(own, 0, own.length);
  });
}

const nothing = new Float64Array(0);

/** Ranges come in the order of the key, which is that of their starts; the check costs less than a sort by the database. */
function pack(found: readonly Row[], from: number, to: number): Float64Array {
  if (from === to) return nothing;
  const packed = new Float64Array((to - from) * 2);
  let before = -Infinity;
  let ascending = true;
  for (let index = from; index < to; index++) {
    const startMs = int(found[index]?.[1]);
    packed[(index - from) * 2] = startMs;
    packed[(index - from) * 2 + 1] = int(found[index]?.[2]);
    if (startMs < before) ascending = false;
    before = startMs;
  }
  return ascending ? packed : sorted(packed);
}

function sorted(packed: Float64Array): Float64Array {
  const pairs: [number, number][] = [];
  for (let index = 0; index < packed.length; index += 2) pairs.push([packed[index] ?? 0, packed[index + 1] ?? 0]);
  return Float64Array.from(pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1]).flat());
}
