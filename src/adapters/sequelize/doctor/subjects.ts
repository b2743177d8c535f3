import { bytes, idOf, int, intOrNull, json } from '../cell.ts';
import { Cursor } from '../keyset.ts';
import { idText } from '../ids.ts';
import { rows } from '../program.ts';
import type { Row } from '../program.ts';
import { unitKinds } from '../unitProgram.ts';
import { GuardedTime } from './guardedTime.ts';
import { isSame, lowest } from './examined.ts';
import type { ExaminedCompany } from './examined.ts';
import { judgeSession } from './seatsTaken.ts';
import type { Seat } from './seatsTaken.ts';

const spansSql = 'SELECT resource_id, start_ms, owner_id, end_ms, expires_ms, first_cell, end_cell FROM spans';
const claimsSql =
  'SELECT c.subject, c.cell, c.ordinal, c.owner_id, c.expires_ms, u.seat, u.end_ms FROM claims c LEFT JOIN units u' +
  ' ON u.company_id = c.company_id AND u.owner_id = c.owner_id AND u.subject = c.subject AND u.cell = c.cell' +
  ' AND u.ordinal = c.ordinal';
const sessionsSql = 'SELECT id, service_id, start_ms, end_ms, expires_ms FROM sessions';

/** How many places or seats each of a table's rows has. */
async function countsOf(
  { run, id }: ExaminedCompany,
  sql: string,
  count: (row: Row) => number,
): Promise<ReadonlyMap<string, number>> {
  const found = await run(rows(`${sql} WHERE company_id = ?`, [id]));
  return new Map(found.map((row) => [idOf(row[0]), count(row)]));
}

const seatsIn = (row: Row): number => (row[1] === null ? 1 : (json<{ readonly seats?: number }>(row[1]).seats ?? 1));

/**
 * Everything that is claimed of one company, subject by subject in the order of the claims' key: resources with their time,
 * sessions with their seats.
 */
export async function examineSubjects(at: ExaminedCompany): Promise<void> {
  const { run, id, tell } = at;
  const capacities = await countsOf(at, 'SELECT id, capacity FROM resources', (row) => int(row[1]));
  const seatsOf = await countsOf(at, 'SELECT id, rules FROM services', seatsIn);
  const values = [id];
  const spans = await Cursor.on(run, {
    select: spansSql,
    where: 'company_id = ?',
    values,
    key: ['resource_id', 'start_ms', 'owner_id'],
    at: [0, 1, 2],
  });
  const claims = await Cursor.on(run, {
    select: claimsSql,
    where: 'c.company_id = ?',
    values,
    key: ['c.subject', 'c.cell', 'c.ordinal'],
    at: [0, 1, 2],
  });
  const sessions = await Cursor.on(run, { select: sessionsSql, where: 'company_id = ?', values, key: ['id'], at: [0] });
  const idAt = ({ row }: Cursor): Uint8Array | undefined => (row === undefined ? undefined : bytes(row[0]));
  for (;;) {
    const subject = lowest([spans, claims, sessions].map(idAt));
    if (subject === undefined) return;
    const time = new GuardedTime(at, subject, capacities.get(idText(subject)) ?? 1);
    const seats: Seat[] = [];
    let before: Row | undefined;
    while (isSame(idAt(spans), subject) || isSame(idAt(claims), subject)) {
      const claim = isSame(idAt(claims), subject) ? claims.row : undefined;
      const span = isSame(idAt(spans), subject) ? spans.row : undefined;
      if (span !== undefined && (claim === undefined || Math.floor(int(span[1]) / at.grainMs) <= int(claim[1]))) {
        await time.span(span);
        await spans.next();
        continue;
      }
      if (claim === undefined) break;
      const [cell, ordinal, expiresMs] = [int(claim[1]), int(claim[2]), intOrNull(claim[4])];
      if (before?.[1] === cell && before[2] === ordinal)
        await tell('KEY_DOUBLED', `claim ${idText(subject)} ${cell} ${ordinal}`, 'is there twice');
      before = claim;
      if (claim[5] === null) await time.claim({ cell, ordinal, owner: bytes(claim[3]), expiresMs });
      else if (int(claim[5]) === unitKinds.seat) seats.push({ ordinal, expiresMs, endMs: intOrNull(claim[6]) });
      const more = claims.next();
      if (more !== undefined) await more;
    }
    await time.end();
    const session = isSame(idAt(sessions), subject) ? sessions.row : undefined;
    if (session !== undefined || seats.length > 0) await judgeSession(at, subject, session, seats, seatsOf);
    if (session !== undefined) await sessions.next();
  }
}
