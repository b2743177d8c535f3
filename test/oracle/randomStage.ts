import { Temporal } from 'temporal-polyfill';

import type { CaseSpan } from './caseFile.ts';
import type { Random } from './random.ts';

/** Zones with ordinary changes, none, half hours, 45 minutes, changes at midnight, of half an hour, of two, and backwards. */
export const ZONES = [
  'UTC',
  'Europe/Berlin',
  'Europe/London',
  'Europe/Dublin',
  'America/New_York',
  'America/Los_Angeles',
  'America/St_Johns',
  'America/Havana',
  'America/Santiago',
  'America/Asuncion',
  'America/Sao_Paulo',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Antarctica/Troll',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Tehran',
  'Australia/Adelaide',
  'Australia/Eucla',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Auckland',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
] as const;

/** The dates and the instants around which schedules are made. */
export interface Stage {
  readonly firstDate: Temporal.PlainDate;
  readonly days: number;
  readonly zone: string;
  /** When the zone's clock changes within the stage. */
  readonly change?: Temporal.ZonedDateTime;
}

/** Three of five stages lie around a change of the zone's clock, when it has one; none is longer than so many days. */
export function randomStage(random: Random, zone: string, mostDays: number): Stage {
  const days = Math.min(mostDays, random.pick([1, 1, 1, 2, 2, 2, 3, 3, 4, 8, 9]));
  const anyDate = Temporal.PlainDate.from({
    year: random.int(2008, 2031),
    month: random.int(1, 12),
    day: random.int(1, 28),
  });
  if (random.chance(0.6)) {
    const change = anyDate.toZonedDateTime(zone).getTimeZoneTransition('next');
    if (change !== null && change.year < 2034) {
      return { firstDate: change.toPlainDate().subtract({ days: random.int(0, days - 1) }), days, zone, change };
    }
  }
  return { firstDate: anyDate, days, zone };
}

/** The days of the stage, or a range that begins and ends somewhere within its days. */
export function randomRange(random: Random, stage: Stage): { from: string; to: string } {
  let from = stage.firstDate.toZonedDateTime(stage.zone).toInstant();
  let to = stage.firstDate.add({ days: stage.days }).toZonedDateTime(stage.zone).toInstant();
  if (random.chance(0.4)) {
    from = from.add({
      minutes: random.pick([0, 15, 60, 90, 300, random.int(1, 600)]),
      seconds: random.pick([0, 0, 0, 1, 59]),
    });
    to = to.add({ minutes: random.int(-240, 240) }).add({ milliseconds: random.pick([0, 0, 1, 999]) });
  }
  // Samoa left out a whole date.
  if (Temporal.Instant.compare(from, to) >= 0) to = from.add({ hours: 24 });
  return { from: isoText(random, from, stage.zone), to: isoText(random, to, stage.zone) };
}

/** A random half-open span around the stage, a minute to `longestMinutes` long; a few do not keep to whole minutes. */
export function randomSpan(random: Random, stage: Stage, longestMinutes: number): CaseSpan {
  const midnight = stage.firstDate.subtract({ days: 1 }).toZonedDateTime(stage.zone).toInstant();
  const ragged = random.chance(0.05);
  const start = midnight.add({
    minutes: random.int(0, (stage.days + 2) * 24 * 12) * 5 + (random.chance(0.1) ? random.int(1, 4) : 0),
    milliseconds: ragged ? random.pick([1, 30_000, 59_999]) : 0,
  });
  const end = start.add({ minutes: random.int(1, longestMinutes), milliseconds: ragged ? random.int(0, 59_999) : 0 });
  return { start: isoText(random, start, stage.zone), end: isoText(random, end, stage.zone) };
}

/** An instant as ISO 8601, in UTC or with the offset of the zone. */
export function isoText(random: Random, instant: Temporal.Instant, zone: string): string {
  return random.chance(0.5) ? instant.toString() : instant.toZonedDateTimeISO(zone).toString({ timeZoneName: 'never' });
}

/** A date of the stage, or the one before or after it. */
export function dateOf(random: Random, stage: Stage): string {
  return stage.firstDate.add({ days: random.int(-1, stage.days) }).toString();
}

/** An instant some minutes (and milliseconds) from another one. */
export function shifted(iso: string, minutes: number, milliseconds = 0): Temporal.Instant {
  return Temporal.Instant.from(iso).add({ milliseconds: minutes * 60_000 + milliseconds });
}

/** The fields that are not undefined. */
export function given<Fields extends object>(
  fields: Fields,
): { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Fields]?: Exclude<Fields[Key], undefined>;
  };
}
