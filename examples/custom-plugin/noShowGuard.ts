import { BookingRule, Companies, definePlugin, type Customer, type Plugin } from 'askpro/plugin';

/** How strict the guard is, and whom it tells. */
export interface NoShowGuardOptions {
  /** From so many missed appointments on a customer cannot book by himself; left out: 2. */
  readonly limit?: number;
  /** Told once of every customer who reaches the limit. */
  readonly tell: (customer: Customer) => Promise<void> | void;
}

/** Customers who missed too many appointments are asked to speak to somebody instead of booking. */
export function noShowGuard({ limit = 2, tell }: NoShowGuardOptions): Plugin {
  return definePlugin({
    name: 'no-show-guard',
    apiVersion: 1,
    requires: { companies: Companies },
    setup({ contribute, handle }, { companies }) {
      // Asked in one batch for all times that are about to be listed, held or booked.
      contribute(BookingRule, {
        name: 'no-show-guard',
        async check(company, requests) {
          const customerId = requests[0]?.customerId ?? null;
          if (customerId === null) return requests.map(() => undefined);
          const door = await companies.open(company);
          const found = door.ok ? await door.getCustomer(customerId) : door;
          const isTooMany = found.ok && found.customer.noShows >= limit;
          return requests.map(() => (isTooMany ? { message: 'Please speak to us before you book again.' } : undefined));
        },
      });
      // Through the outbox: it runs although the process may die after the commit, and counts once for each event.
      handle('appointment.noShow', 'no-show-guard.tell', async ({ appointment }) => {
        const door = await companies.open(appointment.companyId);
        if (!door.ok || appointment.customerId === null) return;
        const found = await door.getCustomer(appointment.customerId);
        if (found.ok && found.customer.noShows === limit) await tell(found.customer);
      });
    },
  });
}
