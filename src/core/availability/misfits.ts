import type { Appointment, Span } from '../model/appointment.ts';
import type { Branch } from '../model/company.ts';
import type { Resource } from '../model/resource.ts';
import type { Service } from '../model/service.ts';
import type { ResourceId } from '../model/ids.ts';
import { missingSkills } from '../slots/qualified.ts';
import type { CompiledSegment } from '../slots/service.ts';
import { covers } from '../time/interval.ts';
import type { Bookable, Catalog, Offering } from './catalog.ts';

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

/** What of an appointment is not as its service would book it today. It can take place all the same. */
export type NoteCode = 'DURATION_DIFFERS' | 'BUFFERS_DIFFER';

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
    const service = known.services.get(appointment.serviceId);
    if (service?.active !== true)
      conflicts.push({ code: service === undefined ? 'SERVICE_REMOVED' : 'SERVICE_INACTIVE' });
    const offering = service?.active === true ? catalog.offering(service.id) : undefined;
    for (const id of appointment.resourceIds)
      conflicts.push(...resourceConflicts(appointment, id, known.resources.get(id), catalog, offering));
    const notes = offering === undefined ? [] : notesOf(appointment, offering);
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
  offering: Offering | undefined,
): readonly ConflictReason[] {
  if (resource?.active !== true)
    return [{ code: resource === undefined ? 'RESOURCE_REMOVED' : 'RESOURCE_INACTIVE', resourceId }];
  const conflicts: ConflictReason[] = [];
  if (resource.branchId !== appointment.branchId) conflicts.push({ code: 'RESOURCE_MOVED', resourceId });
  // Nobody has hours in a branch that is closed as a whole, which is told already.
  if (catalog.branch(resource.branchId) === undefined) return conflicts;
  const bookable = catalog.bookable(resourceId);
  if (bookable !== undefined && offering !== undefined && !isQualified(resource, offering))
    conflicts.push({ code: 'RESOURCE_NOT_QUALIFIED', resourceId });
  const code = hoursConflict(appointment, resourceId, bookable, offering);
  if (code !== undefined) conflicts.push({ code, resourceId });
  return conflicts;
}

/** Whether somebody is among those who do a service, and can do at least one part of it. */
function isQualified(resource: Resource, { bookables, compiled }: Offering): boolean {
  const isAsked = bookables.some((each) => each.resource.id === resource.id);
  const serves = ({ assign }: CompiledSegment): boolean =>
    typeof assign !== 'object' || Object.hasOwn(assign, resource.kind);
  const asked = { kind: resource.kind, skills: resource.skills };
  return isAsked && compiled.segments.some((segment) => serves(segment) && missingSkills(segment, asked).length === 0);
}

/** Where the time that somebody serves does not lie in the hours he has now. */
function hoursConflict(
  { startMs, endMs, spans }: Appointment,
  resourceId: ResourceId,
  bookable: Bookable | undefined,
  offering: Offering | undefined,
): 'OUTSIDE_HOURS' | 'TIME_OFF' | undefined {
  const own = spans.filter((span) => span.resourceId === resourceId);
  const occupied = own.length === 0 ? { fromMs: startMs, toMs: endMs } : reachOf(own);
  const within = offering?.compiled.buffersWithinHours === true;
  // Buffers may lie outside of opening hours, unless the service keeps them inside.
  const fromMs = within ? occupied.fromMs : Math.max(startMs, occupied.fromMs);
  const toMs = within ? occupied.toMs : Math.min(endMs, occupied.toMs);
  if (bookable === undefined) return 'OUTSIDE_HOURS';
  const { open, hours } = bookable.schedule.openingIn(fromMs, toMs);
  if (covers(open, fromMs, toMs)) return undefined;
  return covers(hours, fromMs, toMs) ? 'TIME_OFF' : 'OUTSIDE_HOURS';
}

const reachOf = (spans: readonly Span[]): { readonly fromMs: number; readonly toMs: number } => ({
  fromMs: Math.min(...spans.map((span) => span.startMs)),
  toMs: Math.max(...spans.map((span) => span.endMs)),
});

function notesOf(appointment: Appointment, { compiled }: Offering): readonly NoteCode[] {
  const { startMs, endMs, spans, resourceIds } = appointment;
  const notes: NoteCode[] = [];
  // Somebody's own length counts only if he serves here.
  const lengths = compiled.segments.map(({ ownLengthsMs }, index) => {
    const own = resourceIds.flatMap((id) => ownLengthsMs.get(id) ?? []);
    return own.length === 0 ? [compiled.lengthsMs[index] ?? 0] : own;
  });
  const least = sum([...lengths.map((each) => Math.min(...each)), ...compiled.minGapsMs]);
  const most = sum([...lengths.map((each) => Math.max(...each)), ...compiled.maxGapsMs]);
  const booked = endMs - startMs;
  if (booked < least || booked > most) notes.push('DURATION_DIFFERS');
  if (spans.length > 0) {
    const { fromMs, toMs } = reachOf(spans);
    if (startMs - fromMs !== compiled.bufferBeforeMs || toMs - endMs !== compiled.bufferAfterMs)
      notes.push('BUFFERS_DIFFER');
  }
  return notes;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
