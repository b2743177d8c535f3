import { civilOf, DAY_MS, epochDayAt, localMsAt, MINUTE_MS, weekdayOf, type Zone } from '../../../plugin.ts';

/** What calendar and clock on the wall show. */
export interface WallClock {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  /** 0 is Monday. */
  readonly weekday: number;
  /** Minutes since midnight by the clock. */
  readonly minuteOfDay: number;
}

/** The wall clock of a zone at an instant. */
export function wallClockAt(zone: Zone, epochMs: number): WallClock {
  const localMs = localMsAt(zone, epochMs);
  const epochDay = epochDayAt(localMs);
  return {
    ...civilOf(epochDay),
    weekday: weekdayOf(epochDay),
    minuteOfDay: Math.floor((localMs - epochDay * DAY_MS) / MINUTE_MS),
  };
}

const pad = (value: number): string => String(value).padStart(2, '0');

/** `2026-11-24` */
export const dateText = ({ year, month, day }: WallClock): string => `${year}-${pad(month)}-${pad(day)}`;

/** `14:30` */
export const timeText = ({ minuteOfDay }: WallClock): string =>
  `${pad(Math.floor(minuteOfDay / 60))}:${pad(minuteOfDay % 60)}`;
