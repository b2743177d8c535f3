import {
  DAY_MS,
  EngineError,
  epochDayAt,
  formatLocalDate,
  localMsAt,
  MINUTE_MS,
  weekdayOf,
  zoneNamed,
  type Window,
  type Rule,
} from '../../../plugin.ts';
import { componentsOf, propertiesOf, UnreadableCalendar, type Component } from '../calendar/jcal.ts';
import { endOf, instant, readLength, readMoment, type MomentPlace } from '../calendar/moments.ts';
import { loadParser } from '../calendar/parser.ts';
import { readRule } from '../calendar/rule.ts';
import { zonesOf } from '../calendar/zones.ts';
import { WEEK, type Hours } from './exportSchedule.ts';

/** How a schedule is read. */
export interface ImportOptions {
  /** IANA zone of the schedule that it shall become. */
  readonly timeZone: string;
  /** Of the company: windows are narrowed to it. */
  readonly grainMinutes: number;
}

/** A window that was narrowed to the grain: nothing is opened that was not available. */
export interface RoundedWindow {
  readonly from: string;
  readonly to: string;
  readonly roundedFrom: string;
  readonly roundedTo: string;
}

/** Why a part of an availability could not become part of a schedule. What is left out stays closed. */
export type DroppedReason =
  'RULE_UNSUPPORTED' | 'OTHER_ZONE' | 'PERIOD_DIFFERS' | 'LONGER_THAN_A_DAY' | 'LOWER_PRIORITY' | 'UNREADABLE';

/** What an availability becomes. */
export interface ImportedSchedule extends Hours {
  readonly rounded: readonly RoundedWindow[];
  readonly dropped: readonly DroppedReason[];
}

interface Weekly {
  readonly weekdays: readonly number[];
  readonly window: Window;
  readonly firstDay: number;
  readonly lastDay: number | undefined;
  readonly except: ReadonlySet<number>;
}

/**
 * Reads VAVAILABILITY (RFC 7953) as a schedule. Weekly windows become weekly windows, single ones and exceptions become
 * overrides. Times are narrowed to the grain and listed; what a schedule cannot say is left closed and listed.
 * Throws DEPENDENCY_MISSING without ical.js and OPTION_INVALID for text that is no availability.
 */
export async function importSchedule(
  text: string,
  { timeZone, grainMinutes }: ImportOptions,
): Promise<ImportedSchedule> {
  const parse = await loadParser();
  const lookup = zoneNamed(timeZone);
  if (!lookup.ok) throw new EngineError('OPTION_INVALID', `timeZone must be an IANA zone, not ${timeZone}.`);
  const calendar = calendarOf(text, parse);
  const dropped: DroppedReason[] = [];
  const rounded: RoundedWindow[] = [];
  const zones = zonesOf(calendar, { steps: 100_000 });
  const place: MomentPlace = { zones, ownZone: lookup.zone, onUnknownZone: () => dropped.push('OTHER_ZONE') };
  const weekly: Weekly[] = [];
  const singles: { readonly day: number; readonly window: Window }[] = [];

  for (const part of ranked(calendar, dropped).filter(({ name }) => name === 'available')) {
    try {
      const [property] = propertiesOf(part, 'dtstart');
      if (property === undefined) throw new UnreadableCalendar('an availability has no start');
      const start = readMoment(property.values[0], property, place);
      const isOwn = start.zone === lookup.zone;
      const rules = propertiesOf(part, 'rrule');
      const startMs = instant(start);
      const local = localMsAt(lookup.zone, startMs);
      const day = epochDayAt(local);
      const window = narrowed(
        local - day * DAY_MS,
        localMsAt(lookup.zone, endMsOf(part, place)) - local,
        grainMinutes,
        rounded,
      );
      if (window === 'LONGER_THAN_A_DAY') dropped.push(window);
      else if (window === undefined) continue;
      else if (rules.length === 0 && propertiesOf(part, 'rdate').length === 0) singles.push({ day, window });
      // Another zone's wall clock changes on other days: its hours are no weekly hours here.
      else if (!isOwn) dropped.push('OTHER_ZONE');
      else {
        const rule = rules.length === 1 ? readRule(rules[0]?.values[0]) : undefined;
        const weekdays = rule === undefined ? undefined : weekdaysOf(rule, day);
        if (rule === undefined || weekdays === undefined || propertiesOf(part, 'rdate').length > 0)
          dropped.push('RULE_UNSUPPORTED');
        else {
          const { until } = rule;
          const lastDay =
            until === undefined ? undefined : epochDayAt(until.isUtc ? localMsAt(lookup.zone, until.ms) : until.ms);
          const except = new Set(
            propertiesOf(part, 'exdate').flatMap((each) =>
              each.values.map((value) => epochDayAt(localMsAt(lookup.zone, instant(readMoment(value, each, place))))),
            ),
          );
          weekly.push({ weekdays, window, firstDay: day, lastDay, except });
        }
      }
    } catch (error) {
      if (!(error instanceof UnreadableCalendar)) throw error;
      dropped.push('UNREADABLE');
    }
  }

  const firstDay = weekly.length === 0 ? undefined : Math.min(...weekly.map((each) => each.firstDay));
  const lastDay = weekly[0]?.lastDay;
  // One schedule has one period: weeks that begin or end at another time cannot be told apart in it.
  const kept = weekly.filter((each) => each.lastDay === lastDay && each.firstDay < (firstDay ?? 0) + 7);
  for (let count = kept.length; count < weekly.length; count++) dropped.push('PERIOD_DIFFERS');
  const changed = new Set([...kept.flatMap(({ except }) => [...except]), ...singles.map(({ day }) => day)]);
  const overrides = [...changed]
    .sort((a, b) => a - b)
    .map((day) => ({
      date: formatLocalDate(day),
      windows: [
        ...kept.filter((each) => appliesOn(each, day)).map(({ window }) => window),
        ...singles.filter((each) => each.day === day).map(({ window }) => window),
      ],
    }));
  return {
    weekly: kept.map(({ weekdays, window }) => ({ days: weekdays.flatMap((day) => WEEK[day] ?? []), ...window })),
    overrides,
    validFrom: firstDay === undefined ? null : formatLocalDate(firstDay),
    validTo: lastDay === undefined ? null : formatLocalDate(lastDay),
    rounded,
    dropped,
  };
}

function calendarOf(text: string, parse: (text: string) => unknown): Component {
  try {
    const calendar = componentsOf(parse(text)).find(({ name }) => name === 'vcalendar');
    if (calendar?.components.some(({ name }) => name === 'vavailability') === true) return calendar;
  } catch (error) {
    if (!(error instanceof UnreadableCalendar)) throw error;
  }
  throw new EngineError('OPTION_INVALID', 'The text must be a calendar with a VAVAILABILITY in it.');
}

/** Of several availabilities the one that counts most (RFC 7953: 1 before 9, 0 last). */
function ranked(calendar: Component, dropped: DroppedReason[]): readonly Component[] {
  const priority = (component: Component): number =>
    Number(propertiesOf(component, 'priority')[0]?.values[0] ?? 0) || 10;
  const all = calendar.components.filter(({ name }) => name === 'vavailability');
  const [first, ...others] = all.sort((a, b) => priority(a) - priority(b));
  dropped.push(...others.map((): DroppedReason => 'LOWER_PRIORITY'));
  return first?.components ?? [];
}

function endMsOf(part: Component, place: MomentPlace): number {
  const [start] = propertiesOf(part, 'dtstart');
  const [end] = propertiesOf(part, 'dtend');
  if (end !== undefined) return instant(readMoment(end.values[0], end, place));
  const [duration] = propertiesOf(part, 'duration');
  if (start === undefined || duration === undefined) throw new UnreadableCalendar('an availability has no end');
  return endOf(readMoment(start.values[0], start, place), readLength(duration.values[0]));
}

/** A window narrowed to the grain; undefined when nothing of it is left. */
function narrowed(
  startMs: number,
  lengthMs: number,
  grainMinutes: number,
  rounded: RoundedWindow[],
): Window | 'LONGER_THAN_A_DAY' | undefined {
  const grainMs = grainMinutes * MINUTE_MS;
  const from = Math.ceil(startMs / grainMs) * grainMs;
  const to = Math.floor((startMs + lengthMs) / grainMs) * grainMs;
  if (to - from > DAY_MS) return 'LONGER_THAN_A_DAY';
  if (from !== startMs || to !== startMs + lengthMs)
    rounded.push({
      ...texts(startMs, startMs + lengthMs, 19),
      roundedFrom: texts(from, to).from,
      roundedTo: texts(from, to).to,
    });
  return to > from && from < DAY_MS ? texts(from, to) : undefined;
}

function texts(from: number, to: number, end = 16): Window {
  const clock = (ms: number): string => new Date(ms % DAY_MS).toISOString().slice(11, end);
  return { from: clock(from), to: to === DAY_MS ? '24:00' : clock(to) };
}

function weekdaysOf(rule: Rule, firstDay: number): readonly number[] | undefined {
  const { frequency, interval, count, days, seconds, minutes, hours, monthDays, yearDays, weeks, months, positions } =
    rule;
  const others = [seconds, minutes, hours, monthDays, yearDays, weeks, months, positions];
  if (interval !== 1 || count !== undefined || others.some((part) => part.length > 0)) return undefined;
  if (days.some(({ ordinal }) => ordinal !== 0)) return undefined;
  const named = days.map(({ weekday }) => weekday);
  if (frequency === 'WEEKLY') return named.length === 0 ? [weekdayOf(firstDay)] : named;
  if (frequency === 'DAILY') return named.length === 0 ? [0, 1, 2, 3, 4, 5, 6] : named;
  return undefined;
}

const appliesOn = ({ weekdays, firstDay, lastDay, except }: Weekly, day: number): boolean =>
  day >= firstDay && day <= (lastDay ?? Infinity) && weekdays.includes(weekdayOf(day)) && !except.has(day);
