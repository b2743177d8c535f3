import type { CaseSegment, CaseService } from './caseFile.ts';
import type { MinuteCalendar } from './minuteCalendar.ts';

/** Whether the resource has the skills for a segment and is among those who may serve it, whatever its time. */
export function mayServe(
  calendar: MinuteCalendar,
  service: CaseService,
  segment: CaseSegment,
  all: readonly MinuteCalendar[],
): boolean {
  return hasSkills(calendar, service, segment) && isEligible(calendar, service, segment, all);
}

function hasSkills({ resource, kind }: MinuteCalendar, service: CaseService, segment: CaseSegment): boolean {
  const asked = segment.skills ?? service.skills ?? [];
  const needed = isList(asked) ? asked : (asked[kind] ?? []);
  return needed.every((skill) => resource.skills?.includes(skill) === true);
}

/** With kinds, a kind of which nobody is named is not restricted. */
function isEligible(
  { resource, kind }: MinuteCalendar,
  service: CaseService,
  segment: CaseSegment,
  all: readonly MinuteCalendar[],
): boolean {
  const named = segment.eligible ?? service.eligible;
  if (named === undefined || named.includes(resource.id)) return true;
  const byKind = typeof (segment.assign ?? service.assign ?? 'any') !== 'string';
  return byKind && !all.some((other) => other.kind === kind && named.includes(other.resource.id));
}

function isList<Item>(value: readonly Item[] | object): value is readonly Item[] {
  return Array.isArray(value);
}
