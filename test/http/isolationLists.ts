import { expect } from 'vitest';
import type { Told } from './api.ts';

/** Who has called the salon, and nobody else. */
export const CALLER = '+4915112345678';

interface Named {
  readonly branch: string;
  readonly resource: string;
  readonly customer: string;
}

interface Attempt {
  readonly path: string;
  readonly foreign: (told: Told) => void;
}

const unknown = (code: string) => (told: Told) => expect([told.status, told.body.code]).toEqual([404, code]);
const nothing = (told: Told): void => expect(told.body.items).toEqual([]);

/** Every way in which a list can name something. */
export const listAttempts: Readonly<Record<string, (names: Named) => readonly Attempt[]>> = {
  listAppointments: ({ branch, resource, customer }) => [
    { path: `/appointments?branch=${branch}`, foreign: nothing },
    { path: `/appointments?resource=${resource}`, foreign: nothing },
    { path: `/appointments?customer=${customer}`, foreign: nothing },
    { path: '/appointments', foreign: nothing },
    { path: '/appointments?sort=-updated', foreign: nothing },
  ],
  listAgenda: ({ branch }) => [
    {
      path: `/agenda?branch=${branch}&from=2026-11-01T00:00:00Z&to=2027-02-01T00:00:00Z`,
      foreign: unknown('BRANCH_UNKNOWN'),
    },
  ],
  listHolds: () => [{ path: '/holds', foreign: nothing }],
  listCalls: () => [
    { path: '/calls', foreign: nothing },
    { path: `/calls?caller=${encodeURIComponent(CALLER)}`, foreign: nothing },
  ],
  listCustomers: () => [
    { path: '/customers', foreign: nothing },
    { path: '/customers?name=erika', foreign: nothing },
  ],
};
