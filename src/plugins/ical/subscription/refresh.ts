import { DAY_MS, zoneNamed, type Clock, type Intervals } from '../../../plugin.ts';
import { UnreadableCalendar } from '../calendar/jcal.ts';
import { occupiedIn } from '../calendar/occupied.ts';
import type { Parser } from '../calendar/parser.ts';
import { fetchCalendar, type Fetched } from '../fetch/fetchCalendar.ts';
import type { IcalSettings } from '../options.ts';
import type { CalendarFailure, SubscriptionState } from './state.ts';

/** What refreshing works with. */
export interface RefreshPlace {
  readonly settings: IcalSettings;
  readonly clock: Clock;
  readonly parse: Parser;
}

/** A calendar whose reading has become so much shorter than the horizon is read anew although it has not changed. */
const SHORTENED_MS = 14 * DAY_MS;
const MAX_BACKOFF_MS = 3_600_000;
const MAX_DOUBLINGS = 10;
/** A calendar is kept in so many pieces at most; what follows them is taken for occupied. */
const MAX_INTERVALS = 20_000;

/** Fetches a calendar and answers the state that follows. What cannot be fetched or read leaves what was known. */
export async function refreshed(state: SubscriptionState, place: RefreshPlace): Promise<SubscriptionState> {
  const { settings, clock, parse } = place;
  const begunMs = clock.now();
  const isWhole = state.asOfMs !== null && state.toMs >= begunMs + settings.horizonMs - SHORTENED_MS;
  const known = isWhole ? state : { etag: null, lastModified: null };
  const resolve = settings.resolve === undefined ? {} : { resolve: settings.resolve };
  const fetched = await fetchCalendar(state.url, known, { limits: settings.limits, clock, ...resolve });
  const nowMs = clock.now();
  const good = { failures: 0, failure: null, asOfMs: begunMs, nextMs: nowMs + settings.refreshMs };
  if (fetched.kind === 'unchanged') return { ...state, ...good };
  if (fetched.kind === 'failed') return failed(state, fetched.failure, nowMs, settings, fetched.retryAfterMs);
  try {
    return { ...state, ...good, ...readText(fetched, state.timeZone, begunMs, settings.horizonMs, parse) };
  } catch (error) {
    if (!(error instanceof UnreadableCalendar)) throw error;
    return failed(state, 'UNREADABLE', nowMs, settings);
  }
}

function readText(
  { text, validators }: Extract<Fetched, { readonly kind: 'changed' }>,
  timeZone: string,
  nowMs: number,
  horizonMs: number,
  parse: Parser,
): Pick<SubscriptionState, 'etag' | 'lastModified' | 'fromMs' | 'toMs' | 'intervals' | 'problems'> {
  const lookup = zoneNamed(timeZone);
  const [fromMs, toMs] = [nowMs - DAY_MS, nowMs + horizonMs];
  if (!lookup.ok) throw new UnreadableCalendar('its resource has no zone');
  const { intervals, problems } = occupiedIn(parse(text), { fromMs, toMs, zone: lookup.zone });
  return { ...validators, fromMs, toMs, intervals: shortened(intervals, toMs), problems };
}

function shortened(intervals: Intervals, toMs: number): readonly number[] {
  if (intervals.length <= MAX_INTERVALS * 2) return [...intervals];
  return [...intervals.subarray(0, MAX_INTERVALS * 2 - 1), toMs];
}

function failed(
  state: SubscriptionState,
  failure: CalendarFailure,
  nowMs: number,
  { refreshMs }: IcalSettings,
  retryAfterMs = 0,
): SubscriptionState {
  const failures = state.failures + 1;
  const backoffMs = Math.min(
    refreshMs * 2 ** Math.min(failures - 1, MAX_DOUBLINGS),
    Math.max(refreshMs, MAX_BACKOFF_MS),
  );
  const waitMs = Math.max(backoffMs, Math.min(retryAfterMs, DAY_MS));
  return { ...state, failures, failure, nextMs: nowMs + waitMs };
}
