import { DAY_MS, MINUTE_MS } from '../../plugin.ts';

/** Parts of the day in minutes since midnight by the clock. They overlap, as people use the words. */
export const partsOfDay = {
  morning: { fromMinute: 0, toMinute: 720 },
  midday: { fromMinute: 660, toMinute: 840 },
  afternoon: { fromMinute: 720, toMinute: 1_080 },
  evening: { fromMinute: 1_020, toMinute: 1_440 },
} as const;

/** A part of the day. */
export type PartOfDay = keyof typeof partsOfDay;

/** Whether a local time lies in a part of the day. */
export function isWithin(part: PartOfDay, localMs: number): boolean {
  const minute = (((localMs % DAY_MS) + DAY_MS) % DAY_MS) / MINUTE_MS;
  const { fromMinute, toMinute } = partsOfDay[part];
  return minute >= fromMinute && minute < toMinute;
}
