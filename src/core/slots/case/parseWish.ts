import { parseInstant } from '../../time/instant.ts';
import type { DayWindow } from '../dateWindows.ts';
import type { Wish } from '../wish.ts';
import { describe, present, readFields, refuse, within, type Reading } from './fields.ts';
import { LISTS } from './maxima.ts';
import { parseTime, readWeekdays } from './moments.ts';
import { readParsed, readTexts } from './values.ts';
import { readWindow, WINDOW_FIELDS } from './windows.ts';

/** The fields of a wish. */
export const WISH_FIELDS = ['weekdays', 'partOfDay', 'resources', 'around'] as const;

const hours = (from: number, to: number): DayWindow => ({ fromMinute: from * 60, toMinute: to * 60 });

/** The parts of a day that have a name. */
export const PARTS_OF_DAY: ReadonlyMap<unknown, DayWindow> = new Map([
  ['morning', hours(0, 12)],
  ['noon', hours(11, 14)],
  ['afternoon', hours(12, 18)],
  ['evening', hours(17, 24)],
]);

/** Reads what somebody would like; undefined when it is absent. */
export function readWish(reading: Reading, value: unknown, path: string): Wish | undefined {
  if (value === undefined) return undefined;
  const fields = readFields(reading, value, path, WISH_FIELDS);
  if (fields === undefined) return undefined;
  const at = (name: (typeof WISH_FIELDS)[number]): string => within(path, name);
  return present({
    weekdays: fields.has('weekdays') ? readWeekdays(reading, fields.get('weekdays'), at('weekdays')) : undefined,
    partOfDay: readPartOfDay(reading, fields.get('partOfDay'), at('partOfDay')),
    resources: readTexts(reading, fields.get('resources'), at('resources'), { least: 1, most: LISTS.prefer }),
    around: fields.has('around')
      ? readParsed(
          reading,
          fields.get('around'),
          at('around'),
          parseAround,
          'an instant with its offset, or a time HH:MM',
        )
      : undefined,
  });
}

function readPartOfDay(reading: Reading, value: unknown, path: string): DayWindow | undefined {
  if (value === undefined) return undefined;
  const named = PARTS_OF_DAY.get(value);
  if (named !== undefined) return named;
  if (typeof value !== 'object' || value === null) {
    const names = [...PARTS_OF_DAY.keys()].join(', ');
    return refuse(reading, path, `must be one of ${names}, or from and to, not ${describe(value)}`);
  }
  const fields = readFields(reading, value, path, WINDOW_FIELDS);
  return fields && readWindow(reading, fields, path);
}

function parseAround(text: string): Wish['around'] {
  const minuteOfDay = parseTime(text);
  if (minuteOfDay !== undefined) return { minuteOfDay };
  const ms = parseInstant(text);
  return ms === undefined ? undefined : { ms };
}
