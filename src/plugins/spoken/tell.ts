import { localFormat, type Zone } from '../../plugin.ts';
import type { SpokenVoice } from './languages/language.ts';
import type { SpokenTime } from './reading.ts';
import { echoOf } from './time/echo.ts';
import { isExact, settle, type Plan } from './time/plan.ts';

/** When and where something is said. */
export interface Moment {
  readonly zone: Zone;
  readonly nowMs: number;
  /** The epoch day of now in the zone. */
  readonly today: number;
}

/** A time in instants and in words. */
export interface Told {
  readonly echo: string;
  readonly time: SpokenTime;
}

const pad = (value: number): string => String(value).padStart(2, '0');
const clockText = (minute: number): string => `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;

/** A plan told; undefined when it is over. */
export function tell(plan: Plan, { zone, nowMs, today }: Moment, voice: SpokenVoice): Told | undefined {
  const settled = settle(plan, zone, nowMs);
  if (settled === undefined) return undefined;
  const { fromMs, toMs, startMs, plan: shown } = settled;
  const { weekdays, window, minute, soonest } = shown;
  const iso = localFormat(zone);
  return {
    echo: voice.echo(echoOf(shown, today)),
    time: {
      fromMs,
      from: iso(fromMs),
      ...(toMs === undefined ? {} : { toMs, to: iso(toMs) }),
      ...(startMs === undefined ? {} : { startMs, start: iso(startMs) }),
      ...(weekdays === undefined ? {} : { weekdays }),
      ...(window === undefined
        ? {}
        : { partOfDay: { ...window, from: clockText(window.fromMinute), to: clockText(window.toMinute) } }),
      ...(minute === undefined || isExact(shown) ? {} : { around: { minuteOfDay: minute, time: clockText(minute) } }),
      ...(soonest ? { soonest } : {}),
    },
  };
}
