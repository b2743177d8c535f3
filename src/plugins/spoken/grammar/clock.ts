import type { Cursor } from './cursor.ts';
import type { SaidClock } from './said.ts';

/** What the hands show, before it is known which half of the day is meant. */
type Face = Pick<SaidClock, 'hour' | 'minute' | 'firm' | 'midnight'>;

type Rule = (cursor: Cursor) => Face | undefined;

const face = (hour: number, minute: number, firm = false): Face => ({
  hour,
  minute,
  firm: firm || hour === 0 || hour > 12,
});

/** The clock some minutes after an hour, or before it: a quarter to one is 12:45. */
function around(target: Face, minutes: number): Face {
  const total = target.hour * 60 + target.minute + minutes;
  if (total < 60 && !target.firm) return face(12, total + (total < 0 ? 60 : 0));
  const clock = (total + 1_440) % 1_440;
  return face(Math.floor(clock / 60), clock % 60, target.firm);
}

const hourOnly: Rule = (cursor) => {
  const hour = cursor.take('number', ({ value }) => value <= 24);
  if (hour !== undefined) cursor.take('hourMark');
  return hour && face(hour.value, 0, hour.padded);
};

/** `halb vier`, `half four`. */
const half: Rule = (cursor) => {
  if (cursor.take('half') === undefined) return undefined;
  const hour = hourOnly(cursor);
  return hour && around(hour, cursor.traits.halfIs === 'before' ? -30 : 30);
};

const noon: Rule = (cursor) => (cursor.take('noon') === undefined ? undefined : face(12, 0, true));

const midnight: Rule = (cursor) =>
  cursor.take('midnight') === undefined ? undefined : { ...face(0, 0, true), midnight: true };

const TO_MINUTES: ReadonlySet<number> = new Set([5, 10, 20, 25]);

/** `viertel nach drei`, `quarter to five`, `half past three`, `fünf vor halb vier`. */
const counted =
  (mayCountTo: boolean): Rule =>
  (cursor) => {
    cursor.take('article');
    const minutes =
      cursor.take('quarter') !== undefined
        ? 15
        : cursor.take('half') !== undefined
          ? 30
          : cursor.take('number', ({ value }) => value > 0 && value < 60)?.value;
    if (minutes === undefined) return undefined;
    cursor.take('unit', ({ unit }) => unit === 'minute');
    const bound = cursor.take('bound', ({ counts }) => counts !== undefined);
    if (bound === undefined) return undefined;
    if (bound.counts === 'past') {
      const past = cursor.first([half, hourOnly, noon, midnight]);
      return past && around(past, minutes);
    }
    // `ten to five` is a time, `two to five` a range, and after `from` both are ranges.
    if (bound.joins === true && (!mayCountTo || !(TO_MINUTES.has(minutes) || minutes === 15))) return undefined;
    const target = cursor.first([half, hourOnly, noon, midnight]);
    return target && around(target, -minutes);
  };

/** `viertel vier` is 3:15 and `drei viertel vier` 3:45 where they are said. */
const quarters: Rule = (cursor) => {
  if (cursor.traits.halfIs !== 'before') return undefined;
  const minutes = cursor.take('threeQuarters') !== undefined ? -15 : cursor.take('quarter') !== undefined ? -45 : 0;
  if (minutes === 0) return undefined;
  const hour = hourOnly(cursor);
  return hour && around(hour, minutes);
};

/** `15:30`, and `15.30` where it is no date. */
const written =
  (afterAt: boolean): Rule =>
  (cursor) => {
    const clock = cursor.take('clock', ({ hour, minute }) => hour <= 24 && minute < 60);
    if (clock !== undefined) {
      cursor.take('hourMark');
      return face(clock.hour, clock.minute, clock.padded);
    }
    const dotted = cursor.take('dotted', ({ first, second }) => first <= 24 && second < 60);
    if (dotted === undefined) return undefined;
    const marked = cursor.take('hourMark') !== undefined || cursor.peek('meridiem') !== undefined;
    const isDate = cursor.traits.dotIsOrdinal && dotted.second <= 12 && dotted.second > 0;
    return afterAt || marked || !isDate ? face(dotted.first, dotted.second) : undefined;
  };

/** `15 Uhr 30`, `three thirty`, `drei`. */
const plain =
  (afterAt: boolean): Rule =>
  (cursor) => {
    // A full stop at the end of a sentence makes an ordinal of an hour.
    const dotted = afterAt ? cursor.take('ordinal', (ordinal) => ordinal.dotted === true)?.value : undefined;
    const one = cursor.peek('hourMark', 1) === undefined ? undefined : cursor.take('article');
    const number = dotted === undefined && one === undefined ? cursor.take('number') : undefined;
    const hour = dotted ?? (one === undefined ? number?.value : 1);
    if (hour === undefined || hour > 24) return undefined;
    const marked = cursor.take('hourMark') !== undefined;
    if (!marked && (cursor.peek('unit') !== undefined || cursor.peek('month') !== undefined)) return undefined;
    const isDate = cursor.peek('month', 1) !== undefined || cursor.peek('unit', 1) !== undefined;
    const minute = isDate
      ? undefined
      : cursor.take('number', ({ value, padded }) => value < 60 && (marked || value >= 10 || padded === true));
    if (minute !== undefined) cursor.take('hourMark');
    return hour === 24 && (minute?.value ?? 0) > 0 ? undefined : face(hour, minute?.value ?? 0, number?.padded);
  };

/** `pm`, `nachmittags`, `in the morning`, `noon` behind a clock say which half of the day it is. */
function withHalf(cursor: Cursor, shown: Face): SaidClock | undefined {
  const meridiem = cursor.take('meridiem');
  if (meridiem !== undefined) {
    const { pm } = meridiem;
    if (shown.hour > 12 && !pm) return undefined;
    const hour = shown.hour === 12 ? (pm ? 12 : 0) : shown.hour + (pm && shown.hour < 12 ? 12 : 0);
    return { ...shown, hour, firm: true };
  }
  if (shown.hour === 12 && cursor.take('noon') !== undefined) return { ...shown, firm: true };
  if (shown.hour === 12 && cursor.take('midnight') !== undefined)
    return { ...shown, hour: 0, firm: true, midnight: true };
  const part = cursor.attempt(() => {
    cursor.skip('in', 'at', 'on');
    return cursor.take('part');
  });
  return part === undefined ? shown : { ...shown, part: part.part, follows: part.follows };
}

/** `so um gegen drei`: more nobody says before an hour. */
const MOST_LEADING = 3;

/** A time of the day. `mayCountTo: false` where a `to` stands between two ends. */
export function clock(cursor: Cursor, mayCountTo = true): SaidClock | undefined {
  let [afterAt, approx] = [false, false];
  for (let lead = 0; lead < MOST_LEADING; lead += 1) {
    if (cursor.take('at') !== undefined) afterAt = true;
    else if (cursor.take('around') !== undefined) [afterAt, approx] = [true, true];
    else break;
  }
  const shown = cursor.first([counted(mayCountTo), half, quarters, written(afterAt), noon, midnight, plain(afterAt)]);
  const said = shown && withHalf(cursor, shown);
  if (said === undefined) return undefined;
  if (cursor.take('around') !== undefined) approx = true;
  return { ...said, approx };
}
