import type { Blocker } from './blocker.ts';
import type { Need } from './need.ts';
import { needsOf } from './needs.ts';
import { partOf, type Part } from './part.ts';
import { isEligible, missingSkills } from './qualified.ts';
import type { SlotQuestion, SlotResource } from './question.ts';

/** What a service asks for, met or not; keeping whoever serves is no condition unless it is required. */
export function demandsOf({ service, resources }: SlotQuestion): readonly Need[] {
  const keep = service.keep === 'required' ? 'required' : 'free';
  const needs = needsOf(service, keep, resources, [...resources.keys()]);
  return needs.map((need) => ({ ...need, needed: Math.max(need.needed, 1) }));
}

/** What an appointment takes of one who could meet one of the needs, with the lengths it has if he does. */
export function partWith(question: SlotQuestion, needs: readonly Need[], need: Need, resource: SlotResource): Part {
  const { service, resources } = question;
  if (service.segments.every(({ ownLengthsMs }) => ownLengthsMs.size === 0)) return need.part;
  const lengthsMs = service.lengthsMs.map((defaultMs, segment) => {
    const own = service.segments[segment]?.ownLengthsMs;
    const deciding = needs.find(
      ({ kind, segments }) =>
        segments.includes(segment) &&
        resources.some(({ id, kind: other }) => own?.has(id) === true && (kind === undefined || kind === other)),
    );
    const serving = deciding === need && service.assign !== 'all' ? [resource] : membersOf(question, deciding);
    const possibleMs = serving.map(({ id }) => own?.get(id) ?? defaultMs);
    if (possibleMs.length === 0) return defaultMs;
    // Where all serve, the slowest decides; where others decide, it takes at least as long as with the quickest.
    return service.assign === 'all' ? Math.max(...possibleMs) : Math.min(...possibleMs);
  });
  return partOf({ ...service, lengthsMs }, need.segments);
}

function membersOf({ resources }: SlotQuestion, need: Need | undefined): readonly SlotResource[] {
  return need?.members.flatMap((member) => resources[member] ?? []) ?? [];
}

/** Why a resource cannot meet the needs of its kind, where it is missed or preferred. */
export function unableBlockers(question: SlotQuestion, needs: readonly Need[], index: number): Blocker[] {
  const { service, resources, prefer = [] } = question;
  const resource = resources[index];
  if (resource === undefined) return [];
  const preferred = prefer.includes(resource.id) && !needs.some(({ members }) => members.includes(index));
  const unmet = needs.filter(
    ({ kind, needed, members }) =>
      (kind === undefined || kind === resource.kind) &&
      !members.includes(index) &&
      (preferred || members.length < needed),
  );
  const segments = unmet.flatMap((need) => need.segments.flatMap((segment) => service.segments[segment] ?? []));
  const missing = [...new Set(segments.flatMap((segment) => missingSkills(segment, resource)))];
  const eligible = segments.every((segment) => isEligible(segment, resource, resources));
  return [
    ...(missing.length === 0 ? [] : [{ code: 'NOT_QUALIFIED' as const, resource: resource.id, missing }]),
    ...(eligible ? [] : [{ code: 'NOT_ELIGIBLE' as const, resource: resource.id }]),
  ];
}
