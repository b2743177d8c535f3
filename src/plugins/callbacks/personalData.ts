import type { CompanyId, DocumentStore, Json, Person, PersonalData } from '../../plugin.ts';
import type { Callback } from './callback.ts';
import { REQUESTS } from './store.ts';

const PAGE = 200;

/** What is kept of people who wanted to be called back. */
export function callbackData(documents: DocumentStore): PersonalData {
  /** A company has few requests, and no index tells whose they are: all are looked through. */
  const requestsOf = async (company: CompanyId, person: Person): Promise<readonly Callback[]> => {
    const calls = new Set<string>(person.calls);
    const found: Callback[] = [];
    for (let after: string | undefined; ;) {
      const page = await documents.list(company, { collection: REQUESTS, after, limit: PAGE });
      for (const { value } of page) {
        const request = value as unknown as Callback;
        const { customerId, phone, callId } = request;
        const isHis = customerId === person.id || (phone !== null && phone === person.phone);
        if (isHis || (callId !== null && calls.has(callId))) found.push(request);
      }
      after = page.at(-1)?.id;
      if (page.length < PAGE) return found;
    }
  };
  return {
    name: 'callbacks',
    async read(company, person) {
      const requests = await requestsOf(company, person);
      return { items: requests as unknown as readonly Json[], aggregates: requests.map(({ id }) => id) };
    },
    async erase(company, person) {
      const requests = await requestsOf(company, person);
      for (const { id } of requests) await documents.delete(company, REQUESTS, id);
      return requests.length;
    },
  };
}
