import type { Appointment } from '../../../plugin.ts';
import { calendarText, escapedText, utcText } from './line.ts';

/** One appointment as a calendar shows it. */
export interface FeedEntry {
  readonly appointment: Appointment;
  readonly service: string;
  /** Undefined unless the feed may tell. */
  readonly customer: string | undefined;
}

/** A calendar of appointments (RFC 5545), all times in UTC. */
export const feedText = (name: string, entries: readonly FeedEntry[]): string =>
  calendarText([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//askpro//appointments//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escapedText(name)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT15M',
    'X-PUBLISHED-TTL:PT15M',
    ...entries.flatMap(eventLines),
    'END:VCALENDAR',
  ]);

const eventLines = ({ appointment, service, customer }: FeedEntry): readonly string[] => [
  'BEGIN:VEVENT',
  `UID:${appointment.id}@askpro`,
  // Of the last change, not of this answer: what has not changed has the same text.
  `DTSTAMP:${utcText(appointment.updatedMs)}`,
  `CREATED:${utcText(appointment.createdMs)}`,
  `LAST-MODIFIED:${utcText(appointment.updatedMs)}`,
  `SEQUENCE:${Math.max(0, appointment.version - 1)}`,
  `DTSTART:${utcText(appointment.startMs)}`,
  `DTEND:${utcText(appointment.endMs)}`,
  `SUMMARY:${escapedText(customer === undefined ? service : `${service}: ${customer}`)}`,
  `STATUS:${appointment.status === 'pending' ? 'TENTATIVE' : 'CONFIRMED'}`,
  'TRANSP:OPAQUE',
  'END:VEVENT',
];
