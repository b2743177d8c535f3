import type { Storage } from '../contracts/storage.ts';
import type { Appointment } from '../model/appointment.ts';
import { isId, type AppointmentId, type CompanyId, type GroupId } from '../model/ids.ts';
import { refuse, type Refused } from '../refusals.ts';
import { MOST_IN_GROUP } from './groupIds.ts';
import type { FieldErrors } from './limits.ts';

/** Which appointments of a series are meant. */
export interface SeriesScope {
  /** `one` occurrence, it and the `following` ones by the rule, or `all`. */
  readonly scope: 'one' | 'following' | 'all';
  /** The occurrence that is meant; needed unless it is all. */
  readonly appointment?: AppointmentId | undefined;
}

/** Notes what is wrong with a scope. */
export const scopeErrors = (errors: FieldErrors, { scope, appointment }: SeriesScope): FieldErrors =>
  errors
    .require(['one', 'following', 'all'].includes(scope), 'scope', 'must be one, following or all')
    .require(scope === 'all' || appointment !== undefined, 'appointment', 'must be given unless all are meant');

/** The appointments that are meant, ascending by start, whatever their state. */
export async function meantOf(
  storage: Pick<Storage, 'appointments'>,
  company: CompanyId,
  groupId: GroupId,
  { scope, appointment: id }: SeriesScope,
): Promise<readonly Appointment[] | Refused<'APPOINTMENT_UNKNOWN'>> {
  if (!isId(groupId)) return refuse('APPOINTMENT_UNKNOWN', {});
  const all = await storage.appointments(company, { groupId, limit: MOST_IN_GROUP });
  const one = all.find((each) => each.id === id);
  if (all.length === 0 || (id !== undefined && one === undefined)) return refuse('APPOINTMENT_UNKNOWN', {});
  if (scope === 'all' || one === undefined) return all;
  return scope === 'one' ? [one] : all.filter((each) => ruledMs(each) >= ruledMs(one));
}

/** When the rule has it, wherever it was moved since. */
const ruledMs = ({ recurrence, startMs }: Appointment): number => recurrence?.startMs ?? startMs;
