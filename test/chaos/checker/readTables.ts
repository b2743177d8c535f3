import type { Span } from 'askpro/adapter';
import { readDetails } from '../../../src/adapters/sequelize/bookingDetails.ts';
import type { Place } from '../place.ts';
import { withRaw, type RawRow } from '../raw.ts';
import { bare, type OwnerRow, type Tables } from './tables.ts';

type StoredSpan = readonly [resourceId: Span['resourceId'], startMs: number, endMs: number];

const id = (cell: unknown): string =>
  typeof cell === 'string' ? bare(cell) : Buffer.from(cell as Uint8Array).toString('hex');
const int = (cell: unknown): number => Number(cell);
const intOrNull = (cell: unknown): number | null => (cell === null ? null : Number(cell));

/** How each dialect writes an id into a statement. */
const idLiteral = ({ dialect }: Place, company: string): string =>
  dialect === 'postgres' ? `'${company}'::uuid` : `X'${bare(company)}'`;

function ownerOf(row: RawRow): OwnerRow {
  const { partySize, sessionId } = readDetails(row['details'] as string | null).booked;
  const isHold = row['expires_ms'] !== undefined;
  return {
    id: id(row['id']),
    spans: (JSON.parse(String(row['spans'])) as readonly StoredSpan[]).map(([resourceId, startMs, endMs]) => ({
      resourceId,
      startMs,
      endMs,
    })),
    sessionId,
    partySize,
    expiresMs: isHold ? int(row['expires_ms']) : null,
    occupies: isHold || row['status'] !== 'cancelled',
  };
}

/** Reads what the tables hold of a company, with the bare driver. */
export function readTables(place: Place, company: string, nowMs = Date.now()): Promise<Tables> {
  const where = `WHERE company_id = ${idLiteral(place, company)}`;
  return withRaw(place, async ({ run }) => {
    const claims = await run(`SELECT subject, cell, ordinal, owner_id, expires_ms FROM claims ${where}`);
    const units = await run(`SELECT subject, cell, ordinal, owner_id, expires_ms, seat FROM units ${where}`);
    const spans = await run(`SELECT owner_id, resource_id, start_ms, end_ms, expires_ms FROM spans ${where}`);
    const sessions = await run(`SELECT id, service_id FROM sessions ${where}`);
    const holds = await run(`SELECT id, spans, details, expires_ms FROM holds ${where}`);
    const appointments = await run(`SELECT id, spans, details, status FROM appointments ${where}`);
    const keys = await run(`SELECT idempotency_key, result_id FROM idempotency ${where}`);
    const claimOf = (row: RawRow) => ({
      subject: id(row['subject']),
      cell: int(row['cell']),
      ordinal: int(row['ordinal']),
      owner: id(row['owner_id']),
      expiresMs: intOrNull(row['expires_ms']),
    });
    return {
      nowMs,
      claims: claims.map(claimOf),
      units: units.map((row) => ({ ...claimOf(row), isSeat: int(row['seat']) === 1 })),
      spans: spans.map((row) => ({
        owner: id(row['owner_id']),
        resource: id(row['resource_id']),
        startMs: int(row['start_ms']),
        endMs: int(row['end_ms']),
        expiresMs: intOrNull(row['expires_ms']),
      })),
      sessions: sessions.map((row) => ({ id: id(row['id']), service: id(row['service_id']) })),
      owners: [...holds, ...appointments].map(ownerOf),
      keys: new Map(keys.map((row) => [String(row['idempotency_key']), id(row['result_id'])])),
    };
  });
}
