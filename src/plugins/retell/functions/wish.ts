import { DAY_MS, epochDayAt, instantOf, localMsAt, MINUTE_MS, parseInstant, parseLocalDate } from '../../../plugin.ts';
import type { FieldError, Zone } from '../../../plugin.ts';

/** Times of day that callers name, in minutes since midnight by the clock. */
export const PARTS_OF_DAY = {
  morning: { fromMinute: 0, toMinute: 720 },
  midday: { fromMinute: 660, toMinute: 840 },
  afternoon: { fromMinute: 720, toMinute: 1080 },
  evening: { fromMinute: 1020, toMinute: 1440 },
} as const;

/** A part of the day. */
export type PartOfDay = keyof typeof PARTS_OF_DAY;

/** When the caller would like to come, in plain fields. Local times unless they carry an offset. */
export interface WishFields {
  /** `2026-11-24`, or with a time: `2026-11-24T14:30`. */
  readonly date?: string | undefined;
  /** `14:30` on that date. */
  readonly time?: string | undefined;
  /** The earliest: a time of that date, a date, or both. */
  readonly from?: string | undefined;
  /** The latest: a time of that date, a date (the whole of it), or both. */
  readonly to?: string | undefined;
  readonly part_of_day?: PartOfDay | undefined;
}

/** When, in instants. */
export interface Wish {
  readonly fromMs: number;
  /** Exclusive; undefined: as far as needed. */
  readonly toMs: number | undefined;
  /** The one start that is wanted. */
  readonly exactMs: number | undefined;
  /** Only starts within these minutes of a day. */
  readonly within: { readonly fromMinute: number; readonly toMinute: number } | undefined;
  /** Only starts on these days of the week; 0 is Monday. */
  readonly weekdays?: readonly number[] | undefined;
  /** As near as possible to this minute of a day. */
  readonly aroundMinute?: number | undefined;
  /** The first ones, rather than some spread over the range. */
  readonly soonest?: boolean | undefined;
}

/** A wish, or why there is none: fields that make no sense, no day, or a time that is over. */
export type WishReading =
  | { readonly ok: true; readonly wish: Wish }
  | { readonly ok: false; readonly why: 'fields'; readonly errors: readonly FieldError[] }
  | { readonly ok: false; readonly why: 'day-missing' | 'past' };

const LONGEST_RANGE_MS = 62 * DAY_MS;

type Moment =
  | { readonly kind: 'day'; readonly day: number }
  | { readonly kind: 'clock'; readonly minute: number }
  | { readonly kind: 'instant'; readonly ms: number };

const clockForm = /^(\d{1,2})(?::(\d{2}))?(?::00)?$/;
const localForm = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?$/;

function readMoment(text: string, zone: Zone): Moment | undefined {
  const day = parseLocalDate(text);
  if (day !== undefined) return { kind: 'day', day };
  const clock = clockForm.exec(text);
  if (clock !== null) {
    const minute = Number(clock[1]) * 60 + Number(clock[2] ?? 0);
    return minute <= 1440 && Number(clock[2] ?? 0) < 60 ? { kind: 'clock', minute } : undefined;
  }
  const local = localForm.exec(text);
  if (local !== null) {
    const [date, hour, minute] = [parseLocalDate(local[1] ?? ''), Number(local[2]), Number(local[3])];
    if (date === undefined || hour > 23 || minute > 59) return undefined;
    return { kind: 'instant', ms: instantOf(zone, date * DAY_MS + (hour * 60 + minute) * MINUTE_MS) };
  }
  const ms = parseInstant(text);
  return ms === undefined ? undefined : { kind: 'instant', ms };
}

const wrong = (path: string, message: string): WishReading => ({
  ok: false,
  why: 'fields',
  errors: [{ path, message }],
});
const DATE_FORM = 'must be a date like 2026-11-24 or a local date and time like 2026-11-24T14:30';
const TIME_FORM = 'must be a time like 14:30';

/** Reads a wish by the clock of a zone. A day is never guessed, and a time that is over is refused. */
export function readWish(fields: WishFields, zone: Zone, nowMs: number): WishReading {
  const date = fields.date === undefined ? undefined : readMoment(fields.date, zone);
  if (fields.date !== undefined && (date === undefined || date.kind === 'clock')) return wrong('date', DATE_FORM);
  const day =
    date?.kind === 'day' ? date.day : date?.kind === 'instant' ? epochDayAt(localMsAt(zone, date.ms)) : undefined;
  const onDay = (minute: number): number | undefined =>
    day === undefined ? undefined : instantOf(zone, day * DAY_MS + minute * MINUTE_MS);

  const time = fields.time === undefined ? undefined : readMoment(fields.time, zone);
  if (fields.time !== undefined && (time === undefined || time.kind === 'day')) return wrong('time', TIME_FORM);
  const from = fields.from === undefined ? undefined : readMoment(fields.from, zone);
  if (fields.from !== undefined && from === undefined) return wrong('from', DATE_FORM);
  const to = fields.to === undefined ? undefined : readMoment(fields.to, zone);
  if (fields.to !== undefined && to === undefined) return wrong('to', DATE_FORM);
  if (day === undefined && [time, from, to].some((moment) => moment?.kind === 'clock'))
    return { ok: false, why: 'day-missing' };

  const exactMs =
    time === undefined
      ? date?.kind === 'instant'
        ? date.ms
        : undefined
      : time.kind === 'instant'
        ? time.ms
        : onDay(time.kind === 'clock' ? time.minute : 0);
  if (exactMs !== undefined) {
    if (exactMs < nowMs) return { ok: false, why: 'past' };
    return { ok: true, wish: { fromMs: exactMs, toMs: exactMs + 1, exactMs, within: undefined } };
  }

  const within = fields.part_of_day === undefined ? undefined : PARTS_OF_DAY[fields.part_of_day];
  const startOf = (moment: Moment): number | undefined =>
    moment.kind === 'instant'
      ? moment.ms
      : moment.kind === 'clock'
        ? onDay(moment.minute)
        : instantOf(zone, moment.day * DAY_MS);
  const endOf = (moment: Moment): number | undefined =>
    moment.kind === 'day' ? instantOf(zone, (moment.day + 1) * DAY_MS) : startOf(moment);
  const fromMs = Math.max(nowMs, (from && startOf(from)) ?? onDay(within?.fromMinute ?? 0) ?? nowMs);
  const toMs = (to && endOf(to)) ?? onDay(within?.toMinute ?? 1440);
  if (toMs === undefined) return { ok: true, wish: { fromMs, toMs, exactMs: undefined, within } };
  if (toMs <= nowMs) return { ok: false, why: 'past' };
  if (toMs <= fromMs) return wrong('to', 'must be after from');
  return { ok: true, wish: { fromMs, toMs: Math.min(toMs, fromMs + LONGEST_RANGE_MS), exactMs: undefined, within } };
}
