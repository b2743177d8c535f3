import type { VisitTerms } from '../model/visit.ts';
import type { FieldError } from '../refusals.ts';
import { FEWEST_SERVICES, LISTS, MOST_SLACK } from '../slots/case/maxima.ts';
import type { WishInput } from './query.ts';
import type { Wish } from './wish.ts';

/** The most people one booking is for: a service has no more seats. */
const MAX_PARTY = 1000;

/** The most who can be preferred. */
const MAX_PREFERRED = 50;

/** Judges who and what is asked for, and notes what is wrong about it. Whether there is any of it the catalog knows. */
export function readWish(input: WishInput, errors: FieldError[]): Wish {
  const { branch, resource, partySize, prefer } = input;
  const wish = { ...readWhat(input, errors), branch, resource };
  if (partySize === undefined && prefer === undefined) return wish;
  if (partySize !== undefined && !(Number.isInteger(partySize) && partySize >= 1 && partySize <= MAX_PARTY))
    errors.push({ path: 'partySize', message: `must be a whole number from 1 to ${MAX_PARTY}` });
  if (prefer !== undefined && !isListOfNames(prefer, 1, MAX_PREFERRED))
    errors.push({ path: 'prefer', message: `must be a list of 1 to ${MAX_PREFERRED} keys or ids` });
  return { ...wish, partySize, prefer };
}

/** One service, or the services of a visit. */
function readWhat(input: WishInput, errors: FieldError[]): Pick<Wish, 'service' | 'visit'> {
  const { service, services, order, maxWaitMinutes } = input;
  if (services === undefined) {
    if (typeof service !== 'string') errors.push({ path: 'service', message: 'must be given, or else services' });
    for (const [path, value] of Object.entries({ order, maxWaitMinutes }))
      if (value !== undefined) errors.push({ path, message: 'belongs to services' });
    return { service: service ?? '' };
  }
  if (service !== undefined) errors.push({ path: 'service', message: 'must be left out beside services' });
  if (!isListOfNames(services, FEWEST_SERVICES, LISTS.services)) {
    errors.push({ path: 'services', message: `must be a list of ${FEWEST_SERVICES} to ${LISTS.services} keys or ids` });
    return { service: '' };
  }
  const visit: VisitTerms = { services, order: order ?? 'given', maxWaitMinutes: maxWaitMinutes ?? 0 };
  if (visit.order !== 'given' && visit.order !== 'any') errors.push({ path: 'order', message: 'must be given or any' });
  const waitMinutes = visit.maxWaitMinutes;
  if (!(Number.isInteger(waitMinutes) && waitMinutes >= 0 && waitMinutes <= MOST_SLACK))
    errors.push({ path: 'maxWaitMinutes', message: `must be a whole number from 0 to ${MOST_SLACK}` });
  return { service: services[0] ?? '', visit };
}

// A program without types may pass anything.
const isListOfNames = (value: unknown, least: number, most: number): boolean =>
  Array.isArray(value) &&
  value.length >= least &&
  value.length <= most &&
  value.every((each) => typeof each === 'string');
