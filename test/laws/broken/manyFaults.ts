import type { BookingWrite, WriteOutcome } from '../../../src/core/contracts/bookingWrite.ts';
import type { BrokenAdapter } from './brokenAdapter.ts';
import { brokenInput, brokenWrite } from './faultyWrite.ts';

const ALL = 'a write of hundreds of appointments stores all of them with what they claim';
const NONE = 'a write of hundreds of appointments stores none of them where the last cannot be had';
const FEW = 128;

/** A part of a write. */
const part = (write: BookingWrite, from: number): BookingWrite => ({
  ...write,
  claims: write.claims?.slice(from, from + FEW),
  units: write.units?.slice(from, from + FEW),
  appointments: write.appointments?.slice(from, from + FEW),
  events: write.events.slice(from, from + FEW),
});

/** Faults in writes of very many. */
export const manyFaults: readonly BrokenAdapter[] = [
  brokenInput('claims the time of the first 128 alone', ALL, (write) => ({
    ...write,
    claims: write.claims?.slice(0, FEW),
  })),
  brokenInput('takes the first 128 units alone', ALL, (write) => ({ ...write, units: write.units?.slice(0, FEW) })),
  brokenInput('stores the first 128 appointments alone', ALL, (write) => ({
    ...write,
    appointments: write.appointments?.slice(0, FEW),
  })),
  brokenWrite('commits a large write 128 at a time', NONE, async ({ write, really }) => {
    const count = Math.max(1, write.appointments?.length ?? 0);
    let outcome: WriteOutcome = { kind: 'committed' };
    for (let from = 0; from < count && outcome.kind === 'committed'; from += FEW)
      outcome = await really(count <= FEW ? write : part(write, from));
    return outcome;
  }),
];
