import { createHash } from 'node:crypto';
import type { Contact, WaitingCustomer } from './entry.ts';

type Kind = 'customer' | 'phone' | 'email';

/**
 * One way to know somebody, hashed: the line is read far more often than it has to know whom it holds, and needs only to
 * see that two are the same.
 */
export const whoBy = (kind: Kind, value: string): string => {
  const known = kind === 'email' ? value.toLowerCase() : value;
  return `${kind}:${createHash('sha256').update(known).digest('base64url')}`;
};

/** Every way to know who waits: a second number or address by which he wants to be told is one of his as well. */
export function whoOf(customer: WaitingCustomer, contact: Contact): readonly string[] {
  const ways = new Set<string>();
  if (customer.id !== null) ways.add(whoBy('customer', customer.id));
  for (const phone of [customer.phone, contact.phone]) if (phone !== null) ways.add(whoBy('phone', phone));
  for (const email of [customer.email, contact.email]) if (email !== null) ways.add(whoBy('email', email));
  return [...ways];
}

/** The index under which entries of somebody are found, and its value. */
export function whoIndex(who: string): readonly [name: string, value: string] {
  const at = who.indexOf(':');
  return [who.slice(0, at), who.slice(at + 1)];
}
