import type { BookingWrite } from '../contracts/bookingWrite.ts';
import type { Storage } from '../contracts/storage.ts';
import type { Company } from '../model/company.ts';
import type { Customer } from '../model/customer.ts';
import type { CustomerId } from '../model/ids.ts';
import type { Refused } from '../refusals.ts';
import { resolveCustomer, type Resolved } from './customers.ts';
import type { CustomerInput } from './requests.ts';

type Reads = Pick<Storage, 'customer' | 'customerByPhone'>;

/** The customers of several appointments: each is read once, and one who is new in several of them is made once. */
export class BatchCustomers {
  readonly #storage: Reads;
  readonly #company: Company;
  readonly #newId: () => string;
  /** Those who were found in the storage. */
  readonly #found = new Set<CustomerId>();
  /** As they will be stored. */
  readonly #written = new Map<CustomerId, Customer>();
  readonly #byId = new Map<string, Promise<Customer | undefined>>();
  readonly #byPhone = new Map<string, Promise<Customer | undefined>>();

  constructor(storage: Reads, company: Company, newId: () => string) {
    this.#storage = storage;
    this.#company = company;
    this.#newId = newId;
  }

  /** Who an appointment is for. Call it in the order of the appointments: what a later one says of a customer counts. */
  async resolve(input: CustomerInput | undefined): Promise<Resolved | Refused<'INPUT_INVALID' | 'CUSTOMER_UNKNOWN'>> {
    const reads: Reads = {
      customer: async (company, id) =>
        this.#written.get(id) ?? once(this.#byId, id, () => this.#find(() => this.#storage.customer(company, id))),
      customerByPhone: async (company, phone) => {
        for (const customer of this.#written.values()) if (customer.phone === phone) return customer;
        return once(this.#byPhone, phone, () => this.#find(() => this.#storage.customerByPhone(company, phone)));
      },
    };
    const resolved = await resolveCustomer(reads, this.#company, input, this.#newId);
    if (resolved.ok) for (const customer of resolved.write ?? []) this.#written.set(customer.id, customer);
    return resolved;
  }

  /** What a write of appointments for these customers says of them. */
  written(ids: ReadonlySet<CustomerId | null>): Pick<BookingWrite, 'requireCustomers' | 'customers'> {
    return {
      requireCustomers: [...this.#found].filter((id) => ids.has(id)),
      customers: [...this.#written.values()].filter(({ id }) => ids.has(id)),
    };
  }

  async #find(read: () => Promise<Customer | undefined>): Promise<Customer | undefined> {
    const customer = await read();
    if (customer !== undefined) this.#found.add(customer.id);
    return customer;
  }
}

function once<T>(known: Map<string, Promise<T>>, key: string, read: () => Promise<T>): Promise<T> {
  let reading = known.get(key);
  if (reading === undefined) known.set(key, (reading = read()));
  return reading;
}
