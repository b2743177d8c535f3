import { createRequire } from 'node:module';
import { formatUtc, parseInstant } from 'askpro/case';
import { compileSchedule, findSlots, type FoundSlots } from 'askpro/slots';
import { Settings } from 'luxon';
import { getSlots } from 'slot-calculator';
import { below, seeded, shuffled } from '../measure/seeded.ts';
import { berlin, DURATION_MS, instant, serviceOf, VARIANTS, weekly, weeksOf, type Weeks } from './calendars.ts';

const { version } = createRequire(import.meta.url)('slot-calculator/package.json') as { readonly version: string };

/** The peer with its version. */
export const peerName = `slot-calculator ${version}`;

/** One question in the form in which each side takes it; for ours nothing has been prepared. */
export interface RawCase {
  readonly range: Weeks['range'];
  /** In no order. */
  readonly busy: Float64Array;
  /** Its fastest form: opening hours already expanded to instants, and no zone to convert its answer to. */
  readonly peer: Parameters<typeof getSlots>[0];
}

const pairsOf = (list: Float64Array): number[][] =>
  Array.from({ length: list.length / 2 }, (_, index) => [...list.subarray(index * 2, index * 2 + 2)]);

const stretch = ([from = NaN, to = NaN]: readonly number[]): { from: string; to: string } => ({
  from: formatUtc(from),
  to: formatUtc(to),
});

/** One host and four weeks, with eight half hours a day that `busyOf` chooses. */
export function rawCases(busyOf: (days: readonly number[], random: () => number) => Float64Array): readonly RawCase[] {
  return Array.from({ length: VARIANTS }, (_, variant) => {
    const random = seeded(variant + 1);
    const { range, days, open } = weeksOf(variant, 4);
    const busy = pairsOf(busyOf(days, random));
    return {
      range,
      busy: Float64Array.from(shuffled(busy, random).flat()),
      peer: {
        ...stretch([range.fromMs, range.toMs]),
        duration: DURATION_MS / 60_000,
        availability: pairsOf(open).map(stretch),
        unavailability: busy.map(stretch),
      },
    };
  });
}

/** Everything from the raw case to the starts: service and schedule are prepared, hours expanded, busy time put in order. */
export function answerCold({ range, busy }: RawCase, stepMinutes = 15): FoundSlots {
  const schedule = compileSchedule({ zone: berlin, weekly });
  const resources = [{ id: 'host', kind: 'staff', schedule, busy }];
  return findSlots({ service: serviceOf('any', undefined, stepMinutes), resources, range });
}

/** The peer's answer. Its documentation sets the default zone to UTC, which is also its fastest. */
export function answerOfPeer({ peer }: RawCase): ReturnType<typeof getSlots> {
  Settings.defaultZone = 'UTC';
  return getSlots(peer);
}

const startsOf = ({ availableSlots }: ReturnType<typeof getSlots>): number[] =>
  availableSlots.map(({ from }) => parseInstant(from) ?? NaN);

/**
 * Throws unless both sides agree. The peer lays slots end to end and knows no step: where appointments keep to half hours
 * and the step is as long as they are, both answers are the same; elsewhere the peer's slots are among ours.
 */
export function expectPeer(cases: readonly RawCase[]): void {
  const onHalfHours = (days: readonly number[], random: () => number): Float64Array =>
    Float64Array.from(
      days.flatMap((day) =>
        Array.from({ length: 8 }, (_, hour) => {
          const startMs = instant(day, 540 + hour * 60 + below(random, 2) * 30);
          return [startMs, startMs + DURATION_MS];
        }).flat(),
      ),
    );
  for (const raw of rawCases(onHalfHours)) {
    if (startsOf(answerOfPeer(raw)).join() !== answerCold(raw, 30).startsMs.join()) {
      throw new Error('The peer finds other slots.');
    }
  }
  for (const raw of cases) {
    const ours = new Set(answerCold(raw).startsMs);
    const theirs = startsOf(answerOfPeer(raw));
    if (theirs.length === 0 || !theirs.every((startMs) => ours.has(startMs))) {
      throw new Error('The peer finds slots that ours does not.');
    }
  }
}
