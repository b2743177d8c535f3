import type { Json, ResourceId, StoredDocument } from '../../../plugin.ts';
import type { CalendarProblem } from '../calendar/occupied.ts';
import type { FetchFailure } from '../fetch/fetchCalendar.ts';

/** Why the last attempt to read a calendar failed. */
export type CalendarFailure = FetchFailure | 'UNREADABLE';

/** What is kept of a subscription, so that it outlives the process. */
export interface SubscriptionState {
  readonly resourceId: ResourceId;
  /** Often a secret in itself; told to nobody but the server it names. */
  readonly url: string;
  /** In which whole days are read. */
  readonly timeZone: string;
  /** Null: that of the plugin. */
  readonly staleLimitMs: number | null;
  /** When to fetch next. */
  readonly nextMs: number;
  /** How often fetching has failed in a row. */
  readonly failures: number;
  readonly failure: CalendarFailure | null;
  /** When the calendar was last known to be as kept here; null: never. */
  readonly asOfMs: number | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly fromMs: number;
  readonly toMs: number;
  /** Start, end … within [fromMs, toMs). */
  readonly intervals: readonly number[];
  readonly problems: readonly CalendarProblem[];
}

/** A subscription as it is stored. */
export interface StoredSubscription {
  readonly id: string;
  readonly version: number;
  readonly state: SubscriptionState;
}

/** The collection of subscriptions. */
export const SUBSCRIPTIONS = 'ical.subscriptions';

/** A subscription that has not been read. */
export const newState = (
  given: Pick<SubscriptionState, 'resourceId' | 'url' | 'timeZone' | 'staleLimitMs' | 'nextMs'>,
): SubscriptionState => ({
  ...given,
  failures: 0,
  failure: null,
  asOfMs: null,
  etag: null,
  lastModified: null,
  fromMs: 0,
  toMs: 0,
  intervals: [],
  problems: [],
});

/** This plugin alone writes its collection, so what is in it has the form it was given. */
export const storedSubscription = ({ id, version, value }: StoredDocument): StoredSubscription => ({
  id,
  version,
  state: value as unknown as SubscriptionState,
});

/** As the documents take it. */
export const asJson = (state: SubscriptionState): Json => ({ ...state });
