import { Temporal } from 'temporal-polyfill';

import type { CaseFile, CaseResource, CaseService, CaseSpan, CaseWeeklyWindow } from './caseFile.ts';
import type { SlotAnswer } from './caseAnswer.ts';
import { oracleAnswer } from './oracle.ts';

/** The zone in which hand-written cases live unless they are about another. */
export const BERLIN = 'Europe/Berlin';
/** The date hand-written cases ask for unless told otherwise: a Tuesday in winter. */
export const TUESDAY = '2026-11-24';
const EVERY_DAY = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'] as const;

/** Windows of every day, written `09:00-12:00`. */
export function daily(...windows: string[]): CaseWeeklyWindow[] {
  return windows.map((window) => weekly(EVERY_DAY, window));
}

/** One weekly window on the named days, written `09:00-12:00`. */
export function weekly(days: CaseWeeklyWindow['days'], window: string): CaseWeeklyWindow {
  const [from = '', to = ''] = window.split('-');
  return { days, from, to };
}

/** Windows of an override, written `09:00-12:00`. */
export function windows(...texts: string[]): { from: string; to: string }[] {
  return texts.map((text) => {
    const [from = '', to = ''] = text.split('-');
    return { from, to };
  });
}

/** A resource in Berlin, called anna unless told otherwise. */
export function berlin(resource: Partial<CaseResource>): CaseResource {
  return { id: 'anna', timeZone: BERLIN, ...resource };
}

/** A span of one Berlin date in winter, written `10:00-11:00`. */
export function at(text: string, date = TUESDAY): CaseSpan {
  const [from = '', to = ''] = text.split('-');
  return { start: `${date}T${from}:00+01:00`, end: `${date}T${to}:00+01:00` };
}

function range(fromDate: string, days: number, zone: string): { from: string; to: string } {
  const midnight = (date: Temporal.PlainDate): string => date.toZonedDateTime(zone).toInstant().toString();
  const from = Temporal.PlainDate.from(fromDate);
  return { from: midnight(from), to: midnight(from.add({ days })) };
}

/** A question to the oracle: one date, Tuesday in Berlin unless told otherwise, or a range of its own. */
export interface Asked {
  readonly service?: CaseService;
  readonly resources: readonly CaseResource[];
  /** What else stands in the case. */
  readonly more?: Partial<CaseFile>;
  readonly date?: string;
  readonly days?: number;
  readonly now?: string;
  readonly zone?: string;
  readonly range?: CaseFile['range'];
}

/** The case that is asked. */
export function caseOf(asked: Asked): CaseFile {
  const { service, resources, now, more, zone = BERLIN, date = TUESDAY, days = 1 } = asked;
  return {
    range: asked.range ?? range(date, days, zone),
    ...(service && { service }),
    resources,
    ...(now && { now }),
    ...more,
  };
}

/** The slots of one date (Tuesday in Berlin unless told otherwise), each as text made by `show`. */
function answer(asked: Asked, show: (slot: SlotAnswer) => string): string[] {
  return slotsOf(asked).map(show);
}

/** The slots of the answer, in its order. */
export function slotsOf(asked: Asked): readonly SlotAnswer[] {
  const given = oracleAnswer(caseOf(asked));
  return 'slots' in given ? given.slots : [];
}

function local(iso: string, zone: string): string {
  return Temporal.Instant.from(iso).toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: 'minute' });
}

/** Starts as wall-clock times of the zone. */
export function starts(asked: Asked): string[] {
  return answer(asked, (slot) => local(slot.start, asked.zone ?? BERLIN));
}

/** Starts as `DD HH:MM` of the zone. */
export function datedStarts(asked: Asked): string[] {
  const zone = asked.zone ?? BERLIN;
  return answer(asked, ({ start }) => {
    const day = Temporal.Instant.from(start).toZonedDateTimeISO(zone).day;
    return `${day.toString().padStart(2, '0')} ${local(start, zone)}`;
  });
}

/** Starts as `HH:MM+offset`, to tell the two passes of a repeated hour apart. */
export function offsetStarts(asked: Asked): string[] {
  const zone = asked.zone ?? BERLIN;
  return answer(asked, ({ start }) => {
    const { offset } = Temporal.Instant.from(start).toZonedDateTimeISO(zone);
    return `${local(start, zone)}${offset}`;
  });
}

/** Starts and resources as `HH:MM anna+room`. */
export function assigned(asked: Asked): string[] {
  return answer(asked, (slot) => `${local(slot.start, asked.zone ?? BERLIN)} ${slot.resources.join('+')}`);
}

/** Segments of each slot as `HH:MM anna, HH:MM ben`, with the service where there is a visit. */
export function served(asked: Asked): string[] {
  const zone = asked.zone ?? BERLIN;
  return answer(asked, ({ segments = [] }) =>
    segments
      .map(({ start, resources, service }) =>
        [local(start, zone), service, resources.join('+')].filter(Boolean).join(' '),
      )
      .join(', '),
  );
}

/** Slots as `HH:MM-HH:MM`. */
export function spans(asked: Asked): string[] {
  const zone = asked.zone ?? BERLIN;
  return answer(asked, ({ start, end }) => `${local(start, zone)}-${local(end, zone)}`);
}

/** An hour's appointment on the hour. */
export const hour: CaseService = { durationMinutes: 60, stepMinutes: 60 };
