import type { Storage } from '../contracts/storage.ts';
import type { Company } from '../model/company.ts';
import type { Customer } from '../model/customer.ts';
import type { CustomerId } from '../model/ids.ts';
import { isStorableText, UNSTORABLE } from '../model/storableText.ts';
import { isAnonymous } from '../phone/anonymous.ts';
import { toE164 } from '../phone/e164.ts';
import { refuse, type FieldError, type Refused } from '../refusals.ts';
import type { CustomerInput } from './requests.ts';

/** Who an appointment is for. */
export interface Resolved {
  readonly ok: true;
  readonly customerId: CustomerId | null;
  /** How often he did not come. */
  readonly noShows: number;
  /** Whom the booking finds and does not make: he has to be there when it is written. */
  readonly known: readonly CustomerId[] | undefined;
  /** To be written; undefined when nothing changes. */
  readonly write: readonly Customer[] | undefined;
}

const NOBODY: Resolved = { ok: true, customerId: null, noShows: 0, known: undefined, write: undefined };

const lengths = { name: 200, email: 254, locale: 35 } as const;

/**
 * Finds or makes the customer of a booking. Known by id, else by phone number within the company; without a phone number a
 * name makes a new customer, and nothing at all makes none: anonymous callers book like anyone else.
 */
export async function resolveCustomer(
  storage: Pick<Storage, 'customer' | 'customerByPhone'>,
  company: Company,
  input: CustomerInput | undefined,
  newId: () => string,
): Promise<Resolved | Refused<'INPUT_INVALID' | 'CUSTOMER_UNKNOWN'>> {
  if (input === undefined) return NOBODY;
  const errors: FieldError[] = [];
  const text = (field: keyof typeof lengths): string | null => {
    const value = input[field]?.trim();
    if (value === undefined || value === '') return null;
    if (value.length > lengths[field])
      errors.push({ path: `customer.${field}`, message: `must have at most ${lengths[field]} characters` });
    if (!isStorableText(value)) errors.push({ path: `customer.${field}`, message: UNSTORABLE });
    return value;
  };
  const name = text('name');
  const email = text('email');
  const locale = text('locale');
  if (email !== null && !/^[^\s@]+@[^\s@]+$/.test(email))
    errors.push({ path: 'customer.email', message: 'must be an e-mail address' });
  const anonymous = input.phone === undefined || isAnonymous(input.phone);
  const phone = anonymous ? null : (toE164(input.phone ?? '', company.country) ?? null);
  if (!anonymous && phone === null)
    errors.push({ path: 'customer.phone', message: 'must be a phone number, best in E.164 like +49301234567' });
  if (errors.length > 0) return refuse('INPUT_INVALID', { errors });

  let known: Customer | undefined;
  if (input.id !== undefined) {
    known = await storage.customer(company.id, input.id);
    if (known === undefined) return refuse('CUSTOMER_UNKNOWN', {});
    if (phone !== null && known.phone !== phone) {
      const owner = await storage.customerByPhone(company.id, phone);
      if (known.phone !== null || owner !== undefined)
        return refuse('INPUT_INVALID', {
          errors: [{ path: 'customer.phone', message: 'is not the number of this customer' }],
        });
    }
  } else if (phone !== null) known = await storage.customerByPhone(company.id, phone);
  if (known === undefined) {
    if (phone === null && name === null && email === null) return NOBODY;
    const id = newId() as CustomerId;
    const made = { id, companyId: company.id, phone, name, email, locale, noShows: 0 };
    return { ok: true, customerId: id, noShows: 0, known: undefined, write: [made] };
  }
  const next: Customer = {
    ...known,
    phone: known.phone ?? phone,
    name: input.fillOnly === true ? (known.name ?? name) : (name ?? known.name),
    email: input.fillOnly === true ? (known.email ?? email) : (email ?? known.email),
    locale: input.fillOnly === true ? (known.locale ?? locale) : (locale ?? known.locale),
  };
  const changed =
    next.phone !== known.phone ||
    next.name !== known.name ||
    next.email !== known.email ||
    next.locale !== known.locale;
  const write = changed ? [next] : undefined;
  return { ok: true, customerId: known.id, noShows: known.noShows, known: [known.id], write };
}
