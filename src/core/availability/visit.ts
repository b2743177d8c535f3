import { LRUCache } from 'lru-cache';
import type { Keep } from '../model/composition.ts';
import type { ServiceId } from '../model/ids.ts';
import type { Service } from '../model/service.ts';
import type { VisitTerms } from '../model/visit.ts';
import { refuse, type FieldError, type Refused } from '../refusals.ts';
import { countCombinations } from '../slots/case/combinations.ts';
import { LISTS, MOST_SLACK, NUMBERS } from '../slots/case/maxima.ts';
import type { SlotResource } from '../slots/question.ts';
import type { BookingRules, CompiledService } from '../slots/service.ts';
import { MOST_VARIANTS } from '../slots/variant.ts';
import { compileVisit } from '../slots/visit.ts';
import { MINUTE_MS } from '../time/localDate.ts';
import { longestMs, withTerms, type Bookable, type Catalog, type Offering } from './catalog.ts';
import { rulesOf } from './serviceRules.ts';

/** Several services as one offering, or why they cannot be had together. */
export type VisitAnswer = Offering | Refused<'SERVICE_UNKNOWN' | 'RESOURCE_NOT_QUALIFIED' | 'INPUT_INVALID'>;

/** How many visits of one configuration stay prepared. */
const MOST_PREPARED = 200;

const prepared = new WeakMap<Catalog, LRUCache<string, Offering>>();

/** Prepares a visit once for each configuration; what it cannot be made of is refused by field. */
export function visitOf(catalog: Catalog, terms: VisitTerms): VisitAnswer {
  const key = [terms.services.length, terms.order, terms.maxWaitMinutes, ...terms.services].join('\n');
  let known = prepared.get(catalog);
  const earlier = known?.get(key);
  if (earlier !== undefined) return earlier;
  const made = prepare(catalog, terms);
  if ('ok' in made) return made;
  if (known === undefined) prepared.set(catalog, (known = new LRUCache({ max: MOST_PREPARED })));
  known.set(key, made);
  return made;
}

function prepare(catalog: Catalog, terms: VisitTerms): VisitAnswer {
  const offerings: Offering[] = [];
  for (const service of terms.services) {
    const offering = catalog.offering(service);
    if (offering === undefined) return refuse('SERVICE_UNKNOWN', { service });
    if (offering.bookables.length === 0)
      return refuse('RESOURCE_NOT_QUALIFIED', { resource: 'anyone', service: offering.service.key });
    offerings.push(offering);
  }
  const rules = togetherRules(offerings, catalog);
  const errors = [...visitedErrors(offerings, rules), ...wholeErrors(offerings, terms, catalog)];
  if (errors.length > 0) return refuse('INPUT_INVALID', { errors });
  const services = offerings.map(({ service, bookables }) => {
    const eligible = bookables.map(({ resource }) => resource.id);
    return { ...rulesOf(service, catalog.config), id: service.id, eligible };
  });
  const { order, maxWaitMinutes } = terms;
  const compiled = compileVisit({ services, order, maxWaitMinutes, ...rules });
  const ids = offerings.map(({ service }) => service.id);
  const bookables = doersOf(offerings, compiled, catalog);
  const combinations = countCombinations(compiled, bookables.map(asSlotResource));
  if (combinations > MOST_VARIANTS) {
    const message = `would be done in ${combinations} orders and lengths; at most ${MOST_VARIANTS} can be tried: give an order, or fewer services`;
    return refuse('INPUT_INVALID', { errors: [{ path: 'services', message }] });
  }
  const [first] = offerings;
  if (first === undefined) return refuse('SERVICE_UNKNOWN', { service: '' });
  return {
    service: first.service,
    compiled,
    longestMs: longestMs(compiled),
    beforeMs: Math.max(...offerings.map((each) => each.beforeMs)),
    afterMs: Math.max(...offerings.map((each) => each.afterMs)),
    bookables,
    isLimited: offerings.some(({ isLimited }) => isLimited),
    visit: { terms: { services: ids, order, maxWaitMinutes }, services: offerings.map((each) => each.service), rules },
  };
}

const STRICTNESS: readonly Keep[] = ['free', 'preferred', 'required'];

/**
 * The rules of the whole: steps, grid and who serves when several could are those of the service named first, all else is
 * the strictest. Whoever serves one part of a service has nothing to keep, so only services of several parts say who stays;
 * where there are none the same ones serve if they can.
 */
function togetherRules(offerings: readonly Offering[], { config }: Catalog): BookingRules {
  const all = offerings.map(({ service }) => rulesOf(service, config));
  const keeps = offerings.flatMap(({ service: { composition } }) =>
    composition.segments.length > 1 ? [composition.keep] : [],
  );
  const [first] = all;
  const least = (pick: (rules: BookingRules) => number | undefined): number =>
    Math.min(...all.map((rules) => pick(rules) ?? Infinity));
  const horizonDays = least((rules) => rules.horizonDays);
  const horizonDay = least((rules) => rules.horizonDay);
  return {
    stepMinutes: first?.stepMinutes ?? 1,
    ...(first?.grid === undefined ? {} : { grid: first.grid }),
    ...(first?.assignBy === undefined ? {} : { assignBy: first.assignBy }),
    keep: STRICTNESS[Math.max(...keeps.map((keep) => STRICTNESS.indexOf(keep)))] ?? 'preferred',
    buffersWithinHours: all.some(({ buffersWithinHours }) => buffersWithinHours),
    noticeMinutes: Math.max(...all.map(({ noticeMinutes = 0 }) => noticeMinutes)),
    ...(horizonDays === Infinity ? {} : { horizonDays }),
    ...(horizonDay === Infinity ? {} : { horizonDay }),
  };
}

/** What single services cannot be in a visit. */
function visitedErrors(offerings: readonly Offering[], { keep }: BookingRules): readonly FieldError[] {
  const [first] = offerings;
  const isByKind = ({ compiled }: Offering): boolean => typeof compiled.assign === 'object';
  const needed = new Map<string, { readonly count: number; readonly of: string }>();
  return offerings.flatMap(({ service, compiled, ...rest }, index): readonly FieldError[] => {
    const fault = (message: string): readonly FieldError[] => [{ path: `services[${index}]`, message }];
    const { key, seats } = service;
    if (offerings.findIndex((other) => other.service === service) < index) return fault(`names ${key} a second time`);
    if (seats > 1) return fault(`${key} is held in group sessions and must be booked by itself`);
    if (compiled.assign === 'all') return fault(`${key} needs everybody who does it and must be booked by itself`);
    if (first !== undefined && isByKind(first) !== isByKind({ service, compiled, ...rest })) {
      const [one, other] = isByKind(first) ? ['needs', 'does not'] : ['does not need', 'does'];
      return fault(
        `${first.service.key} ${one} so many of each kind and ${key} ${other}: all services of a visit must, or none`,
      );
    }
    if (keep !== 'required') return [];
    return compiled.segments.flatMap(({ assign }) =>
      Object.entries(typeof assign === 'object' ? assign : {}).flatMap(([kind, count]) => {
        const before = needed.get(kind);
        if (before === undefined) needed.set(kind, { count, of: key });
        if (before === undefined || before.count === count) return [];
        return fault(`${key} needs ${count} ${kind} and ${before.of} ${before.count}: who has to stay must be as many`);
      }),
    );
  });
}

/** What is wrong with the whole. */
function wholeErrors(offerings: readonly Offering[], terms: VisitTerms, { grainMs }: Catalog): readonly FieldError[] {
  const { maxWaitMinutes } = terms;
  const grain = grainMs / MINUTE_MS;
  const errors: FieldError[] = [];
  const compiled = offerings.map((offering) => offering.compiled);
  const sum = (of: (service: CompiledService) => number): number =>
    compiled.reduce((total, each) => total + of(each), 0);
  if (maxWaitMinutes % grain !== 0)
    errors.push({ path: 'maxWaitMinutes', message: `must be a multiple of the grain, ${grain} minutes` });
  const slack =
    sum(({ maxSpanMs, spanMs }) => (maxSpanMs - spanMs) / MINUTE_MS) + maxWaitMinutes * (offerings.length - 1);
  if (slack > MOST_SLACK)
    errors.push({
      path: 'maxWaitMinutes',
      message: `makes waits and gaps that differ by ${slack} minutes in all; at most ${MOST_SLACK} are allowed`,
    });
  const parts = sum(({ segments }) => segments.length);
  if (parts > LISTS.segments)
    errors.push({ path: 'services', message: `have ${parts} parts in all; at most ${LISTS.segments} are allowed` });
  const longest = sum(longestMs) / MINUTE_MS;
  if (longest > NUMBERS.duration.most)
    errors.push({ path: 'services', message: `last ${longest} minutes; at most ${NUMBERS.duration.most} are allowed` });
  return errors;
}

/** Whoever does one of the services, those of the first coming first. */
function doersOf(offerings: readonly Offering[], compiled: CompiledService, catalog: Catalog): readonly Bookable[] {
  const ids = new Set(offerings.flatMap(({ bookables }) => bookables.map(({ resource }) => resource.id)));
  const parts = offerings.map(({ service }) => ({ serviceId: service.id }));
  return [...ids].flatMap((id) => {
    const known = catalog.bookable(id);
    const [first] = parts;
    return known === undefined || first === undefined
      ? []
      : withTerms(known, catalog.policies, { ...first, parts }, compiled);
  });
}

const asSlotResource = ({ resource: { id, kind, skills }, schedule }: Bookable): SlotResource => ({
  id,
  kind,
  skills,
  schedule,
  busy: NO_BUSY,
});

const NO_BUSY = new Float64Array(0);

/** The buffers of what is done: of a visit those of the services done first and last. */
export function buffersOf(
  { compiled, visit }: Offering,
  parts: readonly { readonly service?: string }[],
): Pick<CompiledService, 'bufferBeforeMs' | 'bufferAfterMs'> {
  if (visit === undefined) return compiled;
  const of = (id: string | undefined): Service | undefined => visit.services.find((service) => service.id === id);
  return {
    bufferBeforeMs: (of(parts[0]?.service)?.bufferBeforeMinutes ?? 0) * MINUTE_MS,
    bufferAfterMs: (of(parts.at(-1)?.service)?.bufferAfterMinutes ?? 0) * MINUTE_MS,
  };
}

/** What is asked for again: the services of what was booked in the order in which they are done, if there are several. */
export function bookedVisit(
  parts: readonly { readonly serviceId: ServiceId; readonly startMs: number; readonly endMs: number }[],
): VisitTerms<ServiceId> | undefined {
  const services = [...new Set(parts.map(({ serviceId }) => serviceId))];
  if (services.length < 2) return undefined;
  const waits = parts.map((part, index) => {
    const next = parts[index + 1];
    return next === undefined || next.serviceId === part.serviceId ? 0 : (next.startMs - part.endMs) / MINUTE_MS;
  });
  return { services, order: 'given', maxWaitMinutes: Math.max(...waits) };
}
