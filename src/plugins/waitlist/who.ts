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

/** Every way to know who waits. */
export function whoOf(customer: WaitingCustomer, contact: Contact): readonly string[] {
  const phone = customer.phone ?? contact.phone;
  const email = customer.email ?? contact.email;
  return [
    ...(customer.id === null ? [] : [whoBy('customer', customer.id)]),
    ...(phone === null ? [] : [whoBy('phone', phone)]),
    ...(email === null ? [] : [whoBy('email', email)]),
  ];
}

/** The index under which entries of somebody are found, and its value. */
export function whoIndex(who: string): readonly [name: string, value: string] {
  const at = who.indexOf(':');
  return [who.slice(0, at), who.slice(at + 1)];
}
