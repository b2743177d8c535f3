import type { CaseAssign, CaseSegment, CaseService, CaseServing, CaseTerms, CaseVisit } from './caseFile.ts';
import { kindOf } from './minuteCalendar.ts';
import type { Random } from './random.ts';
import { assignOf, randomDemands, randomOwnLengths, segmentAssign, type Company } from './randomServing.ts';
import { given } from './randomStage.ts';

/** More choices of lengths and orders than this are refused. */
const MOST_COMBINATIONS = 64;

/** A service on its own; with `seats` all its segments are alike. */
export function randomService(random: Random, company: Company, seats: number | undefined): CaseService {
  const service = seats === undefined ? bareService(random, company, 5) : alike(random, company);
  // With one segment there is nothing to keep, so keeping changes the answer's form alone.
  const isKept = (service.segments?.length ?? 1) > 1 || random.chance(0.25);
  const { keep, ...terms } = randomTerms(random, company);
  const whole = { ...service, ...terms, ...(isKept && keep !== undefined ? { keep } : {}), ...given({ seats }) };
  return withFewestChanges(random, whole, [whole], company);
}

/** Two to four short services in one visit. */
export function randomVisit(random: Random, company: Company): CaseVisit {
  const count = random.pick([2, 2, 2, 2, 3, 3, 4]);
  const services = ['wash', 'cut', 'dye', 'dry']
    .slice(0, count)
    .map((id) => ({ id, ...bareService(random, company, 2) }));
  const order = count > 3 ? 'given' : random.pick([undefined, 'given', 'any', 'any', 'any'] as const);
  const visit: CaseVisit = {
    services,
    ...randomTerms(random, company),
    ...given({ order, maxWaitMinutes: random.pick([undefined, 0, 1, 5, 10, 10, 15, 20]) }),
  };
  const orders = order === 'any' ? ([1, 1, 2, 6][count] ?? 24) : 1;
  const combinations = orders * services.reduce((product, service) => product * combinationsOf(service), 1);
  const possible = combinations <= MOST_COMBINATIONS ? visit : { ...visit, services: services.map(withoutOwnLengths) };
  return withFewestChanges(random, possible, possible.services, company);
}

/** What holds for a whole appointment. */
function randomTerms(random: Random, { keep }: Company): CaseTerms {
  return given({
    keep,
    assignBy: random.chance(0.45)
      ? undefined
      : random.pick(['order', 'priority', 'roundRobin', 'leastRecent', 'mostFree'] as const),
    stepMinutes: random.pick([undefined, 5, 7, 10, 12, 15, 15, 20, 30, 40, 45, 60, 60, 75, 90, 120, 240, 1000]),
    grid: random.pick([undefined, undefined, 'auto', 'midnight', 'window'] as const),
    buffersWithinHours: random.pick([undefined, undefined, undefined, false, true, true]),
  });
}

/** A service without what a visit has for all of its services. */
function bareService(random: Random, company: Company, segmentsOneIn: number): CaseService {
  const isVisit = segmentsOneIn < 3;
  const hasSegments = random.chance(isVisit ? 0.2 : 0.36);
  const lengths = isVisit ? [10, 15, 20, 30, 45] : [5, 10, 15, 20, 25, 30, 30, 45, 50, 60, 60, 75, 90, 120, 300];
  const assign = isVisit && company.form === 'kinds' ? segmentAssign(random, company) : assignOf(random, company);
  const buffers = given({
    bufferBeforeMinutes: random.pick([undefined, undefined, 0, 5, 10, 15, 30]),
    bufferAfterMinutes: random.pick([undefined, undefined, 0, 5, 10, 15, 45]),
  });
  const whole = { ...buffers, ...given({ assign }), ...randomDemands(random, company, 0.15) };
  if (hasSegments) return { ...whole, ...segmented(random, company, assign, isVisit) };
  const durationMinutes = random.pick(lengths);
  return { durationMinutes, ...whole, ...ownLengths(random, company, assign, durationMinutes, 0.2) };
}

/** A service of which every segment is alike but for its length, with fixed gaps. */
function alike(random: Random, company: Company): CaseService {
  const service = bareService(random, { ...company, keep: undefined }, 5);
  if (service.segments === undefined) return service;
  const segments = service.segments.map(({ durationMinutes, gapAfterMinutes: gap, durationMinutesOf }) => ({
    durationMinutes,
    ...given({ gapAfterMinutes: typeof gap === 'object' ? gap.min : gap }),
    ...(company.form === 'kinds' ? {} : given({ durationMinutesOf })),
  }));
  const assign = assignOf(random, company);
  const { assign: _assign, durationMinutes, ...rest } = service;
  return { ...rest, ...given({ assign, durationMinutes: durationMinutes && leastMinutes(segments) }), segments };
}

function segmented(random: Random, company: Company, assign: CaseAssign | undefined, isShort: boolean): CaseService {
  const segments = randomSegments(random, company, assign, isShort ? 2 : random.pick([1, 2, 2, 2, 3, 3, 4]));
  return random.chance(0.5) ? { segments } : { durationMinutes: leastMinutes(segments), segments };
}

function randomSegments(
  random: Random,
  company: Company,
  assign: CaseAssign | undefined,
  count: number,
): CaseSegment[] {
  const ownAssigns = company.form === 'kinds' && random.chance(0.5);
  const ownDemands = company.form !== 'all' || count === 1;
  return Array.from({ length: count }, (_none, index) => {
    const durationMinutes = random.pick([5, 10, 15, 20, 30]);
    const own = ownAssigns && random.chance(0.8) ? segmentAssign(random, company) : undefined;
    const share = count < 4 ? 0.3 : 0;
    return {
      durationMinutes,
      ...given({ assign: own, gapAfterMinutes: index === count - 1 ? undefined : randomGap(random) }),
      ...(ownDemands ? randomDemands(random, company, 0.1) : {}),
      ...ownLengths(random, company, own ?? assign, durationMinutes, share),
    };
  });
}

function randomGap(random: Random): CaseSegment['gapAfterMinutes'] {
  if (random.chance(0.15)) return undefined;
  if (random.chance(0.4)) return random.pick([0, 5, 10, 15, 30]);
  const min = random.pick([0, 0, 5, 10]);
  return { min, max: min + random.pick([0, 3, 5, 10, 15]) };
}

function ownLengths(
  random: Random,
  company: Company,
  assign: CaseAssign | undefined,
  durationMinutes: number,
  share: number,
): Pick<CaseSegment, 'durationMinutesOf'> {
  if (!random.chance(share)) return {};
  return given({ durationMinutesOf: randomOwnLengths(random, company, assign, durationMinutes) });
}

/** By fewest changes where kinds follow one another, and seldom where nobody follows anybody. */
function withFewestChanges<Terms extends CaseTerms>(
  random: Random,
  terms: Terms,
  services: readonly CaseService[],
  company: Company,
): Terms {
  const kinds = new Set(services.flatMap((service) => partsOf(service).flatMap(({ assign }) => kindsOf(assign))));
  if (!random.chance(kinds.size > 1 ? 0.5 : 0.03) || !leadsDecideLengths(services, company)) return terms;
  return { ...terms, assignBy: 'fewestChanges' };
}

/**
 * Whether own lengths are those of the kind that leads: where another kind decides the length, its order depends on the
 * end of the appointment, which depends on its length.
 */
function leadsDecideLengths(services: readonly CaseService[], { resources }: Company): boolean {
  const leading = new Set(services.map((service) => kindsOf(partsOf(service)[0]?.assign)[0]));
  const ids = services.flatMap(partsOf).flatMap(({ durationMinutesOf = {} }) => Object.keys(durationMinutesOf));
  const deciding = new Set(resources.filter(({ id }) => ids.includes(id)).map(kindOf));
  if (deciding.size === 0 || leading.has(undefined)) return true;
  return leading.size === 1 && deciding.size === 1 && [...deciding].every((kind) => leading.has(kind));
}

/** The segments of a service, each with its assign. */
function partsOf(service: CaseService): readonly CaseServing[] {
  const { assign, segments = [service] } = service;
  return segments.map((segment) => ({ ...given({ assign }), ...segment }));
}

function kindsOf(assign: CaseAssign | undefined): readonly string[] {
  return typeof assign === 'object' ? Object.keys(assign) : [];
}

/** At most so many choices of lengths. */
export function combinationsOf(service: CaseService): number {
  const parts = service.segments ?? [service];
  return parts.reduce((product, each) => product * (1 + Object.keys(each.durationMinutesOf ?? {}).length), 1);
}

function withoutOwnLengths({ durationMinutesOf: _own, ...service }: CaseService): CaseService {
  if (service.segments === undefined) return service;
  return { ...service, segments: service.segments.map(({ durationMinutesOf: _each, ...segment }) => segment) };
}

/** The duration of a service of these segments: their sum with the least gaps between them. */
function leastMinutes(segments: readonly CaseSegment[]): number {
  return segments.reduce((sum, { durationMinutes, gapAfterMinutes: gap = 0 }) => {
    return sum + durationMinutes + (typeof gap === 'number' ? gap : gap.min);
  }, 0);
}
