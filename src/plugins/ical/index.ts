/**
 * `askpro/plugins/ical`: calendars elsewhere as occupied time, and appointments as calendars for others.
 *
 * @packageDocumentation
 */
export { ical } from './ical.ts';
export type { IcalOptions } from './options.ts';
export { Calendars } from './calendars.ts';
export type { CalendarSubscription, PublishedFeed, PublishOptions, SubscribeOptions } from './calendars.ts';
export type { FeedScope } from './feed/feeds.ts';
export type { CalendarProblem } from './calendar/occupied.ts';
export type { CalendarFailure } from './subscription/state.ts';
export type { FetchFailure, Resolve } from './fetch/fetchCalendar.ts';
export { exportSchedule } from './availability/exportSchedule.ts';
export type { ExportOptions, Hours } from './availability/exportSchedule.ts';
export { importSchedule } from './availability/importSchedule.ts';
export type { DroppedReason, ImportedSchedule, ImportOptions, RoundedWindow } from './availability/importSchedule.ts';
