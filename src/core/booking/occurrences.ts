import { refuse, type Refused } from '../refusals.ts';
import { civilOf, DAY_MS, epochDayAt, epochDayOf, parseLocalDate } from '../time/localDate.ts';
import { expandRule, startsItself } from '../time/recurrence/expandRule.ts';
import { parseRule } from '../time/recurrence/parseRule.ts';
import { instantOf, localMsAt, type Zone } from '../time/zone.ts';
import { LONGEST_YEARS, MOST_OCCURRENCES } from './seriesRequests.ts';

/** More work than any rule that is allowed needs. */
const MOST_STEPS = 200_000;

/** The starts of a rule in epoch milliseconds, ascending: its wall time in that zone, as Temporal's `compatible` resolves it. */
export function occurrencesOf(
  text: string,
  firstMs: number,
  exceptDates: readonly string[],
  zone: Zone,
): { readonly ok: true; readonly startsMs: readonly number[] } | Refused<'INPUT_INVALID'> {
  const parsed = parseRule(text, zone);
  if (!parsed.ok) return wrong('rule', parsed.message);
  const { rule } = parsed;
  if (rule.count === undefined && rule.until === undefined) return wrong('rule', 'must end: give COUNT or UNTIL');
  if (rule.count !== undefined && rule.count > MOST_OCCURRENCES)
    return wrong('rule', `must have COUNT of at most ${MOST_OCCURRENCES}`);
  const excluded = new Set<number>();
  for (const [index, date] of exceptDates.entries()) {
    const day = parseLocalDate(date);
    if (day === undefined) return wrong(`exceptDates[${index}]`, 'must be a date like 2026-12-24');
    excluded.add(day);
  }
  const first = localMsAt(zone, firstMs);
  if (!startsItself(rule, first)) return wrong('target.start', 'must be a start of the rule itself');
  const { year, month, day } = civilOf(epochDayAt(first));
  const lastDay = epochDayOf(year + LONGEST_YEARS, month, Math.min(day, 28));
  const { starts, stoppedAt } = expandRule(rule, first, first, (lastDay + 1) * DAY_MS, { steps: MOST_STEPS });
  const isCut = rule.count === undefined ? (rule.until?.ms ?? 0) >= (lastDay + 1) * DAY_MS : starts.length < rule.count;
  if (stoppedAt !== undefined || isCut) return wrong('rule', `must end within ${LONGEST_YEARS} years`);
  if (starts.length > MOST_OCCURRENCES) return wrong('rule', `must have at most ${MOST_OCCURRENCES} occurrences`);
  if (starts.length === 0) return wrong('rule', 'must not end before it begins');
  // A wall time that a clock shows twice is the instant that was asked for, where it is the first.
  const startsMs = starts
    .filter((start) => !excluded.has(epochDayAt(start)))
    .map((start) => (start === first ? firstMs : instantOf(zone, start)));
  return startsMs.length === 0 ? wrong('exceptDates', 'must leave something of the series') : { ok: true, startsMs };
}

const wrong = (path: string, message: string): Refused<'INPUT_INVALID'> =>
  refuse('INPUT_INVALID', { errors: [{ path, message }] });
