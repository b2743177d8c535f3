import { MINUTE_MS } from '../../time/localDate.ts';
import type { SlotResource } from '../question.ts';
import { present, readFields, readList, refuse, within, type Reading } from './fields.ts';
import { readBusy } from './intervals.ts';
import { readLimits } from './limits.ts';
import { LISTS, MOST_WEIGHT, NUMBERS } from './maxima.ts';
import { readInstant } from './moments.ts';
import { SCHEDULE_FIELDS } from './parseSchedule.ts';
import { readResourceSchedule, type NamedSchedules } from './resourceSchedule.ts';
import { readShare, readText, readTexts, readWhole, type Bounds } from './values.ts';

/** The fields of a resource. */
export const RESOURCE_FIELDS = [
  'id',
  'kind',
  ...SCHEDULE_FIELDS,
  'within',
  'busy',
  'capacity',
  'skills',
  'limits',
  'noticeMinutes',
  'horizonDays',
  'priority',
  'weight',
  'served',
  'lastServed',
] as const;

const DEFAULT_KIND = 'staff';

/** Reads the resources of a case. */
export function readResources(reading: Reading, value: unknown, schedules: NamedSchedules): readonly SlotResource[] {
  const list = readList(reading, value, 'resources', { least: 1, most: LISTS.resources });
  const firstPaths = new Map<string, string>();
  return list.flatMap((entry, index) => {
    const path = `resources[${index}]`;
    const fields = readFields(reading, entry, path, RESOURCE_FIELDS);
    if (fields === undefined) return [];
    const id = readText(reading, fields.get('id'), within(path, 'id'));
    if (id !== undefined) {
      const earlier = firstPaths.get(id);
      if (earlier !== undefined) refuse(reading, within(path, 'id'), `is the id of ${earlier} already`);
      else firstPaths.set(id, path);
    }
    return readResource(reading, fields, path, id, schedules) ?? [];
  });
}

function readResource(
  reading: Reading,
  fields: ReadonlyMap<string, unknown>,
  path: string,
  id: string | undefined,
  schedules: NamedSchedules,
): SlotResource | undefined {
  const at = (name: (typeof RESOURCE_FIELDS)[number]): string => within(path, name);
  const whole = (
    name: 'capacity' | 'noticeMinutes' | 'horizonDays' | 'priority' | 'served',
    bounds: Bounds,
  ): number | undefined => (fields.has(name) ? readWhole(reading, fields.get(name), at(name), bounds) : undefined);
  const kind = fields.has('kind') ? readText(reading, fields.get('kind'), at('kind')) : DEFAULT_KIND;
  const schedule = readResourceSchedule(reading, fields, path, schedules);
  const { pairs, kinds } = readBusy(reading, fields.get('busy'), at('busy'));
  const noticeMinutes = whole('noticeMinutes', NUMBERS.notice);
  const others = present({
    busyKinds: kinds,
    capacity: whole('capacity', NUMBERS.capacity),
    skills: readTexts(reading, fields.get('skills'), at('skills'), { most: LISTS.skills }),
    limits: readLimits(reading, fields.get('limits'), at('limits')),
    noticeMs: noticeMinutes === undefined ? undefined : noticeMinutes * MINUTE_MS,
    horizonDays: whole('horizonDays', NUMBERS.horizon),
    priority: whole('priority', NUMBERS.priority),
    weight: fields.has('weight') ? readShare(reading, fields.get('weight'), at('weight'), MOST_WEIGHT) : undefined,
    served: whole('served', NUMBERS.served),
    lastServedMs: fields.has('lastServed')
      ? readInstant(reading, fields.get('lastServed'), at('lastServed'))
      : undefined,
  });
  if (id === undefined || kind === undefined || schedule === undefined) return undefined;
  return { id, kind, schedule, busy: pairs, ...others };
}
