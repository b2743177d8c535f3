import { DAY_MS, instantOf, localMsAt, expandRule, type Budget } from '../../../plugin.ts';
import { propertiesOf, textOf, type Component } from './jcal.ts';
import { endOf, instant, readLength, readMoment, type Length, type Moment, type MomentPlace } from './moments.ts';
import { readRule } from './rule.ts';

/** Takes down what is occupied. */
export interface Ledger extends MomentPlace {
  readonly fromMs: number;
  readonly toMs: number;
  readonly budget: Budget;
  readonly add: (startMs: number, endMs: number) => void;
  /** Told when a series had to be given up as too dense: its rest is taken for occupied. */
  readonly onTooDense: () => void;
}

/** No zone is further from UTC. */
const WIDEST_OFFSET_MS = 16 * 3_600_000;

interface Change {
  readonly event: Component;
  /** The start that the series had given it. */
  readonly replaced: Moment;
  readonly start: Moment;
  readonly length: Length;
  readonly andFuture: boolean;
}

/** Takes down the times of a series and of those of its occurrences that were changed. */
export function takeSeries(masters: readonly Component[], changed: readonly Component[], ledger: Ledger): void {
  const changes = changed.flatMap((event) => changeOf(event, ledger) ?? []);
  const replacedMs = new Set(changes.map(({ replaced }) => instant(replaced)));
  const future = changes.filter(({ andFuture }) => andFuture).sort((a, b) => instant(a.replaced) - instant(b.replaced));
  for (const master of masters) takeMaster(master, replacedMs, future, ledger);
  for (const { event, start, length } of changes) if (blocks(event)) take(start, length, ledger);
}

/** Whether an event occupies time (RFC 5545: TRANSP, STATUS). */
const blocks = (event: Component): boolean =>
  textOf(event, 'transp')?.toUpperCase() !== 'TRANSPARENT' && textOf(event, 'status')?.toUpperCase() !== 'CANCELLED';

function changeOf(event: Component, place: MomentPlace): Change | undefined {
  const [property] = propertiesOf(event, 'recurrence-id');
  if (property === undefined) return undefined;
  const replaced = readMoment(property.values[0], property, place);
  const start = startOf(event, place) ?? replaced;
  const andFuture = property.parameters['range']?.toUpperCase() === 'THISANDFUTURE';
  return { event, replaced, start, length: lengthOf(event, start, place), andFuture };
}

function startOf(event: Component, place: MomentPlace): Moment | undefined {
  const [property] = propertiesOf(event, 'dtstart');
  return property === undefined ? undefined : readMoment(property.values[0], property, place);
}

/** Without an end a date lasts a day, and a time no time at all. */
function lengthOf(event: Component, start: Moment, place: MomentPlace): Length {
  const [end] = propertiesOf(event, 'dtend');
  if (end !== undefined) {
    const until = readMoment(end.values[0], end, place);
    if (start.isDate && until.isDate) return { days: Math.max(1, (until.local - start.local) / DAY_MS), ms: 0 };
    return { days: 0, ms: instant(until) - instant(start) };
  }
  const duration = textOf(event, 'duration');
  if (duration !== undefined) return readLength(duration);
  return { days: start.isDate ? 1 : 0, ms: 0 };
}

function takeMaster(
  event: Component,
  replacedMs: ReadonlySet<number>,
  future: readonly Change[],
  ledger: Ledger,
): void {
  const start = startOf(event, ledger);
  if (start === undefined || (!blocks(event) && !future.some((change) => blocks(change.event)))) return;
  const length = lengthOf(event, start, ledger);
  const reachMs = Math.max(0, ...[length, ...future.map((change) => change.length)].map(spanOf)) + movedBy(future);
  const isExcepted = exceptions(event, ledger);
  const takeOne = (local: number): void => {
    const moment = { ...start, local };
    const startMs = instant(moment);
    if (replacedMs.has(startMs) || isExcepted(startMs)) return;
    const change = future.findLast(({ replaced }) => instant(replaced) <= startMs);
    if (change === undefined) {
      if (blocks(event)) take(moment, length, ledger);
    } else if (blocks(change.event)) {
      take({ ...change.start, local: change.start.local + local - change.replaced.local }, change.length, ledger);
    }
  };
  const rules = propertiesOf(event, 'rrule');
  if (rules.length === 0) takeOne(start.local);
  const from = ledger.fromMs - reachMs - WIDEST_OFFSET_MS;
  const to = ledger.toMs + movedBy(future) + WIDEST_OFFSET_MS;
  // What lasts no time occupies none, however often it comes.
  if (reachMs > 0) {
    for (const { values } of rules) {
      const rule = readRule(values[0]);
      const until =
        rule.until?.isUtc === true ? { ms: localMsAt(start.zone, rule.until.ms), isUtc: false } : rule.until;
      const { starts, stoppedAt } = expandRule({ ...rule, until }, start.local, from, to, ledger.budget);
      for (const local of starts) takeOne(local);
      if (stoppedAt === undefined) continue;
      ledger.onTooDense();
      ledger.add(instantOf(start.zone, stoppedAt), ledger.toMs);
    }
  }
  for (const property of propertiesOf(event, 'rdate')) {
    for (const value of property.values) {
      if (Array.isArray(value)) takePeriod(value, property, ledger);
      else takeOne(readMoment(value, property, { ...ledger, ownZone: start.zone }).local);
    }
  }
}

const spanOf = ({ days, ms }: Length): number => days * DAY_MS + ms;

const movedBy = (future: readonly Change[]): number =>
  Math.max(0, ...future.map(({ start, replaced }) => Math.abs(instant(start) - instant(replaced))));

function exceptions(event: Component, place: MomentPlace): (startMs: number) => boolean {
  const excepted = new Set<number>();
  for (const property of propertiesOf(event, 'exdate'))
    for (const value of property.values) excepted.add(instant(readMoment(value, property, place)));
  return (startMs) => excepted.has(startMs);
}

const take = (start: Moment, length: Length, { add }: Ledger): void => add(instant(start), endOf(start, length));

/** Takes down a period, which has an end or a duration. */
export function takePeriod(
  [start, end]: readonly unknown[],
  property: Parameters<typeof readMoment>[1],
  ledger: Ledger,
): void {
  const from = readMoment(start, property, ledger);
  if (/^[+-]?P/.test(String(end))) ledger.add(instant(from), endOf(from, readLength(end)));
  else ledger.add(instant(from), instant(readMoment(end, property, ledger)));
}
