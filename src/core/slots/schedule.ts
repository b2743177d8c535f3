import { NO_INTERVALS, normalise, type Intervals } from '../time/interval.ts';
import { DAY_MS, type EpochDay } from '../time/localDate.ts';
import type { Zone } from '../time/zone.ts';
import { dateWindows, type WindowRules } from './dateWindows.ts';
import { expand, type Opening } from './opening.ts';

/** When a resource is open, in the wall-clock time of its zone. */
export interface ScheduleRules extends WindowRules {
  readonly zone: Zone;
  /** Closed whatever the windows say: vacation, illness, a locked period. */
  readonly timeOff?: Intervals;
  /** Each window is cut to the hours of these schedules, and their time off counts as well. */
  readonly within?: readonly CompiledSchedule[];
  /** What explanations call it. */
  readonly name?: string;
}

/** A schedule prepared for many questions. It remembers the stretch of time it was last asked about. */
export interface CompiledSchedule {
  readonly zone: Zone;
  readonly name: string | undefined;
  /** The schedule's own time off, normal. */
  readonly timeOff: Intervals;
  readonly within: readonly CompiledSchedule[];
  /** When the schedule is open between two instants; the answer may reach further on both sides. */
  readonly openingIn: (fromMs: number, toMs: number) => Opening;
  /** Whether a date is closed, or an override leaves it without any window. */
  readonly isClosedOn: (epochDay: EpochDay) => boolean;
}

// What is expanded beyond the question serves the next one: calendars are paged forward.
const SPARE_BEFORE_MS = 7 * DAY_MS;
const SPARE_AFTER_MS = 35 * DAY_MS;
const LONGEST_MEMORY_MS = 500 * DAY_MS;

/**
 * Prepares a schedule. The answer is immutable to its users and safe to share between questions.
 *
 * @example
 * const mondays = compileSchedule({ zone: UTC, weekly: [{ weekday: 0, fromMinute: 540, toMinute: 1020 }] });
 */
export function compileSchedule(rules: ScheduleRules): CompiledSchedule {
  const { zone, name, within = [] } = rules;
  const windows = dateWindows(rules);
  const timeOff = normalise(rules.timeOff ?? NO_INTERVALS);
  let remembered: Opening | undefined;
  return {
    zone,
    name,
    timeOff,
    within,
    openingIn(fromMs, toMs) {
      if (remembered === undefined || fromMs < remembered.fromMs || toMs > remembered.toMs) {
        let from = fromMs;
        let to = toMs;
        // Who asks a second time asks more often; a schedule made for one question pays for that one alone.
        if (remembered !== undefined) {
          from -= SPARE_BEFORE_MS;
          to += SPARE_AFTER_MS;
          // Questions that alternate between two stretches find both, unless they lie far apart.
          const joinedFrom = Math.min(from, remembered.fromMs);
          const joinedTo = Math.max(to, remembered.toMs);
          if (joinedTo - joinedFrom <= LONGEST_MEMORY_MS) {
            from = joinedFrom;
            to = joinedTo;
          }
        }
        remembered = expand({ zone, windowsOn: windows.on, timeOff, within }, from, to);
      }
      return remembered;
    },
    isClosedOn: windows.isClosedOn,
  };
}
