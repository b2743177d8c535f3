import { parseId } from '../../../adapter.ts';
import { bytes, idOf, int, text } from '../cell.ts';
import { idBytes, idText } from '../ids.ts';
import { Cursor, inPieces } from '../keyset.ts';
import { rows } from '../program.ts';
import type { ExaminedCompany } from './examined.ts';

/** How many appointments are looked for in one statement. */
const together = 50;
const nobody = new Uint8Array(16);
const lookedForSql = `SELECT id FROM appointments WHERE company_id = ? AND id IN (${Array(together).fill('?').join(', ')})`;

const unknownResultsSql =
  'SELECT i.idempotency_key, i.result_id FROM idempotency i' +
  ' LEFT JOIN appointments a ON a.company_id = i.company_id AND a.id = i.result_id' +
  ' LEFT JOIN holds h ON h.company_id = i.company_id AND h.id = i.result_id';

/** The outbox of one company: whether events follow each other, and whether what they tell of exists. */
export async function examineEvents(at: ExaminedCompany): Promise<void> {
  const { run, id, tell } = at;
  const events = await Cursor.on(run, {
    select: 'SELECT aggregate, sequence, name, sent_ms FROM outbox',
    where: 'company_id = ?',
    values: [id],
    key: ['aggregate', 'sequence'],
    at: [0, 1],
  });
  let before = { aggregate: '', sequence: 0, isSent: true };
  let isUnsent = false;
  let told = new Set<string>();
  while (events.row !== undefined) {
    const [aggregate, sequence, name] = [text(events.row[0]), int(events.row[1]), text(events.row[2])];
    const isSent = events.row[3] !== null;
    const isNew = aggregate !== before.aggregate;
    const event = `event ${sequence} of ${aggregate}`;
    if (isNew) isUnsent = false;
    // What was sent is swept, the first first; what was not sent stays.
    else if (sequence !== before.sequence + 1)
      await tell('EVENTS_GAP', event, `follows event ${before.sequence}`, before.isSent ? 'warning' : 'error');
    if (isSent && isUnsent) await tell('EVENTS_DISORDERED', event, 'was sent, and an earlier one was not');
    isUnsent ||= !isSent;
    if (name.startsWith('appointment.') && parseId(aggregate) !== undefined) told.add(aggregate);
    if (told.size === together) {
      await lookFor(at, told);
      told = new Set();
    }
    before = { aggregate, sequence, isSent };
    const more = events.next();
    if (more !== undefined) await more;
  }
  if (told.size > 0) await lookFor(at, told);
}

async function lookFor({ run, id, tell }: ExaminedCompany, told: ReadonlySet<string>): Promise<void> {
  const wanted = Array.from({ length: together }, (_, index) => [...told][index]);
  const found = await run(
    rows(lookedForSql, [id, ...wanted.map((each) => (each === undefined ? nobody : idBytes(each)))]),
  );
  const known = new Set(found.map((row) => idOf(row[0])));
  for (const each of told) {
    if (!known.has(each))
      await tell('APPOINTMENT_LOST', `appointment ${each}`, 'is told of by its events, and is not there');
  }
}

/** Keys of repeated calls: whether what they stand for exists. Holds come and go, and their events tell so. */
export async function examineKeys({ run, id, tell }: ExaminedCompany): Promise<void> {
  const read = {
    select: unknownResultsSql,
    where: 'i.company_id = ? AND a.id IS NULL AND h.id IS NULL',
    values: [id],
    key: ['i.idempotency_key'],
    at: [0],
  };
  for await (const piece of inPieces(run, read, 500)) {
    for (const row of piece) {
      const result = bytes(row[1]);
      const group = 'SELECT 1 FROM appointments WHERE company_id = ? AND group_id = ? LIMIT 1';
      if ((await run(rows(group, [id, result]))).length > 0) continue;
      const named = 'SELECT name FROM outbox WHERE company_id = ? AND aggregate = ? ORDER BY sequence LIMIT 20';
      const names = (await run(rows(named, [id, idText(result)]))).map((event) => text(event[0]));
      const isLost = names.some((name) => name.startsWith('appointment.'));
      if (names.length > 0 && !isLost) continue;
      const what = isLost ? 'an appointment that does not exist' : 'something that does not exist, perhaps a hold';
      await tell('KEY_RESULT_MISSING', `result ${idText(result)}`, `of a key is ${what}`, isLost ? 'error' : 'warning');
    }
  }
}
