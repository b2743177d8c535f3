import { normalise, type Intervals, type Zone, type Budget } from '../../../plugin.ts';
import { takePeriod, takeSeries, type Ledger } from './events.ts';
import { componentsOf, propertiesOf, textOf, UnreadableCalendar, type Component } from './jcal.ts';
import { zonesOf } from './zones.ts';

/** What of a calendar could not be read as it is meant. */
export type CalendarProblem =
  /** A series has more occurrences than are looked at; what follows is taken for occupied. */
  | 'TOO_DENSE'
  /** A time names a zone that nobody knows; it is read in the resource's zone. */
  | 'ZONE_UNKNOWN'
  /** An event has a rule or time of a form that is not understood; all of the range is taken for occupied. */
  | 'EVENT_UNREADABLE';

/** The occupied time of a calendar. */
export interface Occupied {
  /** Within the range, ascending, apart. */
  readonly intervals: Intervals;
  readonly problems: readonly CalendarProblem[];
}

/** Which part of a calendar to read. */
export interface Reading {
  readonly fromMs: number;
  readonly toMs: number;
  /** The zone of whole days and of times without one. */
  readonly zone: Zone;
}

/** Rules, dates and zones of one calendar are looked at so often at most. */
const MAX_STEPS = 400_000;

/**
 * What occupies time in a calendar, given as jCal (RFC 7265): events that are neither transparent nor cancelled, and
 * free/busy times other than FREE. What cannot be understood counts as occupied and is named.
 */
export function occupiedIn(jcal: unknown, { fromMs, toMs, zone }: Reading): Occupied {
  const calendars = componentsOf(jcal).filter(({ name }) => name === 'vcalendar');
  if (calendars.length === 0) throw new UnreadableCalendar('there is no calendar in it');
  const pairs: number[] = [];
  const problems = new Set<CalendarProblem>();
  const budget: Budget = { steps: MAX_STEPS };
  for (const calendar of calendars) {
    const ledger: Ledger = {
      fromMs,
      toMs,
      budget,
      ownZone: zone,
      zones: zonesOf(calendar, budget),
      onUnknownZone: () => problems.add('ZONE_UNKNOWN'),
      onTooDense: () => problems.add('TOO_DENSE'),
      add(startMs, endMs) {
        const [from, to] = [Math.max(startMs, fromMs), Math.min(endMs, toMs)];
        if (from < to) pairs.push(from, to);
      },
    };
    const guarded = (takeThem: () => void): void => {
      try {
        takeThem();
      } catch (error) {
        if (!(error instanceof UnreadableCalendar)) throw error;
        problems.add('EVENT_UNREADABLE');
        ledger.add(fromMs, toMs);
      }
    };
    for (const [masters, changed] of seriesOf(calendar)) guarded(() => takeSeries(masters, changed, ledger));
    for (const component of calendar.components)
      if (component.name === 'vfreebusy') guarded(() => takeFreeBusy(component, ledger));
  }
  return { intervals: normalise(Float64Array.from(pairs)), problems: [...problems] };
}

/** Events by the series they belong to: those that found it, and those that change one of its occurrences. */
function* seriesOf({ components }: Component): Generator<readonly [Component[], Component[]]> {
  const series = new Map<string, [Component[], Component[]]>();
  for (const component of components) {
    if (component.name !== 'vevent') continue;
    const uid = textOf(component, 'uid');
    const isChange = propertiesOf(component, 'recurrence-id').length > 0;
    // Without a name an event belongs to nothing else.
    const group = (uid === undefined ? undefined : series.get(uid)) ?? [[], []];
    group[isChange ? 1 : 0].push(component);
    if (uid === undefined) yield group;
    else series.set(uid, group);
  }
  yield* series.values();
}

function takeFreeBusy(component: Component, ledger: Ledger): void {
  for (const property of propertiesOf(component, 'freebusy')) {
    if (property.parameters['fbtype']?.toUpperCase() === 'FREE') continue;
    for (const value of property.values) if (Array.isArray(value)) takePeriod(value, property, ledger);
  }
}
