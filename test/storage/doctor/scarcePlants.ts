import { newId } from '../sample.ts';
import { LATER, ofOwner, withId } from './plant.ts';
import type { Plant } from './plant.ts';

const DAY_MS = 86_400_000;
/** A unit that is none of a session's. */
const unitOf = (owner: string, company: string): readonly [string, readonly string[]] => [
  'SELECT subject, cell, ordinal FROM units WHERE company_id = ? AND owner_id = ? AND seat = 0',
  [company, owner],
];

/** Plants in limits, seats and sessions. */
export const scarcePlants: readonly Plant[] = [
  {
    name: 'a unit of a limit that is not claimed',
    codes: ['UNIT_UNCLAIMED'],
    tables: ['claims'],
    async plant(at, { company, cut }) {
      const [unit = []] = await at.rows(...unitOf(cut.id, company));
      await at.run(`DELETE FROM claims ${ofOwner} AND subject = ? AND cell = ? AND ordinal = ?`, [
        company,
        cut.id,
        ...unit,
      ]);
    },
  },
  {
    name: 'a unit of an appointment that lapses',
    codes: ['UNIT_EXPIRES'],
    tables: ['units', 'claims'],
    async plant(at, { company, cut, nowMs }) {
      const [unit = []] = await at.rows(...unitOf(cut.id, company));
      for (const table of ['units', 'claims'])
        await at.run(`UPDATE ${table} SET expires_ms = ? ${ofOwner} AND subject = ? AND cell = ? AND ordinal = ?`, [nowMs + LATER, company, cut.id, ...unit]); // prettier-ignore
    },
  },
  {
    name: 'a claim of a unit that lapses otherwise',
    codes: ['UNIT_EXPIRES'],
    tables: ['claims'],
    async plant(at, { company, cut, nowMs }) {
      const [unit = []] = await at.rows(...unitOf(cut.id, company));
      await at.run(`UPDATE claims SET expires_ms = ? ${ofOwner} AND subject = ? AND cell = ? AND ordinal = ?`, [nowMs + LATER, company, cut.id, ...unit]); // prettier-ignore
    },
  },
  {
    name: 'a unit of nobody',
    codes: ['UNIT_ORPHANED'],
    tables: ['units', 'claims'],
    async plant(at, { company, nowMs }) {
      const unit = [company, newId(), newId(), 1, 0];
      await at.run('INSERT INTO units (company_id, owner_id, subject, cell, ordinal, seat, expires_ms, end_ms) VALUES (?, ?, ?, ?, ?, 0, NULL, ?)', [...unit, nowMs + DAY_MS]); // prettier-ignore
      await at.run('INSERT INTO claims (company_id, owner_id, subject, cell, ordinal, expires_ms) VALUES (?, ?, ?, ?, ?, NULL)', unit); // prettier-ignore
    },
  },
  {
    name: 'a party with a seat too few',
    codes: ['SEATS_DIFFER'],
    tables: ['units', 'claims'],
    async plant(at, { company, yoga }) {
      for (const table of ['units', 'claims'])
        await at.run(`DELETE FROM ${table} ${ofOwner} AND subject = ? AND ordinal = 0`, [
          company,
          yoga.id,
          yoga.sessionId,
        ]);
    },
  },
  {
    name: 'seats in a session that does not exist',
    codes: ['SESSION_MISSING'],
    tables: ['sessions', 'spans', 'claims', 'units'],
    async plant(at, { company, yoga }) {
      await at.run(`DELETE FROM sessions ${withId}`, [company, yoga.sessionId]);
      for (const table of ['spans', 'claims', 'units'])
        await at.run(`DELETE FROM ${table} ${ofOwner}`, [company, yoga.sessionId]);
    },
  },
  {
    name: 'a session in which nobody takes part',
    codes: ['SESSION_EMPTY'],
    tables: ['sessions'],
    plant: (at, { company, yoga }) =>
      at.copy('sessions', withId, [company, yoga.sessionId], { id: '01234567-89ab-8def-8123-456789abcdef', resource_ids: '[]' }), // prettier-ignore
  },
  {
    name: 'a session without its time',
    codes: ['SESSION_TIME_MISSING'],
    tables: ['spans', 'claims'],
    async plant(at, { company, yoga }) {
      await at.run(`DELETE FROM spans ${ofOwner}`, [company, yoga.sessionId]);
      await at.run(`DELETE FROM claims ${ofOwner} AND subject = ?`, [
        company,
        yoga.sessionId,
        yoga.resourceIds[0] ?? '',
      ]);
    },
  },
  {
    name: 'a session that lapses before those who take part',
    codes: ['SESSION_EXPIRES'],
    tables: ['sessions', 'spans', 'claims', 'units'],
    async plant(at, { company, yoga, nowMs }) {
      await at.run(`UPDATE sessions SET expires_ms = ? ${withId}`, [nowMs + LATER, company, yoga.sessionId]);
      for (const table of ['spans', 'claims', 'units'])
        await at.run(`UPDATE ${table} SET expires_ms = ? ${ofOwner}`, [nowMs + LATER, company, yoga.sessionId]);
    },
  },
  {
    name: 'a session with more seats taken than it has',
    codes: ['BEYOND_CAPACITY'],
    tables: ['services'],
    plant: (at, { company, yoga }) =>
      at.run(`UPDATE services SET rules = REPLACE(rules, '"seats":4', '"seats":2') ${withId}`, [
        company,
        yoga.serviceId,
      ]),
  },
];
