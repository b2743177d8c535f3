import {
  callerNumber,
  DAY_MS,
  FieldErrors,
  isAnonymous,
  readInstant,
  refuse,
  type CompanyDoor,
  type CustomerId,
  type InstantInput,
  type Refused,
  type Weekday,
} from '../../plugin.ts';
import type { JoinOptions, SlotWish, WindowWish } from './contract.ts';
import type { Contact, WaitingCustomer, WaitlistWish } from './entry.ts';
import { partsOfDay } from './partOfDay.ts';

const MAX_WINDOW_DAYS = 62;
const MAX_PARTY = 1_000;
const weekdays: readonly Weekday[] = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'];
const mailForm = /^[^\s@]+@[^\s@]+$/;

/** What somebody waits for, and who he is. */
export interface Joining {
  readonly wish: WaitlistWish;
  readonly customer: WaitingCustomer;
  readonly contact: Contact;
}

type Time = Pick<WaitlistWish, 'isExact' | 'fromMs' | 'toMs' | 'weekdays' | 'partOfDay'>;

/** Reads who wants to wait for what; a refusal names every field that is wrong. */
export async function readJoin(
  door: CompanyDoor,
  asked: SlotWish | WindowWish,
  options: JoinOptions,
  nowMs: number,
): Promise<({ readonly ok: true } & Joining) | Refused> {
  const errors = new FieldErrors();
  const time = readTime(asked, nowMs, errors);
  const customer = await readCustomer(door, options, errors);
  if (!customer.ok) return customer;
  const contact = readContact(options.contact ?? {}, customer.customer, door.company.country, errors);
  const { partySize = 1 } = options;
  const isParty = Number.isInteger(partySize) && partySize >= 1 && partySize <= MAX_PARTY;
  errors
    .require(isParty, 'partySize', `must be a whole number from 1 to ${MAX_PARTY}`)
    .text(options.notes, 'notes', 1_000)
    .text(options.callId, 'callId', 128, 1)
    .text(options.idempotencyKey, 'idempotencyKey', 255, 1);
  const wrong = errors.refusal();
  if (wrong !== undefined) return wrong;
  const [services, branches, resources] = await Promise.all([door.services(), door.branches(), door.resources()]);
  const service = named(services, asked.service);
  if (service === undefined) return refuse('SERVICE_UNKNOWN', { service: asked.service });
  const branch = asked.branch === undefined ? null : named(branches, asked.branch);
  if (branch === undefined) return refuse('BRANCH_UNKNOWN', { branch: String(asked.branch) });
  const resource = asked.resource === undefined ? null : named(resources, asked.resource);
  if (resource === undefined) return refuse('RESOURCE_UNKNOWN', { resource: String(asked.resource) });
  const whom = { serviceId: service.id, branchId: branch?.id ?? null, resourceId: resource?.id ?? null };
  return { ok: true, wish: { ...whom, ...time, partySize }, customer: customer.customer, contact };
}

function readTime(asked: SlotWish | WindowWish, nowMs: number, errors: FieldErrors): Time {
  const instant = (input: InstantInput, path: string): number => {
    const ms = readInstant(input, path);
    if (typeof ms === 'number') return ms;
    errors.require(false, ms.path, ms.message);
    return nowMs + 1;
  };
  if ('start' in asked && asked.start !== undefined) {
    for (const field of ['from', 'to', 'weekdays', 'partOfDay'])
      errors.require(!(field in asked), field, 'must be left out beside start');
    const startMs = instant(asked.start, 'start');
    errors.require(startMs > nowMs, 'start', 'must lie ahead');
    return { isExact: true, fromMs: startMs, toMs: startMs + 1, weekdays: null, partOfDay: null };
  }
  const { from, to, weekdays: days, partOfDay = null } = asked as WindowWish;
  errors.require(to !== undefined, 'to', 'must be given, or else start');
  const fromMs = from === undefined ? nowMs : instant(from, 'from');
  const toMs = to === undefined ? fromMs + 1 : instant(to, 'to');
  errors.require(toMs > nowMs, 'to', 'must lie ahead');
  errors.require(toMs > fromMs, 'to', 'must be after from');
  errors.require(toMs - fromMs <= MAX_WINDOW_DAYS * DAY_MS, 'to', `must be at most ${MAX_WINDOW_DAYS} days after from`);
  const areDays = days === undefined || (Array.isArray(days) && days.length > 0 && days.every(isWeekday));
  errors.require(areDays, 'weekdays', `must be one or more of ${weekdays.join(', ')}`);
  const parts = Object.keys(partsOfDay);
  errors.require(partOfDay === null || parts.includes(partOfDay), 'partOfDay', `must be one of ${parts.join(', ')}`);
  return { isExact: false, fromMs, toMs, weekdays: areDays ? (days ?? null) : null, partOfDay };
}

const isWeekday = (day: unknown): boolean => weekdays.some((each) => each === day);

async function readCustomer(
  door: CompanyDoor,
  { customer: input = {} }: JoinOptions,
  errors: FieldErrors,
): Promise<{ readonly ok: true; readonly customer: WaitingCustomer } | Refused> {
  errors
    .text(input.name, 'customer.name', 200)
    .text(input.email, 'customer.email', 254)
    .text(input.locale, 'customer.locale', 35);
  errors.require(
    input.email === undefined || mailForm.test(input.email),
    'customer.email',
    'must be an e-mail address',
  );
  const given: WaitingCustomer = {
    id: null,
    phone: readPhone(input.phone, 'customer.phone', door.company.country, errors),
    name: input.name ?? null,
    email: input.email ?? null,
    locale: input.locale ?? null,
  };
  if (input.id === undefined) return { ok: true, customer: given };
  const known = await door.getCustomer(input.id as CustomerId);
  if (!known.ok) return known;
  const { id, phone, email } = known.customer;
  return { ok: true, customer: { ...given, id, phone: given.phone ?? phone, email: given.email ?? email } };
}

function readContact(
  given: Partial<Contact>,
  customer: WaitingCustomer,
  country: string,
  errors: FieldErrors,
): Contact {
  const mail = given.email ?? undefined;
  errors.text(mail, 'contact.email', 254);
  errors.require(mail === undefined || mailForm.test(mail), 'contact.email', 'must be an e-mail address');
  const phone = readPhone(given.phone ?? undefined, 'contact.phone', country, errors) ?? customer.phone;
  const email = mail ?? customer.email;
  errors.require(
    phone !== null || email !== null,
    'contact',
    'must have a phone number or an e-mail address, or else nobody can tell him',
  );
  return { phone, email };
}

/** E.164; null for what stands for a withheld number. */
function readPhone(text: string | undefined, path: string, country: string, errors: FieldErrors): string | null {
  if (text === undefined || text === '') return null;
  if (typeof text !== 'string' || text.length > 256) {
    errors.require(false, path, NO_NUMBER);
    return null;
  }
  const number = callerNumber(text, country);
  errors.require(number !== undefined || isAnonymous(text), path, NO_NUMBER);
  return number ?? null;
}

const NO_NUMBER = 'must be a phone number, best in E.164 like +49301234567';

function named<T extends { readonly id: string; readonly key: string }>(
  entities: readonly T[],
  keyOrId: string,
): T | undefined {
  return entities.find(({ id }) => id === keyOrId) ?? entities.find(({ key }) => key === keyOrId);
}
