import type { UnitClaim, WriteOutcome } from '../../../src/core/contracts/bookingWrite.ts';
import { nextTurn } from '../../../src/core/contracts/storageLaws/scene.ts';
import { broken, replaced, stored, type BrokenAdapter } from './brokenAdapter.ts';
import { brokenAfter, brokenInput, brokenWrite, type FaultyWrite } from './faultyWrite.ts';

/** An adapter that takes other units than it was asked for. */
const brokenUnits = (fault: string, aim: string, change: (unit: UnitClaim) => UnitClaim): BrokenAdapter =>
  brokenInput(fault, aim, (write) => ({ ...write, units: write.units?.map(change) }));

/** How many live units there are of each unit asked for, by a look at the committed state. */
const liveUnits = async ({ real, company, write }: FaultyWrite): Promise<readonly number[]> => {
  const units = (write.units ?? []).map(({ scope, period }) => ({ scope, fromPeriod: period, toPeriod: period + 1 }));
  const answer = await real.busy(company, { resourceIds: [], fromMs: 0, toMs: 1, units });
  return (answer.units ?? []).map(([count = 0]) => count);
};

const isId = /^[0-9a-f-]{36}$/;

/** Faults in units. */
export const unitFaults: readonly BrokenAdapter[] = [
  brokenUnits(
    'has one unit where there is none',
    'units are taken up to the most of their scope and period, and who comes too late is told which',
    (unit) => ({ ...unit, most: Math.max(1, unit.most) }),
  ),
  brokenWrite(
    'tells the first scope of a write, whichever is the one that is used up',
    'a write refused because a limit is reached leaves nothing',
    async ({ write, really }) => {
      const outcome = await really(write);
      const [{ scope, period } = { scope: '', period: 0 }] = write.units ?? [];
      return outcome.kind === 'limit-reached' ? { ...outcome, scope, period } : outcome;
    },
  ),
  brokenUnits(
    'compares scopes without case and blanks',
    'scopes are told apart to the last character, and periods to the last number',
    (unit) => ({ ...unit, scope: unit.scope.trim().toLowerCase() }),
  ),
  brokenUnits(
    'knows but a hundred characters of a scope',
    'scopes are told apart to the last character, and periods to the last number',
    (unit) => ({ ...unit, scope: unit.scope.slice(0, 100) }),
  ),
  brokenWrite(
    'takes fewer units where not all can be had',
    'several units are taken together or not at all',
    async ({ write, really }) => {
      const outcome = await really(write);
      const several = write.units?.length === 1 && write.units.some(({ take, most }) => take > 1 && most === 4);
      if (outcome.kind !== 'limit-reached' || !several) return outcome;
      return really({ ...write, units: write.units?.map((unit) => ({ ...unit, take: 1 })) });
    },
  ),
  brokenWrite(
    'counts the time of a resource as units of a scope of its name',
    'a scope that reads like a resource does not meet its time',
    async ({ raw, write, really }) => {
      const cell = raw.prepare('SELECT 1 FROM claims WHERE subject = ? AND cell = ?');
      for (const { scope, period } of write.units ?? [])
        if (isId.test(scope) && cell.get(stored(scope), period)) return { kind: 'limit-reached', scope, period };
      return really(write);
    },
  ),
  brokenWrite(
    'keeps the units of who leaves',
    'units go back with the hold or the appointment that has them',
    async ({ raw, write, really }) => {
      const theirs = raw.prepare(
        `SELECT c.* FROM units u JOIN claims c ON c.company_id = u.company_id AND c.subject = u.subject
          AND c.cell = u.cell AND c.ordinal = u.ordinal AND c.owner_id = u.owner_id WHERE u.owner_id = ? AND seat = 0`,
      );
      const kept = (write.release ?? []).flatMap((id) => theirs.all(stored(id)));
      const outcome = await really(write);
      const keep = raw.prepare('INSERT OR IGNORE INTO claims VALUES (?, ?, ?, ?, ?, ?)');
      for (const claim of outcome.kind === 'committed' && !write.units ? kept : []) keep.run(...Object.values(claim));
      return outcome;
    },
  ),
  brokenUnits(
    'lets units lapse one millisecond late',
    'units of a hold are free when it expires, and not before',
    (unit) => ({ ...unit, expiresMs: unit.expiresMs && unit.expiresMs + 1 }),
  ),
  brokenUnits(
    'lets units lapse one millisecond early',
    'units of a hold are free when it expires, and not before',
    (unit) => ({ ...unit, expiresMs: unit.expiresMs && unit.expiresMs - 1 }),
  ),
  brokenWrite(
    'lets the units of a converted hold lapse',
    'units of a converted hold stay taken',
    async ({ real, raw, company, write, really }) => {
      const hold = write.convert && (await real.hold(company, write.convert.id));
      const outcome = await really(write);
      if (hold && outcome.kind === 'committed')
        raw
          .prepare(
            `UPDATE claims SET expires_ms = ? WHERE owner_id = ? AND subject IN
              (SELECT subject FROM units WHERE owner_id = ? AND seat = 0)`,
          )
          .run(hold.expiresMs, stored(hold.id), stored(hold.id));
      return outcome;
    },
  ),
  brokenWrite(
    'converts a hold that has lost what it held',
    'a hold of units that others have taken over is not converted',
    async ({ real, company, clock, write, really }) => {
      const outcome = await really(write);
      const hold = write.convert && (await real.hold(company, write.convert.id));
      const live = hold && hold.owner === write.convert?.owner && hold.expiresMs > clock.now();
      if (outcome.kind !== 'hold-expired' || !live || write.claims) return outcome;
      return really({ ...write, convert: undefined, release: [hold.id] });
    },
  ),
  brokenWrite(
    'counts the units below the most alone',
    'all units that are taken count, also where there were more of them before',
    async ({ raw, write, really }) => {
      const hide = raw.prepare(
        `UPDATE claims SET cell = cell + 1e12 WHERE ordinal >= ?
          AND subject IN (SELECT subject FROM units WHERE seat = 0)`,
      );
      for (const { most } of write.units ?? []) hide.run(most);
      const outcome = await really(write);
      raw.exec('UPDATE claims SET cell = cell - 1e12 WHERE cell >= 1e12 - 10');
      return outcome;
    },
  ),
  brokenWrite(
    'counts each unit of a write by itself',
    'units of one write for one scope count together',
    async ({ write, really }) => {
      const outcome = await really(write);
      if (outcome.kind !== 'limit-reached' || write.units?.length !== 2 || write.claims) return outcome;
      return really({ ...write, units: write.units.slice(0, 1) });
    },
  ),
  brokenWrite(
    'judges units before time',
    'time is judged before units, and units before a customer',
    async ({ write, really }) => {
      const outcome = await really(write);
      if (outcome.kind !== 'taken' || !write.units) return outcome;
      const probe = await really({ units: write.units, events: [] });
      if (probe.kind === 'limit-reached') return probe;
      await really({ release: write.units.map(({ owner }) => owner), events: [] });
      return outcome;
    },
  ),
  broken('counts one period more', 'busy counts the live units of each period asked for', ({ real }) =>
    replaced(real, {
      busy: (company, query) => {
        const units = query.units?.map((each) => ({ ...each, toPeriod: each.toPeriod + 1 }));
        return real.busy(company, { ...query, units });
      },
    }),
  ),
  broken('counts the units of `except`', 'busy leaves out the units of `except`, and only those', ({ real }) =>
    replaced(real, {
      busy: async (company, query) => {
        const { units } = await real.busy(company, { ...query, except: undefined });
        return { ...(await real.busy(company, query)), ...(units && { units }) };
      },
    }),
  ),
  brokenWrite(
    'looks how many units are left, and then takes them without a guard',
    'of fifty who want units at once, as many get one as there are',
    async (asked) => {
      const { write, really } = asked;
      const [unit, ...others] = write.units ?? [];
      if (!unit || others.length > 0 || write.release || write.claims) return really(write);
      const [count = 0] = await liveUnits(asked);
      const { scope, period, most, take } = unit;
      if (count + take > most) return { kind: 'limit-reached', scope, period } satisfies WriteOutcome;
      await nextTurn();
      return really({ ...write, units: [{ ...unit, most: 10_000 }] });
    },
  ),
  ...(['limit-reached', 'session-full'] as const).map((kind) =>
    brokenWrite(
      `keeps all else of a write that is refused as ${kind}`,
      kind === 'limit-reached'
        ? 'a write refused because a limit is reached leaves nothing'
        : 'a write refused because a session is full leaves nothing',
      async ({ write, really }) => {
        const outcome = await really(write);
        if (outcome.kind === kind && write.claims) await really({ ...write, units: undefined, seats: undefined });
        return outcome;
      },
    ),
  ),
  brokenAfter(
    'forgets what its units are of',
    'units go back with the hold or the appointment that has them',
    ({ raw, write }) => {
      if (write.units && !write.seats) raw.exec('DELETE FROM units WHERE seat = 0');
    },
  ),
];
