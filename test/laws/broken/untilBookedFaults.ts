import type { UnitClaim } from '../../../src/core/contracts/bookingWrite.ts';
import { nextTurn } from '../../../src/core/contracts/storageLaws/scene.ts';
import type { BrokenAdapter } from './brokenAdapter.ts';
import { brokenAfter, brokenInput, brokenWrite } from './faultyWrite.ts';

const converted = 'units until booked go back when the hold is converted, and all else that it has stays';
const released = 'units until booked go back when the hold is released, and when it expires';
const raced = 'of fifty holds that one owner wants at once, he gets as many as he may have';

const brokenUnits = (fault: string, aim: string, change: (unit: UnitClaim) => UnitClaim): BrokenAdapter =>
  brokenInput(fault, aim, (write) => ({ ...write, units: write.units?.map(change) }));

/** Faults in units that a hold has only for as long as it is one. */
export const untilBookedFaults: readonly BrokenAdapter[] = [
  brokenUnits('keeps with an appointment what a hold has only until booked', converted, (unit) => ({
    ...unit,
    untilBooked: false,
  })),
  brokenUnits('gives all units of a hold back when it is converted', converted, (unit) => ({
    ...unit,
    untilBooked: true,
  })),
  brokenUnits('does not let units until booked expire', released, (unit) =>
    unit.untilBooked === true ? { ...unit, expiresMs: null } : unit,
  ),
  brokenAfter('forgets which hold has units until booked', released, ({ raw, write }) => {
    if (write.units) raw.exec('DELETE FROM units WHERE seat = 2');
  }),
  brokenWrite(
    'counts the holds of an owner first and takes one later',
    raced,
    async ({ real, company, write, really }) => {
      const shares = (write.units ?? []).filter(({ untilBooked }) => untilBooked === true);
      const units = shares.map(({ scope, period }) => ({ scope, fromPeriod: period, toPeriod: period + 1 }));
      const { units: counts = [] } = await real.busy(company, { resourceIds: [], fromMs: 0, toMs: 1, units });
      const full = shares.find(({ most }, index) => (counts[index]?.[0] ?? 0) >= most);
      if (full !== undefined) return { kind: 'limit-reached', scope: full.scope, period: full.period };
      await nextTurn();
      return really({
        ...write,
        units: write.units?.map((unit) => (unit.untilBooked === true ? { ...unit, most: 1000 } : unit)),
      });
    },
  ),
];
