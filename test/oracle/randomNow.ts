import { Temporal } from 'temporal-polyfill';

import type { SlotAnswer } from './caseAnswer.ts';
import type { CaseFile, CaseTerms } from './caseFile.ts';
import { zoneOf } from './minuteCalendar.ts';
import type { Random } from './random.ts';
import { given, isoText, shifted, type Stage } from './randomStage.ts';

/** Lets a notice or a horizon begin or end exactly at a slot, or next to it. */
export function withNow(random: Random, file: CaseFile, slots: readonly SlotAnswer[], stage: Stage): CaseFile {
  const horizonDate = random.chance(0.1) ? dateAt(random, file, slots)?.toString() : undefined;
  if (!random.chance(0.45)) return withTerms(file, given({ horizonDate }));
  const rangeStart = Temporal.Instant.from(file.range.from);
  const early = slots[random.int(0, Math.floor(slots.length / 3))];
  const edge = early === undefined ? rangeStart : Temporal.Instant.from(early.start);
  const noticeMinutes = random.pick([undefined, 0, 30, 120, 1440, 1441]);
  const nudge = random.pick(['exact', 'exact', 'one more', 'one less', 'long before']);
  let now = edge.subtract({ minutes: noticeMinutes ?? 0 });
  if (nudge === 'one more') now = now.add({ milliseconds: 1 });
  if (nudge === 'one less') now = now.subtract({ milliseconds: 1 });
  if (nudge === 'long before') now = rangeStart.subtract({ minutes: (noticeMinutes ?? 0) + random.int(0, 3000) });
  const horizonDays = random.chance(0.4) ? horizonAt(random, file, slots, now) : undefined;
  const timed = withTerms(file, given({ noticeMinutes, horizonDays, horizonDate }));
  const resources = random.chance(0.3)
    ? file.resources.map((resource) => ({ ...resource, ...ownTerms(random, file, slots, now) }))
    : file.resources;
  return { now: isoText(random, now, stage.zone), ...timed, resources };
}

/** Notice and horizon that a resource has in place of its service's, or none. */
function ownTerms(random: Random, file: CaseFile, slots: readonly SlotAnswer[], now: Temporal.Instant): object {
  const slot = slots.length === 0 ? undefined : random.pick(slots);
  const toSlot = slot === undefined ? 60 : Math.floor(now.until(Temporal.Instant.from(slot.start)).total('minutes'));
  const noticeMinutes = random.chance(0.6) ? Math.max(0, toSlot + random.pick([0, 0, 1, -1, 90, -90])) : undefined;
  const horizonDays = random.chance(0.4) ? horizonAt(random, file, slots, now) : undefined;
  return given({ noticeMinutes, horizonDays });
}

function withTerms(file: CaseFile, terms: CaseTerms): CaseFile {
  if (file.visit !== undefined) return { ...file, visit: { ...file.visit, ...terms } };
  return file.service === undefined ? file : { ...file, service: { ...file.service, ...terms } };
}

/** The horizon that just allows some slot's date in some resource's zone, or one day less. */
function horizonAt(random: Random, file: CaseFile, slots: readonly SlotAnswer[], now: Temporal.Instant): number {
  if (slots.length === 0) return random.int(0, 10);
  const zone = zoneOf(file, random.pick(file.resources));
  const date = shifted(random.pick(slots).start, 0).toZonedDateTimeISO(zone).toPlainDate();
  const today = now.toZonedDateTimeISO(zone).toPlainDate();
  return Math.max(0, today.until(date).days - random.pick([0, 0, 0, 1]));
}

function dateAt(random: Random, file: CaseFile, slots: readonly SlotAnswer[]): Temporal.PlainDate | undefined {
  if (slots.length === 0) return undefined;
  const zone = zoneOf(file, random.pick(file.resources));
  return shifted(random.pick(slots).start, 0).toZonedDateTimeISO(zone).toPlainDate();
}
