import type { Edge, PartName } from '../words/meaning.ts';

/** A window of a day in minutes since midnight by the clock; the end is exclusive. */
export interface DayWindow {
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** Which hours between 0 and 12 a part of the day moves, and by how many hours. */
type HourRule = readonly (readonly [fromHour: number, toHour: number, add: number])[];

interface Part extends DayWindow {
  readonly hours: HourRule;
  readonly start: DayWindow;
  readonly end: DayWindow;
}

const hours = (from: number, to: number): DayWindow => ({ fromMinute: from * 60, toMinute: to * 60 });

/** The parts of the day: when they are, how an hour within them is meant, and their early and late ends. */
export const PARTS: Readonly<Record<PartName, Part>> = {
  morning: { ...hours(0, 12), hours: [], start: hours(0, 9), end: hours(10, 12) },
  noon: { ...hours(11, 14), hours: [[1, 3, 12]], start: hours(11, 12), end: hours(13, 14) },
  afternoon: { ...hours(12, 18), hours: [[1, 11, 12]], start: hours(12, 15), end: hours(15, 18) },
  evening: { ...hours(17, 24), hours: [[1, 12, 12]], start: hours(17, 19), end: hours(20, 24) },
  night: {
    ...hours(22, 24),
    hours: [
      [6, 11, 12],
      [12, 12, 12],
    ],
    start: hours(22, 23),
    end: hours(23, 24),
  },
};

/** An hour that is said without more: 1 to 6 is after noon, everything else is as said. */
const BARE_HOURS: HourRule = [[1, 6, 12]];

/** The hour of the day that is meant by an hour as said, 0 to 24. */
export function hourMeant(hour: number, part: PartName | undefined): number {
  const rule = part === undefined ? BARE_HOURS : PARTS[part].hours;
  const add = rule.find(([from, to]) => hour >= from && hour <= to)?.[2] ?? 0;
  return hour + add;
}

/** The window of a part of the day, or of its early or late end. */
export function windowOf(part: PartName, edge: Edge | undefined): DayWindow {
  const { fromMinute, toMinute, start, end } = PARTS[part];
  return edge === 'start' ? start : edge === 'end' ? end : { fromMinute, toMinute };
}
