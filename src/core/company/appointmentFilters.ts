import type { AppointmentQuery, AppointmentSort } from '../contracts/lists.ts';
import type { Appointment } from '../model/appointment.ts';
import type { AppointmentId } from '../model/ids.ts';
import type { FieldError } from '../refusals.ts';
import { appointmentCursor, momentCursor, readAppointmentCursor, readMomentCursor } from './cursors.ts';

type Filters = Omit<AppointmentQuery, 'after' | 'limit' | 'sort'>;

const sorts: Readonly<Record<AppointmentSort, 'start' | 'created' | 'updated'>> = {
  start: 'start',
  '-start': 'start',
  created: 'created',
  '-created': 'created',
  updated: 'updated',
  '-updated': 'updated',
};

/** Filters along whose indexes appointments stand by start. */
const placed = ['branchId', 'resourceId', 'customerId', 'groupId'] as const;
const others = [...placed, 'serviceId', 'statuses', 'fromMs', 'toMs'] as const;
const changes = ['updatedFromMs', 'updatedToMs'] as const;

/** What of a filter no index serves: it would look through everything that the company ever had. */
export function unservedFilter(filters: Filters, sort: AppointmentSort): FieldError | undefined {
  const by = sorts[sort] as (typeof sorts)[AppointmentSort] | undefined;
  if (by === undefined) return { path: 'sort', message: `must be one of ${Object.keys(sorts).join(', ')}` };
  const wrong = (by === 'start' ? [] : others).find((name) => filters[name] !== undefined);
  if (wrong !== undefined) return { path: wrong, message: `must be left out where the list is sorted by ${sort}` };
  const early = (by === 'updated' ? [] : changes).find((name) => filters[name] !== undefined);
  if (early !== undefined) return { path: early, message: 'needs a list that is sorted by updated' };
  const isPlaced = placed.some((name) => filters[name] !== undefined);
  const isWithin = filters.fromMs !== undefined && filters.toMs !== undefined;
  return filters.serviceId === undefined || isPlaced || isWithin
    ? undefined
    : {
        path: 'serviceId',
        message: 'needs a branch, a resource, a customer, a group, or both ends of a time beside it',
      };
}

/** Where a page of such a list ended. */
export function cursorOfAppointment(sort: AppointmentSort, { startMs, updatedMs, id }: Appointment): string {
  if (sorts[sort] === 'start') return appointmentCursor(startMs, id);
  return sorts[sort] === 'updated' ? momentCursor('u.', updatedMs, id) : momentCursor('c.', 0, id);
}

/** The position that {@link cursorOfAppointment} told of such a list; undefined for a cursor of another one. */
export function appointmentPosition(sort: AppointmentSort, cursor: string): AppointmentQuery['after'] {
  if (sorts[sort] === 'start') return readAppointmentCursor(cursor);
  const position = readMomentCursor<AppointmentId>(sorts[sort] === 'updated' ? 'u.' : 'c.', cursor);
  return position && { updatedMs: position.atMs, id: position.id };
}
