import type { BusyAnswer, BusyQuery, LiveSession } from '../../adapter.ts';
import { liveSessions, widened } from './busySql.ts';
import { bytes, idOf, int, json } from './cell.ts';
import type { SqlDialect } from './dialect.ts';
import { idBytes } from './ids.ts';
import type { Row, SqlValue } from './program.ts';
import { unitSubject } from './unitSubject.ts';

/** No session is longer, so one that overlaps a range begins less than this before it. */
const longestSessionMs = 7 * 24 * 3_600_000;

/** A few statement texts serve all companies: counts beyond eight are rounded up to a power of two. */
export function paddedCount(count: number): number {
  return count <= 8 ? count : 2 ** Math.ceil(Math.log2(count));
}

const texts = new Map<string, string>();

/** The whole statement for so many resources and ranges of units, made when it is first asked for. */
function textOf(sql: SqlDialect, plain: string, ranges: number, sessions: boolean, withException: boolean): string {
  const key = `${ranges}${sessions ? 's' : ''}${withException ? 'x' : ''} ${plain}`;
  let text = texts.get(key);
  if (text === undefined) {
    const parts = [widened(plain)];
    if (ranges > 0) parts.push(sql.unitCounts(ranges, withException));
    if (sessions) parts.push(liveSessions(withException));
    text = parts.join(' UNION ALL ');
    texts.set(key, text);
  }
  return text;
}

/** The statement that tells units and sessions behind what is busy, with its values; undefined when nobody asks for them. */
export function moreAsked(
  sql: SqlDialect,
  plain: string,
  before: readonly SqlValue[],
  company: Uint8Array,
  { units = [], sessions, except, fromMs, toMs }: BusyQuery,
  nowMs: number,
): { readonly sql: string; readonly values: readonly SqlValue[] } | undefined {
  if (units.length === 0 && sessions === undefined) return undefined;
  const exception = except === undefined ? [] : [idBytes(except)];
  const values = [...before];
  const ranges = paddedCount(units.length);
  if (ranges > 0) {
    for (let index = 0; index < ranges; index++) {
      const range = units[index];
      if (range === undefined) values.push(null, 0, 0);
      else values.push(unitSubject(range.scope), range.fromPeriod, range.toPeriod);
    }
    values.push(company, nowMs);
    if (except !== undefined) values.push(idBytes(except), company, idBytes(except), nowMs);
  }
  if (sessions !== undefined) {
    values.push(nowMs, ...exception, company, idBytes(sessions.serviceId));
    values.push(fromMs - longestSessionMs, toMs, fromMs, nowMs);
  }
  return { sql: textOf(sql, plain, ranges, sessions !== undefined, except !== undefined), values };
}

/** Reads what {@link moreAsked} asked for: counts have an empty fourth column, sessions their resources. */
export function readMore(
  { units, sessions }: BusyQuery,
  found: readonly Row[],
): Pick<BusyAnswer, 'units' | 'sessions'> {
  const counted = found.filter((row) => row[3] === '');
  return {
    ...(units === undefined ? undefined : { units: readUnits(units, counted) }),
    ...(sessions === undefined ? undefined : { sessions: readSessions(found.filter((row) => row[3] !== '')) }),
  };
}

function readUnits(units: NonNullable<BusyQuery['units']>, counted: readonly Row[]): number[][] {
  const counts = new Map(counted.map((row) => [`${hexOf(bytes(row[0]))} ${int(row[1])}`, int(row[2])]));
  return units.map(({ scope, fromPeriod, toPeriod }) => {
    const subject = hexOf(unitSubject(scope));
    const length = Math.max(0, toPeriod - fromPeriod);
    return Array.from({ length }, (_, index) => counts.get(`${subject} ${fromPeriod + index}`) ?? 0);
  });
}

const hexOf = (value: Uint8Array): string => Buffer.from(value).toString('hex');

function readSessions(found: readonly Row[]): LiveSession[] {
  return found
    .map((row) => ({
      id: idOf<LiveSession['id']>(row[0]),
      startMs: int(row[1]),
      resourceIds: json<LiveSession['resourceIds']>(row[3]),
      taken: int(row[2]),
    }))
    .filter(({ taken }) => taken > 0)
    .sort((a, b) => a.startMs - b.startMs || (a.id < b.id ? -1 : 1));
}
