import { DAY_MS, epochDayAt, localMsAt, MINUTE_MS, type Zone } from '../../../plugin.ts';
import type { Traits } from '../grammar/cursor.ts';
import { piecesOf, type Piece, type SaidClock } from '../grammar/said.ts';
import { daysOf, namesDay } from './dayRange.ts';
import { contradicts, minutesMeant, windowBetween, type Surroundings } from './minutes.ts';
import { windowOf, type DayWindow } from './partsOfDay.ts';
import type { Plan } from './plan.ts';

/** Plans of which the first that is still to come is meant. */
export type Meaning = readonly Plan[];

/** What a phrase means: more than one meaning has to be asked; or what is missing for one. */
export type Interpretation =
  | { readonly means: readonly Meaning[] }
  | { readonly lacks: 'everything' }
  | { readonly lacks: 'day'; readonly minutes: readonly number[]; readonly approx: boolean }
  /** No time is like this; the meanings of its parts, one by one. */
  | { readonly lacks: 'sense'; readonly means: readonly Meaning[] }
  | { readonly lacks: 'narrower range' };

/** More than this a search does not look at. */
const LONGEST_DAYS = 62;
const QUARTER_MS = 15 * MINUTE_MS;

/** Puts pieces together, on the wall clock of a zone. */
export function interpret(pieces: readonly Piece[], zone: Zone, nowMs: number, traits: Traits): Interpretation {
  const today = epochDayAt(localMsAt(zone, nowMs));
  const [ahead] = piecesOf(pieces, 'minutesAhead');
  if (ahead !== undefined) return { means: [[inMinutes(ahead.minutes, zone, nowMs)]] };
  if (pieces.length === 0) return { lacks: 'everything' };

  const days = daysOf(pieces, today, traits);
  if (days.length === 0)
    return { lacks: 'sense', means: piecesOf(pieces, 'day').flatMap((day) => daysOf([day], today, traits).map(whole)) };
  const window = windowSaid(pieces);
  if (window === 'impossible') return { lacks: 'sense', means: [] };
  const clocks = piecesOf(pieces, 'clock').map(({ clock }) => clock);
  const around = surroundings(pieces);
  if (clocks.some((clock) => contradicts(clock, around))) return { lacks: 'sense', means: [] };
  const [first] = clocks;
  if (!namesDay(pieces) && first !== undefined)
    return { lacks: 'day', minutes: minutesMeant(first, around), approx: first.approx === true };

  const soonest = piecesOf(pieces, 'soonest').length > 0;
  const means = days.flatMap(({ candidates, weekdays }) =>
    timesOf(clocks, around, candidates[0]?.fromDay === today).map((minutes) =>
      candidates.flatMap((span) =>
        minutes.map((minute): Plan => ({
          ...span,
          weekdays,
          window: minute === undefined ? window : undefined,
          minute,
          approx: clocks.some(({ approx }) => approx === true),
          soonest,
        })),
      ),
    ),
  );
  const isLong = means.flat().some(({ fromDay, toDay }) => toDay !== undefined && toDay - fromDay > LONGEST_DAYS);
  return isLong ? { lacks: 'narrower range' } : { means };
}

const whole = ({ candidates }: { readonly candidates: readonly Pick<Plan, 'fromDay' | 'toDay'>[] }): Meaning =>
  candidates.map((span) => ({ ...span, approx: false, soonest: false }));

function surroundings(pieces: readonly Piece[]): Surroundings {
  const [part] = piecesOf(pieces, 'part');
  return { part: part?.part, follows: part?.follows === true };
}

/** The times of the day, each with the minutes of which the first to come is meant. */
function timesOf(
  clocks: readonly SaidClock[],
  around: Surroundings,
  isToday: boolean,
): readonly (readonly (number | undefined)[])[] {
  if (clocks.length === 0) return [[undefined]];
  return clocks.flatMap((clock) => {
    const minutes = minutesMeant(clock, around);
    // Tonight is the night that comes next; of another day it has to be asked which of its nights.
    return isToday && clock.midnight !== true ? [minutes] : minutes.map((minute) => [minute]);
  });
}

/** The window of the day that bounds and parts of the day leave. */
function windowSaid(pieces: readonly Piece[]): DayWindow | undefined | 'impossible' {
  const around = surroundings(pieces);
  const bounds = piecesOf(pieces, 'clockBound');
  const [from, to] = (['from', 'to'] as const).map((edge) => bounds.findLast((bound) => bound.edge === edge)?.clock);
  const between = windowBetween(from, to, around);
  if (bounds.length > 0 && between === undefined) return 'impossible';
  const parts = piecesOf(pieces, 'part').map(({ part, edge }) => windowOf(part, edge));
  const windows = between === undefined ? parts : [...parts, between];
  if (windows.length === 0) return undefined;
  const fromMinute = Math.max(...windows.map((window) => window.fromMinute));
  const toMinute = Math.min(...windows.map((window) => window.toMinute));
  return fromMinute < toMinute ? { fromMinute, toMinute } : 'impossible';
}

/** A time counted from now, at the next quarter of an hour. */
function inMinutes(minutes: number, zone: Zone, nowMs: number): Plan {
  const instantMs = Math.ceil((nowMs + minutes * MINUTE_MS) / QUARTER_MS) * QUARTER_MS;
  const localMs = localMsAt(zone, instantMs);
  const fromDay = epochDayAt(localMs);
  const minute = (localMs - fromDay * DAY_MS) / MINUTE_MS;
  return { fromDay, toDay: fromDay + 1, minute, instantMs, approx: true, soonest: false };
}
