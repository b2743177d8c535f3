import type { AssignBy, BookingRules, Grid, Keep } from '../service.ts';
import { present, within, type Reading } from './fields.ts';
import { NUMBERS } from './maxima.ts';
import { readDate } from './moments.ts';
import { readChoice, readFlag, readWhole, type Bounds } from './values.ts';

/** The fields that a service or a visit has as a whole. */
export const RULE_FIELDS = [
  'keep',
  'assignBy',
  'stepMinutes',
  'grid',
  'buffersWithinHours',
  'noticeMinutes',
  'horizonDays',
  'horizonDate',
] as const;

/** The words of these fields. */
export const CHOICES = {
  grid: ['auto', 'midnight', 'window'],
  keep: ['required', 'preferred', 'free'],
  assignBy: ['order', 'priority', 'roundRobin', 'leastRecent', 'mostFree', 'fewestChanges'],
  order: ['given', 'any'],
} as const satisfies {
  readonly grid: readonly Grid[];
  readonly keep: readonly Keep[];
  readonly assignBy: readonly AssignBy[];
  readonly order: readonly ('given' | 'any')[];
};

const DEFAULT_STEP_MINUTES = 15;

/** Reads when and by which rules something can be booked, and which of these can only be judged against a known now. */
export function readBookingRules(
  reading: Reading,
  fields: ReadonlyMap<string, unknown>,
  path: string,
): { readonly rules: BookingRules; readonly needsNow: string | undefined } {
  const at = (name: (typeof RULE_FIELDS)[number]): string => within(path, name);
  const whole = (name: 'stepMinutes' | 'noticeMinutes' | 'horizonDays', bounds: Bounds): number | undefined =>
    fields.has(name) ? readWhole(reading, fields.get(name), at(name), bounds) : undefined;
  const noticeMinutes = whole('noticeMinutes', NUMBERS.notice);
  const horizonDays = whole('horizonDays', NUMBERS.horizon);
  const rules = {
    stepMinutes: whole('stepMinutes', NUMBERS.step) ?? DEFAULT_STEP_MINUTES,
    ...present({
      keep: readChoice(reading, fields.get('keep'), at('keep'), CHOICES.keep),
      assignBy: readChoice(reading, fields.get('assignBy'), at('assignBy'), CHOICES.assignBy),
      grid: readChoice(reading, fields.get('grid'), at('grid'), CHOICES.grid),
      buffersWithinHours: readFlag(reading, fields.get('buffersWithinHours'), at('buffersWithinHours')),
      noticeMinutes,
      horizonDays,
      horizonDay: readDate(reading, fields.get('horizonDate'), at('horizonDate')),
    }),
  };
  if ((noticeMinutes ?? 0) > 0) return { rules, needsNow: at('noticeMinutes') };
  return { rules, needsNow: horizonDays === undefined ? undefined : at('horizonDays') };
}
