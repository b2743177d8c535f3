import { Temporal } from 'temporal-polyfill';

import type { CaseAnswer, CaseAssign, CaseFile, CaseResource, CaseSegment, CaseService, CaseSpan } from './caseFile.ts';
import { oracleSlots } from './oracle.ts';
import { randomFrom, type Random } from './random.ts';
import { isoText, randomResource, randomSpan, ZONES, type Stage } from './randomSchedule.ts';

/** A generated case, the seed that makes it again, and the features it uses. */
export interface RandomCase {
  readonly seed: number;
  readonly case: CaseFile;
  readonly tags: readonly string[];
}

/** Makes the case of a seed. Busy time, notice and horizon are laid at the edge of slots that would be offered without them. */
export function randomCase(seed: number): RandomCase {
  const random = randomFrom(seed);
  const tags = new Set<string>();
  const zone = random.pick(ZONES);
  const stage = randomStage(random, zone, tags);
  const service = randomService(random, tags);
  const resources = randomResources(random, stage, tags);
  const assign = randomAssign(random, resources, tags);
  let file: CaseFile = {
    range: randomRange(random, stage, tags),
    service: { ...service, ...(assign === undefined ? {} : { assign }) },
    resources,
  };
  file = withBusy(random, file, stage, tags);
  if (random.chance(0.5)) file = withNow(random, file, stage, tags);
  return { seed, case: file, tags: [...tags].sort() };
}

/** Half of all stages lie around a change of the zone's clock, when it has one. */
function randomStage(random: Random, zone: string, tags: Set<string>): Stage {
  tags.add(`zone ${zone}`);
  const days = random.pick([1, 1, 1, 2, 2, 3, 3, 5, 7, 14]);
  const anyDate = Temporal.PlainDate.from({
    year: random.int(2008, 2031),
    month: random.int(1, 12),
    day: random.int(1, 28),
  });
  if (random.chance(0.6)) {
    const change = anyDate.toZonedDateTime(zone).getTimeZoneTransition('next');
    if (change !== null && change.year < 2040) {
      tags.add('change of the clock');
      return { firstDate: change.toPlainDate().subtract({ days: random.int(0, days - 1) }), days, zone, change };
    }
  }
  return { firstDate: anyDate, days, zone };
}

function randomRange(random: Random, stage: Stage, tags: Set<string>): CaseFile['range'] {
  let from = stage.firstDate.toZonedDateTime(stage.zone).toInstant();
  let to = stage.firstDate.add({ days: stage.days }).toZonedDateTime(stage.zone).toInstant();
  if (random.chance(0.4)) {
    tags.add('range within the day');
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

function randomService(random: Random, tags: Set<string>): CaseService {
  const segments = random.chance(0.25) ? randomSegments(random, tags) : undefined;
  const stepMinutes = random.pick([undefined, 5, 7, 10, 12, 15, 15, 20, 30, 40, 45, 60, 60, 75, 90, 120, 240, 1000]);
  const grid = random.pick([undefined, undefined, 'auto', 'midnight', 'window'] as const);
  const bufferBeforeMinutes = random.pick([undefined, undefined, 0, 5, 10, 15, 30]);
  const bufferAfterMinutes = random.pick([undefined, undefined, 0, 5, 10, 15, 45]);
  const buffersWithinHours = random.pick([undefined, undefined, undefined, false, true]);
  tags.add(`step ${stepMinutes ?? 'default'}`).add(`grid ${grid ?? 'default'}`);
  if (bufferBeforeMinutes) tags.add('buffer before');
  if (bufferAfterMinutes) tags.add('buffer after');
  if (buffersWithinHours && (bufferBeforeMinutes || bufferAfterMinutes)) tags.add('buffers within hours');
  return {
    durationMinutes: segments
      ? leastMinutes(segments)
      : random.pick([5, 10, 15, 20, 25, 30, 30, 45, 50, 60, 60, 75, 90, 120, 300, 1500]),
    ...(stepMinutes === undefined ? {} : { stepMinutes }),
    ...(grid === undefined ? {} : { grid }),
    ...(bufferBeforeMinutes === undefined ? {} : { bufferBeforeMinutes }),
    ...(bufferAfterMinutes === undefined ? {} : { bufferAfterMinutes }),
    ...(buffersWithinHours === undefined ? {} : { buffersWithinHours }),
    ...(segments === undefined ? {} : { segments }),
  };
}

function randomSegments(random: Random, tags: Set<string>): CaseSegment[] {
  const count = random.pick([1, 2, 2, 3, 3, 4]);
  tags.add(`${count} segments`);
  return Array.from({ length: count }, (_none, index) => {
    const durationMinutes = random.pick([5, 10, 15, 20, 30]);
    if (index === count - 1 || random.chance(0.15)) return { durationMinutes };
    if (random.chance(0.4)) {
      tags.add('fixed gap');
      return { durationMinutes, gapAfterMinutes: random.pick([0, 5, 10, 15, 30]) };
    }
    tags.add('gap from min to max');
    const min = random.pick([0, 0, 5, 10]);
    return { durationMinutes, gapAfterMinutes: { min, max: min + random.pick([0, 3, 5, 10, 15]) } };
  });
}

function leastMinutes(segments: readonly CaseSegment[]): number {
  return segments.reduce(
    (sum, { durationMinutes, gapAfterMinutes: gap = 0 }) =>
      sum + durationMinutes + (typeof gap === 'number' ? gap : gap.min),
    0,
  );
}

function randomResources(random: Random, stage: Stage, tags: Set<string>): CaseResource[] {
  const count = random.pick([1, 1, 1, 2, 2, 3, 4, 5, 6]);
  tags.add(`${count} resources`);
  const mixed = count > 1 && random.chance(0.4);
  if (mixed) tags.add('zones mixed');
  const alike = count > 1 && random.chance(0.5);
  if (alike) tags.add('weekly windows shared');
  const resources: CaseResource[] = [];
  for (let index = 0; index < count; index++) {
    const zone = mixed ? random.pick(ZONES) : stage.zone;
    const kind = random.pick(['staff', 'staff', 'staff', 'room', 'equipment']);
    const resource = randomResource(random, { ...stage, zone }, `${kind}-${index + 1}`, kind, tags);
    const shared = alike ? resources[0]?.weekly : undefined;
    resources.push(shared === undefined ? resource : { ...resource, weekly: shared });
  }
  return resources;
}

/** Never more of a kind than there are. */
function randomAssign(random: Random, resources: readonly CaseResource[], tags: Set<string>): CaseAssign | undefined {
  const form = random.pick(['default', 'any', 'all', 'all', 'kinds', 'kinds', 'kinds']);
  tags.add(`assign ${form}`);
  if (form === 'default') return undefined;
  if (form === 'any' || form === 'all') return form;
  const assign: Record<string, number> = {};
  for (const kind of new Set(resources.map((resource) => resource.kind ?? 'staff'))) {
    const available = resources.filter((resource) => (resource.kind ?? 'staff') === kind).length;
    if (Object.keys(assign).length === 0 || random.chance(0.5)) assign[kind] = random.int(1, Math.min(available, 2));
  }
  if (Object.keys(assign).length > 1) tags.add('several kinds');
  return assign;
}

function withBusy(random: Random, file: CaseFile, stage: Stage, tags: Set<string>): CaseFile {
  const { slots } = oracleSlots(file);
  const resources = file.resources.map((resource) => {
    const busy: CaseSpan[] = [];
    if (random.chance(0.5)) {
      const count = random.int(1, 3 * stage.days);
      for (let each = 0; each < count; each++) busy.push(randomSpan(random, stage, 120));
    }
    if (slots.length > 0 && random.chance(0.5)) busy.push(touching(random, file, random.pick(slots), stage, tags));
    if (slots.length > 0 && random.chance(0.5)) busy.push(...afterFirstPart(random, file.service, slots, stage, tags));
    if (busy.length > 0) tags.add('busy');
    return busy.length > 0 ? { ...resource, busy: random.shuffled(busy) } : resource;
  });
  return { ...file, resources };
}

/** Busy time that ends or starts exactly where the slot's occupied span does, or a minute within it. */
function touching(
  random: Random,
  file: CaseFile,
  slot: CaseAnswer['slots'][number],
  stage: Stage,
  tags: Set<string>,
): CaseSpan {
  const overlap = random.pick([0, 0, 1]);
  tags.add(overlap === 0 ? 'busy touches a slot' : 'busy overlaps a slot by a minute');
  const { bufferBeforeMinutes = 0, bufferAfterMinutes = 0 } = file.service;
  const minutes = random.int(5, 60);
  const start = random.chance(0.5)
    ? Temporal.Instant.from(slot.start).subtract({ minutes: bufferBeforeMinutes + minutes - overlap })
    : Temporal.Instant.from(slot.end).add({ minutes: bufferAfterMinutes - overlap });
  return { start: isoText(random, start, stage.zone), end: isoText(random, start.add({ minutes }), stage.zone) };
}

/** Busy time from the end of a slot's first part on, as long as the least gap, the longest, or a minute more. */
function afterFirstPart(
  random: Random,
  service: CaseService,
  slots: CaseAnswer['slots'],
  stage: Stage,
  tags: Set<string>,
): CaseSpan[] {
  const [first] = service.segments ?? [];
  if (first === undefined || service.segments?.length === 1) return [];
  const { gapAfterMinutes: gap = 0 } = first;
  const { min, max } = typeof gap === 'number' ? { min: gap, max: gap } : gap;
  tags.add('busy in a gap');
  return random
    .shuffled(slots)
    .slice(0, 3)
    .map((slot) => {
      const start = Temporal.Instant.from(slot.start).add({ minutes: first.durationMinutes });
      const minutes = Math.max(1, random.pick([min, max, max, max + 1]));
      return { start: isoText(random, start, stage.zone), end: isoText(random, start.add({ minutes }), stage.zone) };
    });
}

function withNow(random: Random, file: CaseFile, stage: Stage, tags: Set<string>): CaseFile {
  const { slots } = oracleSlots(file);
  tags.add('now');
  const rangeStart = Temporal.Instant.from(file.range.from);
  const early = slots[random.int(0, Math.floor(slots.length / 2))];
  const edge = early === undefined ? rangeStart : Temporal.Instant.from(early.start);
  const noticeMinutes = random.pick([undefined, 0, 30, 120, 1440, 1441]);
  if (noticeMinutes) tags.add('notice');
  let now = edge.subtract({ minutes: noticeMinutes ?? 0 });
  const nudge = random.pick(['exact', 'exact', 'one more', 'one less', 'long before']);
  if (nudge === 'one more') now = now.add({ milliseconds: 1 });
  if (nudge === 'one less') now = now.subtract({ milliseconds: 1 });
  if (nudge === 'long before') now = rangeStart.subtract({ minutes: (noticeMinutes ?? 0) + random.int(0, 3000) });
  if (early !== undefined && nudge !== 'long before') tags.add('notice at a start');
  const horizonDays = random.chance(0.5) ? horizonAt(random, file, slots, now, tags) : undefined;
  return {
    now: isoText(random, now, stage.zone),
    ...file,
    service: {
      ...file.service,
      ...(noticeMinutes === undefined ? {} : { noticeMinutes }),
      ...(horizonDays === undefined ? {} : { horizonDays }),
    },
  };
}

/** The horizon that just allows some slot's date in some resource's zone, or one day less. */
function horizonAt(
  random: Random,
  file: CaseFile,
  slots: CaseAnswer['slots'],
  now: Temporal.Instant,
  tags: Set<string>,
): number {
  tags.add('horizon');
  if (slots.length === 0) return random.int(0, 10);
  tags.add('horizon at a slot');
  const zone = random.pick(file.resources).timeZone ?? 'UTC';
  const dateAt = (instant: Temporal.Instant): Temporal.PlainDate => instant.toZonedDateTimeISO(zone).toPlainDate();
  const date = dateAt(Temporal.Instant.from(random.pick(slots).start));
  return Math.max(0, dateAt(now).until(date).days - random.pick([0, 0, 0, 1]));
}
