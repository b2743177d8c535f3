import { expect } from 'vitest';
import type { Api, Told } from './api.ts';

interface Attempt {
  readonly path: string;
  readonly foreign: (told: Told) => void;
}

const CALL = 'call-of-the-salon';

/** A call of the salon, which no operation makes. */
export async function recordCall({ bench }: Api): Promise<void> {
  await (await bench.open('salon')).calls.record('acme', CALL, {});
}

/** What an export of another company must not have. */
export const exportAttempts: Readonly<
  Record<string, (names: { readonly appointment: string; readonly customer: string }) => readonly Attempt[]>
> = {
  exportAppointments: ({ appointment }) =>
    ['csv', 'ndjson'].map((format) => ({
      path: `/export/appointments?format=${format}`,
      foreign: ({ text }) => expect(text).not.toContain(appointment),
    })),
  exportCustomers: ({ customer }) => [
    { path: '/export/customers', foreign: ({ text }) => expect(text).not.toContain(customer) },
  ],
  exportCustomer: ({ customer }) => [
    {
      path: `/customers/${customer}/data`,
      foreign: (told) => expect([told.status, told.body.code]).toEqual([404, 'CUSTOMER_UNKNOWN']),
    },
  ],
  eraseCustomer: ({ customer }) => [
    {
      path: `/customers/${customer}?cancelUpcoming=true`,
      foreign: (told) => expect([told.status, told.body.code]).toEqual([404, 'CUSTOMER_UNKNOWN']),
    },
  ],
  exportCalls: () => [{ path: '/export/calls', foreign: ({ text }) => expect(text).not.toContain(CALL) }],
};
