import { DatabaseSync, type SQLInputValue } from 'node:sqlite';

const MINUTE_MS = 60_000;

/**
 * Writes copies of a company's first appointment straight into its table, each with an id and a start of its own: half an
 * hour apart, five side by side. Ids rise with their number, so that the first is the one made first.
 */
export function copyAppointments(
  file: string,
  count: number,
  notes: (nth: number) => string | null = () => null,
): void {
  const database = new DatabaseSync(file);
  try {
    const row = database.prepare('SELECT * FROM appointments ORDER BY id LIMIT 1').get();
    if (row === undefined) throw new Error('There is no appointment to copy.');
    const columns = Object.keys(row);
    const changed = ['id', 'start_ms', 'end_ms', 'notes'];
    const kept = columns.filter((column) => !changed.includes(column));
    const names = [...kept, ...changed];
    const insert = database.prepare(
      `INSERT INTO appointments (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    );
    const values = kept.map((column) => row[column] as SQLInputValue);
    const firstMs = Number(row['start_ms']);
    database.exec('PRAGMA synchronous = OFF; BEGIN');
    for (let nth = 0; nth < count; nth++) {
      const startMs = firstMs + Math.floor(nth / 5) * 30 * MINUTE_MS;
      insert.run(...values, idOf(nth), startMs, startMs + 30 * MINUTE_MS, notes(nth));
    }
    database.exec('COMMIT');
  } finally {
    database.close();
  }
}

/** A UUIDv7 of long ago that holds the number. */
function idOf(nth: number): Uint8Array {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(1_600_000_000_000 + nth, 0, 6);
  bytes[6] = 0x70;
  bytes[8] = 0x80;
  bytes.writeUInt32BE(nth, 12);
  return bytes;
}
