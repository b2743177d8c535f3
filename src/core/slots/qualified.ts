import type { SlotResource } from './question.ts';
import type { CompiledSegment } from './service.ts';

/** Whether one of several resources may serve a segment: it has the skills, and is eligible where that is restricted. */
export function qualifiedFor(
  segment: CompiledSegment,
  resource: SlotResource,
  resources: readonly SlotResource[],
): boolean {
  return missingSkills(segment, resource).length === 0 && isEligible(segment, resource, resources);
}

const NONE: readonly string[] = [];

/** What a segment asks of a resource that it cannot do. */
export function missingSkills(
  { skills }: CompiledSegment,
  { kind, skills: own = NONE }: Pick<SlotResource, 'kind' | 'skills'>,
): readonly string[] {
  const asked = isList(skills) ? skills : Object.hasOwn(skills, kind) ? (skills[kind] ?? NONE) : NONE;
  return asked.length === 0 ? asked : asked.filter((skill) => !own.includes(skill));
}

const isList = (skills: CompiledSegment['skills']): skills is readonly string[] => Array.isArray(skills);

/** Whether one of several resources is among those that may serve a segment. */
export function isEligible(
  { assign, eligible }: CompiledSegment,
  { id, kind }: SlotResource,
  resources: readonly SlotResource[],
): boolean {
  if (eligible === undefined || eligible.has(id)) return true;
  // With kinds, a kind of which nobody is named is not restricted.
  return typeof assign === 'object' && !resources.some((other) => other.kind === kind && eligible.has(other.id));
}
