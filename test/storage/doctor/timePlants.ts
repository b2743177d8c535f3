import { newId } from '../sample.ts';
import { LATER, ofOwner } from './plant.ts';
import type { Plant } from './plant.ts';
import type { BusySalon } from './busySalon.ts';
import type { Planting } from './planting.ts';

/** A time that nobody has booked: its start and the cells of half an hour. */
const FREE_MS = Date.parse('2026-12-01T09:00:00+01:00');
const FREE_CELL = FREE_MS / 300_000;

async function claimFree(
  at: Planting,
  salon: BusySalon,
  owner: string,
  expiresMs: number | null = null,
): Promise<void> {
  const [resource = ''] = salon.cut.resourceIds;
  await at.run(
    'INSERT INTO spans (company_id, resource_id, start_ms, owner_id, end_ms, expires_ms, first_cell, end_cell) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    [salon.company, resource, FREE_MS, owner, FREE_MS + 600_000, expiresMs, FREE_CELL, FREE_CELL + 2],
  );
  for (const cell of [FREE_CELL, FREE_CELL + 1]) await claimCell(at, salon, resource, cell, owner, expiresMs);
}

const claimCell = (at: Planting, { company }: BusySalon, subject: string, cell: number, owner: string, expiresMs: number | null = null, ordinal = 0) => // prettier-ignore
  at.run('INSERT INTO claims (company_id, subject, cell, ordinal, owner_id, expires_ms) VALUES (?, ?, ?, ?, ?, ?)', [company, subject, cell, ordinal, owner, expiresMs]); // prettier-ignore

const cellOf = (ms: number): number => ms / 300_000;

/** Sets a column of an appointment. */
const appointmentWith = (column: string, value: (salon: BusySalon) => string | number) => (at: Planting, salon: BusySalon) => // prettier-ignore
  at.run(`UPDATE appointments SET ${column} = ? WHERE company_id = ? AND id = ?`, [value(salon), salon.company, salon.cut.id]); // prettier-ignore

/** Plants in the time of bookings. */
export const timePlants: readonly Plant[] = [
  {
    name: 'an appointment without its occupied time',
    codes: ['SPAN_MISSING'],
    tables: ['spans', 'claims'],
    async plant(at, { company, massage }) {
      const [resource = ''] = massage.resourceIds;
      await at.run(`DELETE FROM claims ${ofOwner} AND subject = ?`, [company, massage.id, resource]);
      await at.run(`DELETE FROM spans ${ofOwner} AND resource_id = ?`, [company, massage.id, resource]);
    },
  },
  {
    name: 'a live hold without its occupied time',
    codes: ['SPAN_MISSING'],
    tables: ['spans', 'claims'],
    async plant(at, { company, hold }) {
      const [resource = ''] = hold.resourceIds;
      await at.run(`DELETE FROM claims ${ofOwner} AND subject = ?`, [company, hold.id, resource]);
      await at.run(`DELETE FROM spans ${ofOwner}`, [company, hold.id]);
    },
  },
  {
    name: 'a cancelled appointment that kept its time',
    codes: ['SPAN_UNEXPECTED'],
    tables: ['appointments'],
    plant: appointmentWith('status', () => 'cancelled'),
  },
  {
    name: 'time of nobody',
    codes: ['SPAN_ORPHANED'],
    tables: ['spans', 'claims'],
    plant: (at, salon) => claimFree(at, salon, newId()),
  },
  {
    name: "an appointment's time that lapses",
    codes: ['SPAN_EXPIRES'],
    tables: ['spans', 'claims'],
    async plant(at, { company, massage, nowMs }) {
      // Periods of limits are numbered far lower than cells of time.
      const time = { spans: 'TRUE', claims: 'cell > 1000000' } as const;
      for (const table of ['spans', 'claims'] as const)
        await at.run(`UPDATE ${table} SET expires_ms = ? ${ofOwner} AND ${time[table]}`, [
          nowMs + LATER,
          company,
          massage.id,
        ]);
    },
  },
  {
    name: 'a span that names cells of another time',
    codes: ['SPAN_CELLS'],
    tables: ['spans'],
    plant: (at, { company, cut }) => at.run(`UPDATE spans SET end_cell = end_cell + 1 ${ofOwner}`, [company, cut.id]),
  },
  {
    name: 'one cell of an appointment that is not claimed',
    codes: ['CLAIM_MISSING'],
    tables: ['claims'],
    plant: (at, { company, cut }) =>
      at.run(`DELETE FROM claims ${ofOwner} AND cell = ?`, [company, cut.id, cellOf(cut.startMs) + 3]),
  },
  {
    name: 'one cell of an appointment whose claim lapses',
    codes: ['CLAIM_EXPIRES'],
    tables: ['claims'],
    plant: (at, { company, cut, nowMs }) =>
      at.run(`UPDATE claims SET expires_ms = ? ${ofOwner} AND cell = ?`, [nowMs + LATER, company, cut.id, cellOf(cut.startMs)]), // prettier-ignore
  },
  {
    name: 'a claim of nobody',
    codes: ['CLAIM_ORPHANED'],
    tables: ['claims'],
    plant: (at, salon) => claimCell(at, salon, salon.cut.resourceIds[0] ?? '', FREE_CELL, newId()),
  },
  {
    name: 'a claim of an appointment beside its time',
    codes: ['CLAIM_ORPHANED'],
    tables: ['claims'],
    plant: (at, salon) => claimCell(at, salon, salon.cut.resourceIds[0] ?? '', FREE_CELL, salon.cut.id),
  },
  {
    name: 'two appointments of one resource at one time',
    codes: ['CLAIM_MISSING', 'OVERLAP'],
    tables: ['appointments', 'appointment_resources', 'spans'],
    async plant(at, { company, massage }) {
      // Its cells are claimed already: the key lets nobody else have them.
      const id = newId();
      await at.copy('appointments', `WHERE company_id = ? AND id = ?`, [company, massage.id], { id });
      await at.copy('appointment_resources', 'WHERE company_id = ? AND appointment_id = ?', [company, massage.id], { appointment_id: id }); // prettier-ignore
      await at.copy('spans', ofOwner, [company, massage.id], { owner_id: id });
    },
  },
  {
    name: 'a fourth in a place for three',
    codes: ['CLAIM_MISSING', 'OVERLAP'],
    tables: ['appointments', 'spans'],
    async plant(at, { company, swims }) {
      const [first] = swims;
      const id = newId();
      await at.copy('appointments', 'WHERE company_id = ? AND id = ?', [company, first?.id ?? ''], { id });
      await at.copy('spans', ofOwner, [company, first?.id ?? ''], { owner_id: id });
    },
  },
  {
    name: 'a hold with the id of an appointment',
    codes: ['HOLD_LEFT_BEHIND'],
    tables: ['holds'],
    plant: (at, { company, hold, massage }) =>
      at.copy('holds', 'WHERE company_id = ? AND id = ?', [company, hold.id], { id: massage.id }),
  },
  {
    name: 'a place that a resource has no more',
    codes: ['BEYOND_CAPACITY'],
    tables: ['resources'],
    plant: (at, { company, swims }) =>
      at.run('UPDATE resources SET capacity = 2 WHERE company_id = ? AND id = ?', [company, swims[0]?.resourceIds[0] ?? '']), // prettier-ignore
  },
];
