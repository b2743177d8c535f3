import type { Storage } from '../../../src/core/contracts/storage.ts';
import type { CompanyId } from '../../../src/core/model/ids.ts';
import { broken, replaced, stored, type BrokenAdapter, type Ground } from './brokenAdapter.ts';

const neither = (method: string): string => `${method} neither reads nor changes a row of another company`;

const noOthers = 'a storage and its sides have the methods of their contracts and no others';

/** An adapter that ignores the company in one method: it knows all companies that anybody has named. */
const ignoring = (
  method: string,
  faulty: (ground: Ground, companies: Set<CompanyId>) => Partial<Storage>,
): BrokenAdapter =>
  broken(`ignores the company in ${method}`, neither(method), (ground) => {
    const companies = new Set<CompanyId>();
    const noting = <T extends object>(real: T): T =>
      new Proxy(real, {
        get: (target, name) => {
          const value: unknown = Reflect.get(target, name, target);
          if (typeof value !== 'function') return value;
          return (...input: unknown[]): unknown => {
            if (typeof input[0] === 'string') companies.add(input[0] as CompanyId);
            return Reflect.apply(value, target, input);
          };
        },
      });
    const noted = replaced(noting(ground.real), { documents: noting(ground.real.documents) });
    return replaced(noted, faulty({ ...ground, real: noted }, companies));
  });

/** The first answer that any company gives. */
async function first<T>(
  companies: ReadonlySet<CompanyId>,
  ask: (company: CompanyId) => Promise<T | undefined>,
): Promise<T | undefined> {
  for (const company of companies) {
    const answer = await ask(company);
    if (answer !== undefined) return answer;
  }
  return undefined;
}

/** The answers of all companies. */
const every = async <T>(
  companies: ReadonlySet<CompanyId>,
  ask: (company: CompanyId) => Promise<readonly T[]>,
): Promise<T[]> => (await Promise.all([...companies].map(ask))).flat();

/** Each method of the contract that takes a company, without regard to it. */
export const tenantFaults: readonly BrokenAdapter[] = [
  ignoring('config', ({ real }, all) => ({ config: () => first(all, (company) => real.config(company)) })),
  ignoring('saveConfig', ({ real, raw }) => ({
    saveConfig: async (company, config, ...more) => {
      const outcome = await real.saveConfig(company, config, ...more);
      if (outcome.kind === 'committed')
        for (const { id, name } of config.branches)
          raw.prepare('UPDATE branches SET name = ? WHERE id = ?').run(name, stored(id));
      return outcome;
    },
  })),
  ignoring('removeCompany', ({ real, raw }) => ({
    removeCompany: async (company, expected) => {
      const outcome = await real.removeCompany(company, expected);
      if (outcome.kind === 'committed') raw.prepare('DELETE FROM documents').run();
      return outcome;
    },
  })),
  ignoring('busy', ({ real }, all) => ({
    busy: async (company, query) => {
      const answers = await Promise.all([...all].map((each) => real.busy(each, query)));
      const own = await real.busy(company, query);
      const busy = query.resourceIds.map((_, i) =>
        Float64Array.from(answers.flatMap((each) => [...(each.busy[i] ?? [])])),
      );
      return { ...own, busy };
    },
  })),
  ignoring('write', ({ real }, all) => ({
    write: async (company, write) => {
      const outcome = await real.write(company, write);
      const release = write.release ?? [];
      if (outcome.kind === 'committed' && release.length > 0)
        for (const each of all) if (each !== company) await real.write(each, { release, events: [] });
      return outcome;
    },
  })),
  ignoring('idempotency', ({ real }, all) => ({
    idempotency: (_, key) => first(all, (company) => real.idempotency(company, key)),
  })),
  ignoring('hold', ({ real }, all) => ({ hold: (_, id) => first(all, (company) => real.hold(company, id)) })),
  ignoring('holdsOf', ({ real }, all) => ({
    holdsOf: (_, owner) => every(all, (company) => real.holdsOf(company, owner)),
  })),
  ignoring('holds', ({ real }, all) => ({
    holds: (_, query) => every(all, (company) => real.holds(company, query)),
  })),
  ignoring('ownedRows', ({ real }, all) => ({
    ownedRows: async (_, owner) => ({
      spans: await every(all, async (company) => (await real.ownedRows(company, owner)).spans),
      events: await every(all, async (company) => (await real.ownedRows(company, owner)).events),
    }),
  })),
  ignoring('appointment', ({ real }, all) => ({
    appointment: (_, id) => first(all, (company) => real.appointment(company, id)),
  })),
  ignoring('appointments', ({ real }, all) => ({
    appointments: (_, query) => every(all, (company) => real.appointments(company, query)),
  })),
  ignoring('agenda', ({ real }, all) => ({
    agenda: (_, query) => every(all, (company) => real.agenda(company, query)),
  })),
  ignoring('customer', ({ real }, all) => ({
    customer: (_, id) => first(all, (company) => real.customer(company, id)),
  })),
  ignoring('customerByPhone', ({ real }, all) => ({
    customerByPhone: (_, e164) => first(all, (company) => real.customerByPhone(company, e164)),
  })),
  ignoring('customers', ({ real }, all) => ({
    customers: (_, query) => every(all, (company) => real.customers(company, query)),
  })),
  ignoring('findCustomers', ({ real }, all) => ({
    findCustomers: (_, search) => every(all, (company) => real.findCustomers(company, search)),
  })),
  ignoring('calls', ({ real }, all) => ({
    calls: (_, query) => every(all, (company) => real.calls(company, query)),
  })),
  ignoring('forget', ({ real }, all) => ({
    forget: async (_, forgetting) =>
      (await Promise.all([...all].map((company) => real.forget(company, forgetting)))).every((done) => done),
  })),
  ignoring('walk', ({ real }, all) => ({
    walk: (_, kind, query) => every(all, (company) => real.walk(company, kind, query)),
  })),
  ignoring('call', ({ real }, all) => ({
    call: (_, provider, id) => first(all, (company) => real.call(company, provider, id)),
  })),
  ignoring('callById', ({ real }, all) => ({
    callById: (_, id) => first(all, (company) => real.callById(company, id)),
  })),
  ignoring('saveCall', ({ real }) => ({
    saveCall: async (company, call, expected, names) => {
      const owner = await real.directory.providerCall(call.provider, call.providerCallId);
      return real.saveCall(owner ?? company, call, owner ? 1 : expected, names);
    },
  })),
  ignoring('documents.get', ({ real: { documents } }, all) => ({
    documents: replaced(documents, {
      get: (_, collection, id) => first(all, (company) => documents.get(company, collection, id)),
    }),
  })),
  ignoring('documents.list', ({ real: { documents } }, all) => ({
    documents: replaced(documents, { list: (_, query) => every(all, (company) => documents.list(company, query)) }),
  })),
  ignoring('documents.put', ({ real: { documents } }, all) => ({
    documents: replaced(documents, {
      put: async (company, write) => {
        all.add(company);
        const owner = await first(all, async (each) => (await documents.get(each, write.collection, write.id)) && each);
        return documents.put(owner ?? company, write);
      },
    }),
  })),
  ignoring('documents.delete', ({ real: { documents } }, all) => ({
    documents: replaced(documents, {
      delete: async (_, collection, id) =>
        (await Promise.all([...all].map((company) => documents.delete(company, collection, id)))).includes(true),
    }),
  })),

  broken('has a method of its own for rows of all companies', noOthers, ({ real, raw }) =>
    replaced(real, { everyCustomer: () => raw.prepare('SELECT * FROM customers').all() } as Partial<Storage>),
  ),
  broken('has a method of its own for documents of all companies', noOthers, ({ real, raw }) =>
    replaced(real, {
      documents: replaced(real.documents, {
        search: () => raw.prepare('SELECT * FROM documents').all(),
      } as Partial<Storage['documents']>),
    }),
  ),
  broken('lets its maintenance look into companies', noOthers, ({ real, raw }) =>
    replaced(real, {
      maintenance: replaced(real.maintenance, {
        customersOf: (company: string) =>
          raw.prepare('SELECT * FROM customers WHERE company_id = ?').all(stored(company)),
      } as Partial<Storage['maintenance']>),
    }),
  ),
];
