import type { Appointment } from '../model/appointment.ts';
import type { Branch } from '../model/company.ts';
import type { Resource } from '../model/resource.ts';
import type { Service } from '../model/service.ts';
import type { ResourceId } from '../model/ids.ts';
import { missingSkills } from '../slots/qualified.ts';
import { covers } from '../time/interval.ts';
import type { Bookable, Catalog } from './catalog.ts';
import { notesOf, partsIn, reachOf, type NoteCode, type PlacedPart } from './placedParts.ts';

/** Why an appointment cannot take place as it is under the configuration. What is removed is not configured any more. */
export type ConflictCode =
  | 'COMPANY_INACTIVE'
  | 'BRANCH_INACTIVE'
  | 'BRANCH_REMOVED'
  | 'SERVICE_INACTIVE'
  | 'SERVICE_REMOVED'
  | 'RESOURCE_INACTIVE'
  | 'RESOURCE_REMOVED'
  | 'RESOURCE_MOVED'
  | 'RESOURCE_NOT_QUALIFIED'
  | 'OUTSIDE_HOURS'
  | 'TIME_OFF';

/** One reason of a conflict. */
export interface ConflictReason {
  readonly code: ConflictCode;
  /** Whom it concerns; left out: the appointment as a whole. */
  readonly resourceId?: ResourceId;
}

/** In what an appointment does not fit a configuration. */
export interface Misfit {
  readonly conflicts: readonly ConflictReason[];
  readonly notes: readonly NoteCode[];
}

/** Prepares a configuration for many appointments; undefined is answered for one that fits. */
export function misfits(catalog: Catalog): (appointment: Appointment) => Misfit | undefined {
  const { company, branches, services, resources } = catalog.config;
  const known: Known = { branches: byId(branches), services: byId(services), resources: byId(resources) };
  return (appointment) => {
    const conflicts: ConflictReason[] = company.active ? [] : [{ code: 'COMPANY_INACTIVE' }];
    const branch = known.branches.get(appointment.branchId);
    if (branch?.active !== true) conflicts.push({ code: branch === undefined ? 'BRANCH_REMOVED' : 'BRANCH_INACTIVE' });
    for (const id of new Set([appointment.serviceId, ...appointment.parts.map(({ serviceId }) => serviceId)])) {
      const service = known.services.get(id);
      if (service?.active !== true)
        conflicts.push({ code: service === undefined ? 'SERVICE_REMOVED' : 'SERVICE_INACTIVE' });
    }
    const parts = partsIn(appointment, catalog);
    for (const id of appointment.resourceIds)
      conflicts.push(...resourceConflicts(appointment, id, known.resources.get(id), catalog, parts));
    const notes = notesOf(appointment, parts);
    return conflicts.length === 0 && notes.length === 0 ? undefined : { conflicts, notes };
  };
}

interface Known {
  readonly branches: ReadonlyMap<string, Branch>;
  readonly services: ReadonlyMap<string, Service>;
  readonly resources: ReadonlyMap<string, Resource>;
}

const byId = <T extends { readonly id: string }>(entities: readonly T[]): ReadonlyMap<string, T> =>
  new Map(entities.map((entity) => [entity.id, entity]));

function resourceConflicts(
  appointment: Appointment,
  resourceId: ResourceId,
  resource: Resource | undefined,
  catalog: Catalog,
  parts: readonly PlacedPart[],
): readonly ConflictReason[] {
  if (resource?.active !== true)
    return [{ code: resource === undefined ? 'RESOURCE_REMOVED' : 'RESOURCE_INACTIVE', resourceId }];
  const conflicts: ConflictReason[] = [];
  if (resource.branchId !== appointment.branchId) conflicts.push({ code: 'RESOURCE_MOVED', resourceId });
  // Nobody has hours in a branch that is closed as a whole, which is told already.
  if (catalog.branch(resource.branchId) === undefined) return conflicts;
  const bookable = catalog.bookable(resourceId);
  const own = parts.filter(({ resourceIds }) => resourceIds.includes(resourceId));
  // Whoever has no hours is among nobody's, which is told as such.
  if (bookable !== undefined && own.some((part) => !isQualified(resource, part)))
    conflicts.push({ code: 'RESOURCE_NOT_QUALIFIED', resourceId });
  const code = hoursConflict(appointment, resourceId, bookable, own);
  if (code !== undefined) conflicts.push({ code, resourceId });
  return conflicts;
}

/** Whether somebody is among those who do the service of a part, and can do what the part asks for. */
function isQualified(resource: Resource, { offering, segment }: PlacedPart): boolean {
  if (!offering.bookables.some((each) => each.resource.id === resource.id)) return false;
  const compiled = segment === undefined ? undefined : offering.compiled.segments[segment];
  if (compiled === undefined) return true;
  const isNeeded = typeof compiled.assign !== 'object' || Object.hasOwn(compiled.assign, resource.kind);
  return isNeeded && missingSkills(compiled, { kind: resource.kind, skills: resource.skills }).length === 0;
}

/** Where the time that somebody serves does not lie in the hours he has now. */
function hoursConflict(
  { startMs, endMs, spans }: Appointment,
  resourceId: ResourceId,
  bookable: Bookable | undefined,
  parts: readonly PlacedPart[],
): 'OUTSIDE_HOURS' | 'TIME_OFF' | undefined {
  if (bookable === undefined) return 'OUTSIDE_HOURS';
  const own = spans.filter((span) => span.resourceId === resourceId);
  const occupied = own.length === 0 ? { fromMs: startMs, toMs: endMs } : reachOf(own);
  const within = parts.some(({ offering }) => offering.compiled.buffersWithinHours);
  // Buffers may lie outside of opening hours, unless the service keeps them inside.
  const fromMs = within ? occupied.fromMs : Math.max(startMs, occupied.fromMs);
  const toMs = within ? occupied.toMs : Math.min(endMs, occupied.toMs);
  const { open, hours } = bookable.schedule.openingIn(fromMs, toMs);
  if (covers(open, fromMs, toMs)) return undefined;
  return covers(hours, fromMs, toMs) ? 'TIME_OFF' : 'OUTSIDE_HOURS';
}
