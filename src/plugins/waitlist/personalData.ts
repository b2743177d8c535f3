import type { Companies, CompanyId, Json, Person, PersonalData } from '../../plugin.ts';
import type { StoredEntry } from './entry.ts';
import type { Offering } from './offering.ts';
import type { WaitlistStore } from './store.ts';
import { whoBy } from './who.ts';

interface Deps {
  readonly store: WaitlistStore;
  readonly offering: Pick<Offering, 'leave'>;
  readonly companies: Companies;
}

/** What the waitlist keeps of people: their entries, and what was told of them. */
export function waitlistData({ store, offering, companies }: Deps): PersonalData {
  const entriesOf = async (company: CompanyId, { id, phone, email }: Person): Promise<readonly StoredEntry[]> => {
    const ways = [
      whoBy('customer', id),
      ...(phone === null ? [] : [whoBy('phone', phone)]),
      ...(email === null ? [] : [whoBy('email', email)]),
    ];
    const found = new Map<string, StoredEntry>();
    for (const way of ways) for (const stored of await store.of(company, way)) found.set(stored.id, stored);
    return [...found.values()];
  };
  return {
    name: 'waitlist',
    async read(company, person) {
      const entries = await entriesOf(company, person);
      return {
        items: entries.map(({ id, state: { who: _, ...state } }) => ({ id, ...state }) as unknown as Json),
        aggregates: entries.map(({ id }) => `waitlist:${id}`),
      };
    },
    async withdraw(company, person) {
      const door = await companies.open(company);
      if (!door.ok) return;
      // What he was offered goes to the next when nothing else of his is in line any more.
      const entries = [...(await entriesOf(company, person))];
      entries.sort((a, b) => Number(a.state.offer !== null) - Number(b.state.offer !== null));
      for (const { id } of entries) await offering.leave(door, id);
    },
    async erase(company, person) {
      const entries = await entriesOf(company, person);
      for (const { id } of entries) await store.delete(company, id);
      return entries.length;
    },
  };
}
