import { bytes, idOf, int, intOrNull } from '../cell.ts';
import { Cursor } from '../keyset.ts';
import type { KeyedRead } from '../keyset.ts';
import { rows } from '../program.ts';
import type { Row } from '../program.ts';
import { unitKinds } from '../unitProgram.ts';
import type { ToldBooking } from './booked.ts';
import { isSame, lowest } from './examined.ts';
import type { ExaminedCompany } from './examined.ts';
import { judgeOwner } from './judgeOwner.ts';
import { appointmentSql, holdSql, sessionSql } from './owner.ts';
import type { OwnedSpan, OwnedUnit } from './owner.ts';

// The order of the index by owner, continued by the columns of the key that it holds anyway.
const spansSql = 'SELECT owner_id, first_cell, end_cell, resource_id, start_ms, end_ms, expires_ms FROM spans';
const unitsSql =
  'SELECT u.owner_id, u.subject, u.cell, u.ordinal, u.seat, u.expires_ms, c.owner_id, c.expires_ms FROM units u' +
  ' LEFT JOIN claims c ON c.company_id = u.company_id AND c.subject = u.subject AND c.cell = u.cell' +
  ' AND c.ordinal = u.ordinal AND c.owner_id = u.owner_id';

const spanOf = (row: Row): OwnedSpan => ({
  resource: idOf(row[3]),
  startMs: int(row[4]),
  endMs: int(row[5]),
  expiresMs: intOrNull(row[6]),
});

const unitOf = (row: Row): OwnedUnit => ({
  subject: idOf(row[1]),
  cell: int(row[2]),
  ordinal: int(row[3]),
  isSeat: int(row[4]) === unitKinds.seat,
  expiresMs: intOrNull(row[5]),
  claimExpiresMs: row[6] === null ? undefined : intOrNull(row[7]),
});

const idAt = ({ row }: Cursor): Uint8Array | undefined => (row === undefined ? undefined : bytes(row[0]));

/** The row of that owner, which is passed by. */
async function take(cursor: Cursor, owner: Uint8Array): Promise<Row | undefined> {
  if (!isSame(idAt(cursor), owner)) return undefined;
  const { row } = cursor;
  const more = cursor.next();
  if (more !== undefined) await more;
  return row;
}

async function takeAll<T>(cursor: Cursor, owner: Uint8Array, read: (row: Row) => T): Promise<readonly T[]> {
  const taken: T[] = [];
  for (let row = await take(cursor, owner); row !== undefined; row = await take(cursor, owner)) taken.push(read(row));
  return taken;
}

/** Everything that appointments, holds and sessions of one company have, owner by owner in the order of their ids. */
export async function examineOwners(at: ExaminedCompany): Promise<void> {
  const { run, id } = at;
  const by = (select: string, key: readonly string[], prefix = ''): Promise<Cursor> => {
    const read: KeyedRead = {
      select,
      where: `${prefix}company_id = ?`,
      values: [id],
      key: key.map((column) => prefix + column),
      at: key.map((_, index) => index),
    };
    return Cursor.on(run, read);
  };
  const [appointments, holds, sessions] = [await by(appointmentSql, ['id']), await by(holdSql, ['id']), await by(sessionSql, ['id'])]; // prettier-ignore
  const spans = await by(spansSql, ['owner_id', 'first_cell', 'end_cell', 'resource_id', 'start_ms']);
  const units = await by(unitsSql, ['owner_id', 'subject', 'cell', 'ordinal'], 'u.');
  const others = await by('SELECT appointment_id, resource_id, start_ms FROM appointment_resources', [
    'appointment_id',
    'resource_id',
    'start_ms',
  ]);
  const named = await namesOf(at);
  for (;;) {
    const owner = lowest([appointments, holds, sessions, spans, units, others].map(idAt));
    if (owner === undefined) return;
    await judgeOwner(
      at,
      {
        id: owner,
        appointment: await take(appointments, owner),
        hold: await take(holds, owner),
        session: await take(sessions, owner),
        spans: await takeAll(spans, owner, spanOf),
        units: await takeAll(units, owner, unitOf),
        others: await takeAll(others, owner, (row) => `${idOf(row[1])} ${int(row[2])}`),
      },
      named,
    );
  }
}

/** Looks for what bookings name within their texts. Companies have few resources and services, so they are kept. */
async function namesOf({
  run,
  id,
  tell,
}: ExaminedCompany): Promise<(name: string, booking: ToldBooking) => Promise<void>> {
  const all = async (table: string): Promise<ReadonlySet<string>> =>
    new Set((await run(rows(`SELECT id FROM ${table} WHERE company_id = ?`, [id]))).map((row) => idOf(row[0])));
  const known = { branch_id: await all('branches'), service_id: await all('services'), resource_ids: await all('resources') }; // prettier-ignore
  return async (name, { branchId, serviceId, resourceIds, spans, parts }) => {
    const named = {
      branch_id: [branchId],
      service_id: [serviceId, ...parts.map((part) => part.serviceId)],
      resource_ids: [...resourceIds, ...spans.map(({ resource }) => resource), ...parts.flatMap((part) => part.resourceIds)], // prettier-ignore
    };
    for (const [column, ids] of Object.entries(named) as [keyof typeof known, readonly string[]][]) {
      for (const missing of new Set(ids.filter((each) => !known[column].has(each))))
        await tell('REFERENCE_MISSING', name, `${column} names ${missing}, which does not exist`);
    }
  };
}
