import type { Branch, Limits, Resource, Schedule, Service } from '../../adapter.ts';
import { isSimple } from '../../adapter.ts';
import { reading } from './modelRow.ts';
import type { StoredRow } from './models.ts';

/** What schedules can have in their column of rules. */
export type ScheduleRules = Pick<Schedule, 'closedDates'>;
/** What resources can have in theirs. */
export type ResourceRules = Pick<Resource, 'withinBranch' | 'skills' | 'priority' | 'limits' | 'policies'>;
/** What services can have in theirs. */
export type ServiceRules = Pick<Service, 'horizonDate' | 'composition' | 'limits' | 'policies'> &
  Partial<Pick<Service, 'seats'>>;
/** What branches can have in theirs. */
export type BranchRules = Pick<Branch, 'policies'>;

// What few entities have is one column of JSON, and null for all others.
const stored = <Rules>(rules: Rules): string => JSON.stringify(rules);

/** The rules of a schedule as they are stored. */
export const scheduleRules = ({ closedDates }: ScheduleRules): string | null =>
  closedDates.length === 0 ? null : stored<ScheduleRules>({ closedDates });

/** The rules of a resource as they are stored. */
export const resourceRules = ({ withinBranch, skills, priority, limits, ...own }: Resource): string | null =>
  !withinBranch && skills.length === 0 && priority === 0 && isUnlimited(limits) && own.policies === undefined
    ? null
    : stored<ResourceRules>({ withinBranch, skills, priority, limits, ...policiesIn(own) });

/** The rules of a service as they are stored. */
export const serviceRules = ({ horizonDate, composition, limits, seats, ...own }: Service): string | null =>
  horizonDate === null && isSimple(composition) && isUnlimited(limits) && seats === 1 && own.policies === undefined
    ? null
    : stored<ServiceRules>({
        horizonDate,
        composition,
        limits,
        ...(seats === 1 ? {} : { seats }),
        ...policiesIn(own),
      });

/** The rules of a branch as they are stored. */
export const branchRules = ({ policies }: BranchRules): string | null =>
  policies === undefined ? null : stored<BranchRules>({ policies });

/** The policies of an entity, where it has any. */
export const policiesIn = ({ policies }: BranchRules): BranchRules => (policies === undefined ? {} : { policies });

const isUnlimited = ({ perDay, perWeek }: Limits): boolean => perDay === null && perWeek === null;

/** The rules of a row: none of them where the column is empty. */
export const rulesOf = <Rules>(row: StoredRow): Partial<Rules> => {
  const { textOrNull, json } = reading(row);
  return textOrNull('rules') === null ? {} : json<Partial<Rules>>('rules');
};
