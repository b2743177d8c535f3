import { compileVisit, type VisitedService } from '../visit.ts';
import { CHOICES, readBookingRules, RULE_FIELDS } from './bookingRules.ts';
import { describe, present, readFields, readList, refuse, within, type Reading } from './fields.ts';
import { refuseKeeping } from './keeping.ts';
import { FEWEST_SERVICES, LISTS, MOST_SLACK, NUMBERS } from './maxima.ts';
import type { KindsById } from './ownLengths.ts';
import type { ReadService } from './parseService.ts';
import type { PlacedSegment } from './segments.ts';
import { CONTENT_FIELDS, readContent, type ServiceContent } from './serviceContent.ts';
import { readChoice, readText, readWhole } from './values.ts';
import { longestOf, slackOf } from './wholeLength.ts';

/** The fields of a visit. */
export const VISIT_FIELDS = ['services', 'order', 'maxWaitMinutes', ...RULE_FIELDS] as const;
/** The fields of one of its services. */
export const VISITED_FIELDS = ['id', ...CONTENT_FIELDS] as const;

/** Reads several services in one appointment. */
export function readVisit(reading: Reading, value: unknown, path: string, kinds: KindsById): ReadService | undefined {
  const fields = readFields(reading, value, path, VISIT_FIELDS);
  if (fields === undefined) return undefined;
  const read = readServices(reading, fields.get('services'), within(path, 'services'), kinds);
  const order = readChoice(reading, fields.get('order'), within(path, 'order'), CHOICES.order);
  const waitPath = within(path, 'maxWaitMinutes');
  const waits = { least: 0, most: MOST_SLACK, fallback: 0 };
  const maxWaitMinutes = readWhole(reading, fields.get('maxWaitMinutes'), waitPath, waits) ?? 0;
  const { rules, needsNow } = readBookingRules(reading, fields, path);
  const segments = read.flatMap((service) => service.segments);
  refuseKeeping(reading, rules.keep, segments);
  refuseWhole(reading, path, segments, maxWaitMinutes * (read.length - 1));
  if (reading.errors.length > 0) return undefined;
  const services = read.map(({ id, content }): VisitedService => ({ id, ...content }));
  const service = compileVisit({ services, maxWaitMinutes, ...rules, ...present({ order }) });
  return { service, needsNow, printsSegments: true };
}

type Visited = ServiceContent & { readonly id: string };

function readServices(reading: Reading, value: unknown, path: string, kinds: KindsById): readonly Visited[] {
  const list = readList(reading, value, path, { least: 0, most: LISTS.services });
  if (Array.isArray(value) && list.length < FEWEST_SERVICES && value.length <= LISTS.services) {
    refuse(reading, path, `must have ${FEWEST_SERVICES} to ${LISTS.services} elements; one alone is a service`);
  }
  const seen = new Set<string>();
  let first: PlacedSegment | undefined;
  return list.flatMap((entry, index) => {
    const here = `${path}[${index}]`;
    const fields = readFields(reading, entry, here, [...VISITED_FIELDS, ...RULE_FIELDS, 'seats']);
    if (fields === undefined) return [];
    for (const name of RULE_FIELDS) if (fields.has(name)) refuse(reading, within(here, name), 'belongs to the visit');
    if (fields.has('seats'))
      refuse(reading, within(here, 'seats'), 'must be left out: a visit is not held in sessions');
    const id = readText(reading, fields.get('id'), within(here, 'id'));
    if (id !== undefined && seen.has(id)) refuse(reading, within(here, 'id'), `names ${describe(id)} a second time`);
    seen.add(id ?? '');
    const read = readContent(reading, fields, here, kinds);
    if (read === undefined) return [];
    for (const segment of read.segments) refuseAssign(reading, segment, (first ??= segment));
    return id === undefined ? [] : [{ id, ...read }];
  });
}

function refuseAssign(reading: Reading, { serving, assignPath }: PlacedSegment, first: PlacedSegment): void {
  if (serving.assign === 'all') refuse(reading, assignPath, 'must be any, or a number for each kind, in a visit');
  else if (typeof serving.assign !== typeof first.serving.assign) {
    const wanted = typeof first.serving.assign === 'object' ? 'a number for each kind' : 'any';
    refuse(reading, assignPath, `must be ${wanted} as in ${first.path}`);
  }
}

function refuseWhole(reading: Reading, path: string, segments: readonly PlacedSegment[], waitMinutes: number): void {
  if (segments.length > LISTS.segments) {
    refuse(reading, path, `has ${segments.length} segments in all; at most ${LISTS.segments} are allowed`);
  }
  const slack = slackOf(segments) + waitMinutes;
  if (slack > MOST_SLACK) {
    refuse(reading, path, `has gaps and waits that differ by ${slack} minutes in all; at most ${MOST_SLACK}`);
  }
  const longest = longestOf(segments);
  if (longest > NUMBERS.duration.most) {
    refuse(reading, path, `lasts ${longest} minutes in all; at most ${NUMBERS.duration.most} are allowed`);
  }
}
