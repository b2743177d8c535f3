import { parseInstant } from '../instant.ts';
import { DAY_MS, epochDayOf, isCivilDate, WEEKDAYS } from '../localDate.ts';
import { localMsAt, type Zone } from '../zone.ts';
import type { Frequency, Rule, RuleDay, Until } from './rule.ts';

/** What {@link parseRule} answers: a rule, or what is wrong with it and would be right. */
export type ParsedRule = { readonly ok: true; readonly rule: Rule } | { readonly ok: false; readonly message: string };

const FREQUENCY: Readonly<Partial<Record<string, Frequency>>> = {
  DAILY: 'DAILY',
  WEEKLY: 'WEEKLY',
  MONTHLY: 'MONTHLY',
  YEARLY: 'YEARLY',
};
const PARTS = ['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'BYDAY', 'BYMONTHDAY', 'BYMONTH', 'BYSETPOS', 'WKST'];

class Wrong extends Error {}

/**
 * Reads a rule of RFC 5545 as series have them: FREQ of days to years, INTERVAL, COUNT or UNTIL, BYDAY, BYMONTHDAY, BYMONTH,
 * BYSETPOS and WKST, with or without the prefix `RRULE:`.
 * @param zone - in whose wall clock an UNTIL in UTC is read
 */
export function parseRule(text: string, zone: Zone): ParsedRule {
  try {
    return { ok: true, rule: read(text, zone) };
  } catch (error) {
    if (error instanceof Wrong) return { ok: false, message: error.message };
    throw error;
  }
}

function read(text: string, zone: Zone): Rule {
  const parts = new Map<string, string>();
  for (const part of text
    .toUpperCase()
    .replace(/^RRULE:/, '')
    .split(';')) {
    const [name = '', value = '', ...rest] = part.split('=');
    if (!PARTS.includes(name)) throw new Wrong(`has a part "${name}" that series do not have: ${PARTS.join(', ')}`);
    if (value === '' || rest.length > 0) throw new Wrong(`must give ${name} one value, like ${name}=…`);
    if (parts.has(name)) throw new Wrong(`gives ${name} twice`);
    parts.set(name, value);
  }
  const frequency = FREQUENCY[parts.get('FREQ') ?? ''];
  if (frequency === undefined) throw new Wrong('must have FREQ=DAILY, WEEKLY, MONTHLY or YEARLY');
  if (parts.has('COUNT') && parts.has('UNTIL')) throw new Wrong('may have COUNT or UNTIL, and not both');
  const days = listOf(parts, 'BYDAY').map(readDay);
  if (days.some(({ ordinal }) => ordinal !== 0) && (frequency === 'DAILY' || frequency === 'WEEKLY'))
    throw new Wrong('may number days of BYDAY only in months and years');
  const monthDays = numbersOf(parts, 'BYMONTHDAY', 31, true);
  if (frequency === 'WEEKLY' && monthDays.length > 0) throw new Wrong('may not have BYMONTHDAY in weeks');
  const months = numbersOf(parts, 'BYMONTH', 12, false);
  const positions = numbersOf(parts, 'BYSETPOS', 366, true);
  if (positions.length > 0 && days.length + monthDays.length + months.length === 0)
    throw new Wrong('may have BYSETPOS only beside BYDAY, BYMONTHDAY or BYMONTH');
  return {
    frequency,
    interval: numberOf(parts, 'INTERVAL', 1_000) ?? 1,
    count: numberOf(parts, 'COUNT', 1_000_000),
    until: readUntil(parts.get('UNTIL'), zone),
    weekStart: parts.has('WKST') ? readDay(parts.get('WKST') ?? '').weekday : 0,
    seconds: [],
    minutes: [],
    hours: [],
    days,
    monthDays,
    yearDays: [],
    weeks: [],
    months,
    positions,
  };
}

const listOf = (parts: ReadonlyMap<string, string>, name: string): readonly string[] =>
  parts.get(name)?.split(',') ?? [];

function numberOf(parts: ReadonlyMap<string, string>, name: string, most: number): number | undefined {
  const text = parts.get(name);
  if (text === undefined) return undefined;
  const number = /^\d{1,7}$/.test(text) ? Number(text) : NaN;
  if (!(number >= 1 && number <= most)) throw new Wrong(`must have ${name} from 1 to ${most}`);
  return number;
}

function numbersOf(
  parts: ReadonlyMap<string, string>,
  name: string,
  most: number,
  fromEnd: boolean,
): readonly number[] {
  return listOf(parts, name).map((text) => {
    const number = /^[+-]?\d{1,3}$/.test(text) ? Number(text) : NaN;
    const size = fromEnd ? Math.abs(number) : number;
    if (!(size >= 1 && size <= most)) throw new Wrong(`must have in ${name} numbers from 1 to ${most}`);
    return number;
  });
}

function readDay(text: string): RuleDay {
  const match = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(text);
  const weekday = WEEKDAYS.findIndex((day) => day.toUpperCase() === match?.[2]);
  const ordinal = match?.[1] === undefined ? 0 : Number(match[1]);
  if (match === null || weekday < 0 || (match[1] !== undefined && (ordinal === 0 || Math.abs(ordinal) > 53)))
    throw new Wrong('must name days as MO, TU, WE, TH, FR, SA or SU, numbered like 2MO or -1FR');
  return { ordinal, weekday };
}

/** `20261224` ends with that date, `20261224T100000` at that wall time, and with a Z at that instant. */
function readUntil(text: string | undefined, zone: Zone): Until | undefined {
  if (text === undefined) return undefined;
  const match = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z)?)?$/.exec(text);
  const [year, month, day] = [Number(match?.[1]), Number(match?.[2]), Number(match?.[3])];
  if (match === null || !isCivilDate(year, month, day)) throw new Wrong(UNTIL);
  if (match[4] === undefined) return { ms: (epochDayOf(year, month, day) + 1) * DAY_MS - 1, isUtc: false };
  const ms = parseInstant(`${text.slice(0, 4)}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6]}Z`);
  if (ms === undefined) throw new Wrong(UNTIL);
  return { ms: match[7] === undefined ? ms : localMsAt(zone, ms), isUtc: false };
}

const UNTIL = 'must have UNTIL as a date 20261224, a wall time 20261224T100000 or an instant 20261224T090000Z';
